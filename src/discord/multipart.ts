import { randomUUID } from 'node:crypto';
import type { RawFile } from 'discord.js';

/** A request with files, for `rest.patch` and `rest.post`. */
export interface Multipart {
  /** Sent one after the other, without a copy; can be sent again. */
  readonly body: readonly Buffer[];
  readonly headers: Readonly<Record<string, string>>;
  readonly passThroughBody: true;
}

/**
 * The body of a message with files as Discord takes it: `files[n]` and `payload_json`. A FormData would
 * copy every file three times on its way out (Blob, stream, the tee of a cloned request), and a
 * collection of all garbage follows every 64 MB of that.
 *
 * @param files with bytes, and names without quotes and line breaks
 * @see Discord's reference, "Uploading Files"
 */
export function multipart(payload: unknown, files: readonly RawFile[]): Multipart {
  const boundary = `easel-${randomUUID()}`;
  const part = (name: string, type: string, more = ''): Buffer =>
    Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${more}\r\ncontent-type: ${type}\r\n\r\n`,
    );
  const lineEnd = Buffer.from('\r\n');
  const body = [
    part('payload_json', 'application/json'),
    Buffer.from(JSON.stringify(payload)),
    lineEnd,
    ...files.flatMap(({ name, data, contentType }, index) => [
      part(`files[${index}]`, contentType ?? 'application/octet-stream', `; filename="${name}"`),
      Buffer.isBuffer(data) ? data : Buffer.from(String(data)),
      lineEnd,
    ]),
    Buffer.from(`--${boundary}--\r\n`),
  ];
  const length = body.reduce((sum, { byteLength }) => sum + byteLength, 0);
  return {
    body,
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': String(length),
    },
    passThroughBody: true,
  };
}
