import type { IncomingMessage, ServerResponse } from 'node:http';
import { sleep } from '../../schedule.ts';
import { answerCut } from './answer.ts';
import type { Download, ImageApi } from './api.ts';
import type { PictureFault } from './faults.ts';
import { notAnImage } from './not-an-image.ts';
import { pictureFormats } from './picture-type.ts';
import { sendHuge } from './send-huge.ts';

/** `GET` (or `HEAD`) of a picture: public, no key. */
export async function handlePicture(
  api: ImageApi,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> {
  const download: Download = {
    at: api.clock.now(),
    url: `${api.origin()}${request.url ?? ''}`,
    status: undefined,
    aborted: false,
    endedAt: undefined,
  };
  api.downloads.push(download);
  let finished = false;
  response.on('close', () => {
    download.aborted = !response.writableFinished && !finished;
    download.endedAt = api.clock.now();
    if (response.headersSent) download.status = response.statusCode;
    api.events.emit('download', download);
  });

  const entry = api.shelf.find(path);
  if (entry === undefined || (entry.expiresAt !== null && entry.expiresAt <= api.clock.now())) {
    return missing(response);
  }
  const fault = api.faults.takeDownload() ?? entry.takeFault();
  const bytes = await entry.picture.bytes();
  const headers = { 'content-type': pictureFormats[entry.picture.type].mime };
  if (fault === undefined) {
    send(response, headers, bytes);
    return;
  }
  // From here on it is the stand-in that breaks off, not the caller.
  finished = endsEarly(fault);
  await misbehave(api, response, headers, bytes, fault);
}

type Headers = Readonly<Record<string, string>>;

function send(response: ServerResponse, headers: Headers, bytes: Buffer): void {
  response.writeHead(200, { ...headers, 'content-length': String(bytes.length) });
  response.end(bytes);
}

function missing(response: ServerResponse): void {
  response.writeHead(404, { 'content-type': 'application/xml; charset=UTF-8' });
  response.end(
    "<?xml version='1.0' encoding='UTF-8'?><Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>",
  );
}

function endsEarly(fault: PictureFault): boolean {
  return fault.kind === 'cut' || fault.kind === 'wrong-length';
}

async function misbehave(
  api: ImageApi,
  response: ServerResponse,
  headers: Headers,
  bytes: Buffer,
  fault: PictureFault,
): Promise<void> {
  switch (fault.kind) {
    case 'gone':
      return missing(response);
    case 'error':
      response.writeHead(fault.status ?? 500, { 'content-type': 'text/plain' });
      response.end('error');
      return;
    case 'cut':
      return answerCut(response, headers, bytes, fault.atByte);
    case 'slow': {
      const first = bytes.subarray(0, fault.afterBytes ?? 0);
      if (first.length > 0) {
        response.writeHead(200, { ...headers, 'content-length': String(bytes.length) });
        response.write(first);
      }
      await sleep(api.clock, fault.ms, api.closing);
      if (first.length === 0) return send(response, headers, bytes);
      response.end(bytes.subarray(first.length));
      return;
    }
    case 'wrong-length':
      return claim(response, headers, bytes, fault.claimedBytes);
    case 'no-length':
      response.writeHead(200, headers);
      response.write(bytes.subarray(0, 1000));
      response.end(bytes.subarray(1000));
      return;
    case 'redirect':
      response.writeHead(fault.status ?? 302, { location: fault.to });
      response.end();
      return;
    case 'not-image':
      response.writeHead(200, headers);
      response.end(notAnImage);
      return;
    case 'huge':
      return sendHuge(response, {
        headers,
        start: bytes,
        filler: 0,
        bytes: fault.bytes,
        declared: fault.declared,
      });
  }
}

/** Sends all bytes under a length that is not theirs, and closes, since nothing sensible can follow. */
async function claim(
  response: ServerResponse,
  headers: Headers,
  bytes: Buffer,
  claimedBytes: number,
): Promise<void> {
  response.writeHead(200, {
    ...headers,
    'content-length': String(claimedBytes),
    connection: 'close',
  });
  await new Promise<void>((resolve) => {
    response.write(bytes, () => {
      resolve();
    });
  });
  response.destroy();
}
