import { Agent, type Dispatcher } from 'undici';
import type { Clock } from '../clock.ts';
import { deadline, sleep } from '../schedule.ts';

/** One HTTP request to an image API. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** From the call to the last byte of the answer, tries to connect included. */
  readonly timeoutMs: number;
  /** The largest body of an answer that is read. */
  readonly maxBodyBytes: number;
  /** Pauses between the tries to connect; 0.2 s and 0.8 s unless told. */
  readonly connectPausesMs?: readonly number[];
  readonly signal: AbortSignal;
}

/** Why an answer, or its body, did not come. `encoded`: compressed, though it was not to be. */
export type HttpTrouble = 'network' | 'timeout' | 'cancelled' | 'too-large' | 'encoded';

/** An answer whose status is known; its body may still not have come. */
export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case; a repeated header is joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body:
    | { readonly kind: 'read'; readonly bytes: Uint8Array }
    | { readonly kind: 'unread'; readonly why: HttpTrouble };
}

/** No answer came. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly why: Exclude<HttpTrouble, 'too-large' | 'encoded'>;
  /** `false` is certain: not one byte of the request went out. `true` means that it may have. */
  readonly sent: boolean;
  constructor(why: HttpError['why'], sent: boolean, cause: unknown) {
    super(`no answer: ${why}, ${sent ? 'may have been sent' : 'not sent'}`, { cause });
    this.why = why;
    this.sent = sent;
  }
}

export interface HttpOptions {
  readonly clock: Clock;
}

/** Sends requests that cost money: an answer is never asked for twice. */
export interface Http {
  /**
   * Sends one request. It is tried again only while no connection could be made, so that nothing was
   * sent. Redirects are not followed, and nothing is unpacked.
   * @throws {HttpError}
   */
  send(request: HttpRequest): Promise<HttpAnswer>;
  /** Waits for the calls under way; abort their signals to hasten it. */
  close(): Promise<void>;
}

const defaultPausesMs = [200, 800];
const connectWithinMs = 10_000;

/** An HTTP client with connections of its own, closed by `close()`. */
export function createHttp({ clock }: HttpOptions): Http {
  const agent = new Agent({
    // A connection of its own for each request: a kept one that the server is just closing would eat
    // a paid request, and nobody could tell whether it was accepted.
    pipelining: 0,
    // HTTP/2 brings requests back to the queue by itself after a GOAWAY.
    allowH2: false,
    // The deadline below counts in the clock's time and covers all of these.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: connectWithinMs },
  });

  async function send(request: HttpRequest): Promise<HttpAnswer> {
    const { timeoutMs, connectPausesMs: pausesMs = defaultPausesMs } = request;
    const limit = deadline(clock, timeoutMs, () => new Error('deadline'), request.signal);
    try {
      for (let attempt = 0; ; attempt++) {
        const progress = { sent: false };
        try {
          return await exchange(request, limit.signal, progress);
        } catch (error) {
          const why = troubleOf(request.signal, limit.signal);
          const pauseMs = pausesMs[attempt];
          if (why !== 'network' || progress.sent || pauseMs === undefined) {
            throw new HttpError(why, progress.sent, error);
          }
          await sleep(clock, pauseMs, limit.signal).catch((cause: unknown) => {
            throw new HttpError(troubleOf(request.signal, limit.signal), false, cause);
          });
        }
      }
    } finally {
      limit.clear();
    }
  }

  async function exchange(
    request: HttpRequest,
    signal: AbortSignal,
    progress: { sent: boolean },
  ): Promise<HttpAnswer> {
    const url = new URL(request.url);
    const { statusCode, headers, body } = await agent
      .compose(noteStart(() => (progress.sent = true)))
      .request({
        origin: url.origin,
        path: url.pathname + url.search,
        method: request.method,
        // Without this any encoding is welcome (RFC 9110, 12.5.3), and a small answer unpacks to a great one.
        headers: { 'accept-encoding': 'identity', ...request.headers },
        body: request.body ?? null,
        signal,
      });
    const answer = { status: statusCode, headers: flat(headers) };
    // Leaving a body unread ends the connection, and undici reports that as an error of the stream.
    body.on('error', () => undefined);
    if (isEncoded(answer.headers)) {
      body.destroy();
      return { ...answer, body: { kind: 'unread', why: 'encoded' } };
    }
    if (Number(answer.headers['content-length'] ?? 0) > request.maxBodyBytes) {
      body.destroy();
      return { ...answer, body: { kind: 'unread', why: 'too-large' } };
    }
    try {
      const bytes = await readBytes(body, request.maxBodyBytes);
      if (bytes === undefined) return { ...answer, body: { kind: 'unread', why: 'too-large' } };
      return { ...answer, body: { kind: 'read', bytes } };
    } catch {
      return { ...answer, body: { kind: 'unread', why: troubleOf(request.signal, signal) } };
    }
  }

  let closing: Promise<void> | undefined;
  return { send, close: () => (closing ??= agent.close()) };
}

/** Calls back when a connection stands and the request is about to be written to it, not before. */
function noteStart(onStart: () => void): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) =>
    dispatch(options, {
      onRequestStart(controller, context) {
        handler.onRequestStart?.(controller, context);
        // A request whose signal was aborted meanwhile ends here, before its first byte.
        if (!controller.aborted) onStart();
      },
      onResponseStart: (...args) => handler.onResponseStart?.(...args),
      onResponseData: (...args) => handler.onResponseData?.(...args),
      onResponseEnd: (...args) => handler.onResponseEnd?.(...args),
      onResponseError: (...args) => handler.onResponseError?.(...args),
    });
}

/** The body, or `undefined` where it is larger than allowed. Throws where it is cut. */
async function readBytes(
  body: Dispatcher.ResponseData['body'],
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function isEncoded(headers: Readonly<Record<string, string>>): boolean {
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? '';
  return encoding !== '' && encoding !== 'identity';
}

function troubleOf(caller: AbortSignal, limit: AbortSignal): HttpError['why'] {
  if (caller.aborted) return 'cancelled';
  return limit.aborted ? 'timeout' : 'network';
}

function flat(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) result[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return result;
}
