import type { IncomingMessage } from 'node:http';
import { Busboy } from '@fastify/busboy';
import { apiError } from './api-error.ts';

/** One uploaded file. */
export interface Upload {
  /** The part's name, for example `files[0]`. */
  readonly name: string;
  readonly filename: string;
  readonly contentType: string | undefined;
  readonly bytes: Uint8Array;
}

export interface RequestBody {
  /** The JSON body, of a multipart request its `payload_json`; `undefined` when there is none. */
  readonly json: unknown;
  readonly uploads: readonly Upload[];
}

/** Source: resources/message, "Limitations": a request has at most 25 MiB. */
const maxRequestBytes = 25 * 1024 * 1024;

/** The client broke its request off. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone';
}

/**
 * Reads a request to its end, JSON or multipart.
 *
 * @throws {ApiError} 40005 when it is too large, 50109 when the JSON cannot be read
 * @throws {ClientGone} in the middle of the request
 */
export async function readBody(request: IncomingMessage): Promise<RequestBody> {
  const type = request.headers['content-type'] ?? '';
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > maxRequestBytes) return tooLarge(request);
  if (type.startsWith('multipart/form-data')) return readMultipart(request, type);

  const chunks: Buffer[] = [];
  let total = 0;
  try {
    for await (const chunk of request) {
      if (!Buffer.isBuffer(chunk)) continue;
      total += chunk.length;
      if (total <= maxRequestBytes) chunks.push(chunk);
    }
  } catch (error) {
    throw new ClientGone('in a JSON body', { cause: error });
  }
  if (total > maxRequestBytes) throw apiError(40005);
  return {
    json: total === 0 ? undefined : parseJson(Buffer.concat(chunks).toString()),
    uploads: [],
  };
}

// The client writes to the end before it reads the answer, so the rest is taken and thrown away.
async function tooLarge(request: IncomingMessage): Promise<never> {
  if (!request.readableEnded && !request.destroyed) {
    const ended = Promise.withResolvers<void>();
    request.once('close', ended.resolve).once('end', ended.resolve).resume();
    await ended.promise;
  }
  throw apiError(40005);
}

function readMultipart(request: IncomingMessage, type: string): Promise<RequestBody> {
  return new Promise((resolve, reject) => {
    let json: unknown;
    let total = 0;
    let problem: Error | undefined;
    const uploads: Upload[] = [];
    const parser = new Busboy({ headers: { ...request.headers, 'content-type': type } });
    parser.on('field', (name, value) => {
      if (name !== 'payload_json') return;
      try {
        json = parseJson(value);
      } catch (error) {
        problem = error instanceof Error ? error : new Error(String(error));
      }
    });
    parser.on('file', (name, stream, filename, _encoding, contentType) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => {
        total += chunk.length;
        if (total > maxRequestBytes) problem = apiError(40005);
        else chunks.push(chunk);
      });
      stream.on('end', () => {
        uploads.push({ name, filename, contentType, bytes: Buffer.concat(chunks) });
      });
      // A request that breaks off is reported once, by the request itself.
      stream.on('error', () => undefined);
    });
    parser.on('finish', () => {
      if (problem === undefined) resolve({ json, uploads });
      else reject(problem);
    });
    parser.on('error', () => reject(apiError(50109)));
    request.once('close', () => {
      if (request.complete) return;
      parser.destroy();
      reject(new ClientGone('in a multipart body'));
    });
    request.pipe(parser);
  });
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    throw apiError(50109);
  }
}
