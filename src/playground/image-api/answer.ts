import type { IncomingMessage, ServerResponse } from 'node:http';

/** Answers with JSON (or, for text and bytes, with these), complete and with its length; not if nobody listens any more. */
export function answer(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: unknown,
): void {
  if (response.destroyed) return;
  const bytes = Buffer.isBuffer(body)
    ? body
    : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  response.writeHead(status, {
    'content-type': 'application/json',
    ...headers,
    'content-length': String(bytes.length),
  });
  response.end(bytes);
}

/** Promises the whole body, sends `atByte` bytes of it and cuts the connection. */
export async function answerCut(
  response: ServerResponse,
  headers: Readonly<Record<string, string>>,
  body: Uint8Array,
  atByte: number,
): Promise<void> {
  if (response.destroyed) return;
  response.writeHead(200, { ...headers, 'content-length': String(body.length) });
  const part = body.subarray(0, Math.min(atByte, body.length - 1));
  await new Promise<void>((resolve) => {
    if (part.length === 0) {
      response.flushHeaders();
      setImmediate(resolve);
    } else {
      response.write(part, () => {
        resolve();
      });
    }
  });
  response.destroy();
}

/** Sends `atByte` bytes of the whole answer, status line and headers among them, and cuts the connection. */
export async function answerCutAnywhere(
  response: ServerResponse,
  headers: Readonly<Record<string, string>>,
  body: Uint8Array,
  atByte: number,
): Promise<void> {
  const { socket } = response;
  if (response.destroyed || socket === null) return;
  const lines = Object.entries({ ...headers, 'content-length': String(body.length) }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  const whole = Buffer.concat([
    Buffer.from(`HTTP/1.1 200 OK\r\n${lines.join('')}\r\n`, 'latin1'),
    body,
  ]);
  const part = whole.subarray(0, Math.min(atByte, whole.length - 1));
  await new Promise<void>((resolve) => {
    socket.write(part, () => {
      resolve();
    });
  });
  response.destroy();
}

/** Reads the body as text; `undefined` when it is longer than `maxBytes`. */
export async function readBody(
  request: IncomingMessage,
  maxBytes: number,
): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    // Read on without keeping it: leaving the loop would close the connection before the answer.
    if (length <= maxBytes) parts.push(part);
  }
  return length > maxBytes ? undefined : Buffer.concat(parts).toString('utf8');
}
