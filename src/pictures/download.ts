import { Writable } from 'node:stream';
import { Agent, type Dispatcher } from 'undici';
import type { Clock } from '../clock.ts';
import { PictureError } from '../domain/pictures.ts';
import { deadline, sleep } from '../schedule.ts';
import type { Buffers } from './buffers.ts';
import { hostOf, isPublic, literalOf, publicOnly, RefusedAddressError } from './address.ts';
import type { Resolve } from './address.ts';

export interface DownloadOptions {
  /** The largest body that is read. */
  readonly maxBytes: number;
  /** For one download, all its tries, redirects and pauses together. */
  readonly timeoutMs: number;
  readonly clock: Clock;
  /** Where the bytes of a picture are put whose length is known beforehand. */
  readonly buffers: Pick<Buffers, 'take'>;
  /** How names are resolved; the system's way unless given. */
  readonly resolve?: Resolve | undefined;
}

/** Fetches from addresses that somebody else chose. */
export interface Downloads {
  /**
   * The bytes at an http(s) address, after at most 3 redirects; every hop must lead to a public
   * address or to one of the trusted hosts (`host:port`). Nothing is sent but the address: no
   * credentials, no cookies. Network errors, 429 and 5xx are tried 3 times.
   * @throws {PictureError} `later` or `lost`; the message names the host, never the whole address,
   * since that may hold a signature
   */
  get(
    address: string,
    options: { readonly trustedHosts: readonly string[]; readonly signal: AbortSignal },
  ): Promise<Buffer<ArrayBuffer>>;
  close(): Promise<void>;
}

const maxRedirects = 3;
const pausesMs = [500, 2000];
const longestRetryAfterMs = 10_000;
const redirects = [301, 302, 303, 307, 308];
const passing = [408, 425, 429];

/** What an address said. */
interface Answer {
  readonly status: number;
  readonly headers: Dispatcher.ResponseData['headers'];
  /** The picture; of answers that are none only the head is read. */
  readonly bytes: Buffer<ArrayBuffer> | undefined;
}

/** One try that failed, and whether another one is worth it. */
class TryError extends Error {
  override readonly name = 'TryError';
  readonly again: boolean;
  /** How long the server asks to wait first. */
  readonly afterMs: number | undefined;
  constructor(message: string, facts: { again: boolean; afterMs?: number; cause?: unknown }) {
    super(message, { cause: facts.cause });
    this.again = facts.again;
    this.afterMs = facts.afterMs;
  }
}

/** Downloads over connections of their own, closed by `close()`. */
export function createDownloads(options: DownloadOptions): Downloads {
  const { maxBytes, timeoutMs, clock, buffers, resolve } = options;
  const settings = {
    allowH2: false,
    // The deadline below counts in the clock's time and covers both.
    headersTimeout: 0,
    bodyTimeout: 0,
  };
  const connectTimeoutMs = Math.min(timeoutMs, 10_000);
  // Two pools: a connection that one provider's trust opened must not serve another's address.
  const guarded = new Agent({
    ...settings,
    connect: { timeout: connectTimeoutMs, lookup: publicOnly(resolve) },
  });
  const trusting = new Agent({ ...settings, connect: { timeout: connectTimeoutMs } });

  async function get(
    address: string,
    { trustedHosts, signal }: { trustedHosts: readonly string[]; signal: AbortSignal },
  ): Promise<Buffer<ArrayBuffer>> {
    const limit = deadline(clock, timeoutMs, () => new Error('the deadline is over'), signal);
    try {
      for (let attempt = 0; ; attempt++) {
        try {
          return await follow(address, trustedHosts, limit.signal);
        } catch (error) {
          if (limit.signal.aborted || !(error instanceof TryError)) throw error;
          const pauseMs = pausesMs[attempt];
          if (!error.again || pauseMs === undefined) throw error;
          await sleep(clock, error.afterMs ?? pauseMs, limit.signal);
        }
      }
    } catch (error) {
      if (limit.signal.aborted) {
        const what = signal.aborted ? 'the download was stopped' : 'the download took too long';
        throw new PictureError('later', what, error);
      }
      if (!(error instanceof TryError)) throw error;
      throw new PictureError(error.again ? 'later' : 'lost', error.message, error.cause);
    } finally {
      limit.clear();
    }
  }

  async function follow(
    address: string,
    trustedHosts: readonly string[],
    signal: AbortSignal,
  ): Promise<Buffer<ArrayBuffer>> {
    let url = parse(address);
    for (let hop = 0; hop <= maxRedirects; hop++) {
      const { status, headers, bytes } = await ask(url, trustedHosts, signal);
      if (bytes !== undefined) return bytes;
      if (!redirects.includes(status)) throw refused(url, status, headers);
      const location = first(headers['location']);
      if (location === undefined) throw refused(url, status, headers);
      url = parse(location, url);
    }
    throw new TryError(`${url.hostname} redirects too often`, { again: false });
  }

  async function ask(
    url: URL,
    trustedHosts: readonly string[],
    signal: AbortSignal,
  ): Promise<Answer> {
    const trusted = trustedHosts.includes(hostOf(url));
    const literal = literalOf(url);
    if (!trusted && literal !== undefined && !isPublic(literal)) throw forbidden(url);
    let answer: Answer | undefined;
    let cause: unknown;
    try {
      await (trusted ? trusting : guarded).stream(
        {
          origin: url.origin,
          path: url.pathname + url.search,
          method: 'GET',
          headers: { accept: 'image/*', 'accept-encoding': 'identity' },
          signal,
        },
        ({ statusCode: status, headers }) => {
          answer = { status, headers, bytes: undefined };
          if (status !== 200) throw new Error('only a picture is read');
          return pictureSink(headers, { maxBytes, buffers }, (bytes) => {
            answer = { status, headers, bytes };
          });
        },
      );
    } catch (error) {
      if (error instanceof TryError) throw error;
      if (error instanceof RefusedAddressError) throw forbidden(url);
      cause = error;
    }
    if (answer === undefined) throw failed(`${url.hostname} cannot be reached`, cause);
    if (answer.status === 200 && answer.bytes === undefined)
      throw failed(`the answer of ${url.hostname} was cut`, cause);
    return answer;
  }

  let closing: Promise<unknown> | undefined;
  return {
    get,
    async close() {
      await (closing ??= Promise.all([guarded.close(), trusting.close()]));
    },
  };
}

/** Takes a picture's bytes, and hands them over when all of them are there. */
function pictureSink(
  headers: Answer['headers'],
  { maxBytes, buffers }: Pick<DownloadOptions, 'maxBytes' | 'buffers'>,
  onWhole: (bytes: Buffer<ArrayBuffer>) => void,
): Writable {
  const named = first(headers['content-length']) ?? '';
  const length = /^\d{1,15}$/.test(named) ? Number(named) : undefined;
  const tooLarge = (): TryError =>
    new TryError(`the picture is larger than ${maxBytes} bytes`, { again: false });
  if (length !== undefined && length > maxBytes) throw tooLarge();
  // One buffer for a picture: its length is known beforehand in nearly all cases.
  const whole = length === undefined ? undefined : buffers.take(length);
  const chunks: Buffer[] = [];
  let bytes = 0;
  return new Writable({
    // A chunk is freed while undici still has it in hand: it must never be told to pause, since it
    // would look into the freed one.
    highWaterMark: maxBytes,
    write(chunk: Buffer<ArrayBuffer>, _encoding, done) {
      if (bytes + chunk.length > maxBytes) {
        done(tooLarge());
        return;
      }
      if (whole === undefined) chunks.push(chunk);
      else chunk.copy(whole, bytes);
      bytes += chunk.length;
      if (whole !== undefined) free(chunk);
      done();
    },
    final(done) {
      if (whole === undefined) onWhole(Buffer.concat(chunks, bytes));
      else if (bytes === whole.length) onWhole(whole);
      done();
    },
  });
}

/**
 * Frees a chunk that has been copied at once. There are 64 KB in each, and what waits for the garbage
 * collection makes it look at the whole heap. One that shares its memory with others is left alone.
 */
function free({ buffer, byteLength }: Buffer<ArrayBuffer>): void {
  if (buffer.byteLength === byteLength) buffer.transfer(0);
}

function parse(address: string, base?: URL): URL {
  const url = URL.parse(address, base?.href);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new TryError('the address is not one of http or https', { again: false });
  }
  return url;
}

function failed(message: string, cause: unknown): TryError {
  return new TryError(message, { again: true, cause });
}

function forbidden(url: URL): TryError {
  return new TryError(`${url.hostname} is not a public address`, { again: false });
}

function refused(url: URL, status: number, headers: Dispatcher.ResponseData['headers']): TryError {
  const seconds = first(headers['retry-after']) ?? '';
  const afterMs = /^\d{1,4}$/.test(seconds) ? Number(seconds) * 1000 : undefined;
  return new TryError(`${url.hostname} answered ${status}`, {
    again: status >= 500 || passing.includes(status),
    ...(afterMs === undefined || afterMs > longestRetryAfterMs ? {} : { afterMs }),
  });
}

function first(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
