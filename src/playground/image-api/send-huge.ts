import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

/** An answer that is far too long. */
interface HugeAnswer {
  readonly headers: Readonly<Record<string, string>>;
  readonly start: Uint8Array;
  /** The byte that stands between start and end. */
  readonly filler: number;
  readonly end?: Uint8Array;
  /** In all. Default: 50 MB. */
  readonly bytes?: number | undefined;
  /** Whether its length is told beforehand. Default: yes. */
  readonly declared?: boolean | undefined;
}

/** Sends it as quickly as the other side takes it, until that gives up. */
export async function sendHuge(response: ServerResponse, huge: HugeAnswer): Promise<void> {
  const { headers, start, end = new Uint8Array(), bytes = 50_000_000, declared = true } = huge;
  response.writeHead(200, declared ? { ...headers, 'content-length': String(bytes) } : headers);
  const closed = new AbortController();
  response.once('close', () => {
    closed.abort();
  });
  const filler = Buffer.alloc(65_536, huge.filler);
  const most = bytes - end.length;
  let left = most;
  while (left > 0 && !response.destroyed) {
    const part = (left === most ? start : filler).subarray(0, left);
    left -= part.length;
    if (response.write(part)) continue;
    await once(response, 'drain', { signal: closed.signal }).catch(() => undefined);
  }
  if (end.length > 0) response.end(end);
  else response.end();
}
