import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';

import { Busboy } from '@fastify/busboy';

import type { UploadedFile } from '../../../../src/playground/discord/contract/contract.ts';

/** A request as it came over the wire. */
interface Captured {
  readonly body: unknown;
  readonly files: readonly UploadedFile[];
}

export interface Capture {
  readonly url: string;
  /** The last request with a body; a failure where there was none. */
  last(): Captured;
  close(): Promise<void>;
}

/** A server on 127.0.0.1 that keeps what it is sent and answers every request with the same JSON. */
export async function startCapture(answer: object): Promise<Capture> {
  let captured: Captured | undefined;
  const server = createServer((request, response) => {
    void read(request).then((received) => {
      captured = received;
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  return {
    url: `http://127.0.0.1:${String(address.port)}`,
    last() {
      if (captured === undefined) throw new Error('nothing was sent');
      return captured;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function read(request: IncomingMessage): Promise<Captured> {
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('multipart/form-data')) return readParts(request, type);
  const body: unknown = JSON.parse((await buffer(request)).toString());
  return { body, files: [] };
}

function readParts(request: IncomingMessage, type: string): Promise<Captured> {
  const files: UploadedFile[] = [];
  let body: unknown;
  const parser = new Busboy({ headers: { 'content-type': type } });
  parser.on('field', (name, value) => {
    if (name === 'payload_json') body = JSON.parse(value);
  });
  parser.on('file', (name, stream, filename, _encoding, contentType) => {
    let bytes = 0;
    stream.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
    });
    stream.on('end', () => files.push({ name, filename, bytes, contentType }));
  });
  return new Promise((resolve, reject) => {
    parser.on('finish', () => {
      resolve({ body, files });
    });
    parser.on('error', reject);
    request.pipe(parser);
  });
}
