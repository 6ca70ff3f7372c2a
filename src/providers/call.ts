import type { Clock } from '../clock.ts';
import type { RateLimitReading } from '../domain/pace.ts';
import type { ProviderError } from '../domain/provider.ts';
import { sleep } from '../schedule.ts';
import { answered, unanswered, unreadable, type Verdict } from './failure.ts';
import type { ApiAnswer } from './api-answer.ts';
import { createHttp, HttpError, type HttpAnswer, type HttpRequest } from './http.ts';
import { hasMoreParts } from './json-parts.ts';
import { readRateLimits } from './rate-limits.ts';
import { requestIdOf } from './request-id.ts';

export interface CallsOptions {
  /** The provider's name for people; it begins the messages of errors. */
  readonly title: string;
  /** Stands before each path; its trailing slashes do not count. */
  readonly apiUrl: string;
  /** Never shown in what the API says; `undefined` where it is asked without one. */
  readonly apiKey: string | undefined;
  /** Sent with each request, for example `authorization`. Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** From a POST to the last byte of its answer, tries to connect included. */
  readonly timeoutMs: number;
  readonly clock: Clock;
}

export interface CallOptions {
  readonly signal: AbortSignal;
  /** Told what the answer says of the API's pace. Leave it out for what has a pace of its own. */
  readonly onLimits?: ((reading: RateLimitReading) => void) | undefined;
  /** The largest answer that is read; 1 MiB unless told. */
  readonly maxAnswerBytes?: number;
  /** The most parts that a JSON answer over 1 MiB may have; 10,000 unless told. See {@link hasMoreParts}. */
  readonly maxParts?: number | undefined;
  /** For a POST the calls' own unless told, for each try of a GET 30 s at most. */
  readonly timeoutMs?: number;
  /** Besides the calls' own. Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Asks one image API, and says in the domain's words what went wrong. */
export interface Calls {
  /**
   * Sends a JSON body, once: it is tried again only while no connection could be made.
   * @param path with its leading slash
   * @returns the answer, whatever its status
   * @throws {ProviderError} where no answer came: `unavailable`, `timeout` or `cancelled`
   */
  post(path: string, body: unknown, options: CallOptions): Promise<ApiAnswer>;
  /**
   * Gets what costs nothing. Tried up to four times, after 0.2 s, 0.8 s and 2.5 s (or as long as
   * `retry-after` asks, 30 s at most), where no whole answer came, or a 429 or a 5xx.
   * @returns the last answer, whatever its status
   * @throws {ProviderError} where no answer came; the outcome is always `unknown`
   */
  get(path: string, options: CallOptions): Promise<ApiAnswer>;
  /** The error of an answer that is no success; see {@link answered}. */
  rejected(answer: ApiAnswer, verdict?: Verdict): ProviderError;
  /** The error of a success that cannot be used; see {@link unreadable}. */
  unreadable(answer: ApiAnswer, why?: string): ProviderError;
  /** Waits for the calls under way; abort their signals to hasten it. */
  close(): Promise<void>;
}

const defaultMaxAnswerBytes = 1024 * 1024;
const defaultMaxParts = 10_000;
const getTimeoutMs = 30_000;
const getPausesMs = [200, 800, 2500];
const maxPauseMs = 30_000;

/** Connections of its own, closed by `close()`. */
export function createCalls(options: CallsOptions): Calls {
  const { title, apiKey, timeoutMs, clock } = options;
  const base = options.apiUrl.replace(/\/+$/, '');
  const http = createHttp({ clock });

  async function send(
    request: Pick<HttpRequest, 'method' | 'body' | 'timeoutMs' | 'connectPausesMs'>,
    path: string,
    { signal, onLimits, maxAnswerBytes = defaultMaxAnswerBytes, maxParts, headers }: CallOptions,
  ): Promise<ApiAnswer> {
    const type = request.body === undefined ? {} : { 'content-type': 'application/json' };
    const answer = await http.send({
      ...request,
      url: base + path,
      headers: { accept: 'application/json', ...type, ...options.headers, ...headers },
      maxBodyBytes: maxAnswerBytes,
      signal,
    });
    const limits = onLimits && readRateLimits(answer.headers, clock.now());
    if (limits !== undefined) onLimits?.(limits);
    const body = tooManyParts(answer.body, maxParts) ? tooLarge : answer.body;
    return { ...answer, body, method: request.method, requestId: requestIdOf(answer.headers) };
  }

  async function get(path: string, call: CallOptions): Promise<ApiAnswer> {
    const request = {
      method: 'GET',
      timeoutMs: call.timeoutMs ?? Math.min(timeoutMs, getTimeoutMs),
      connectPausesMs: [],
    } as const;
    for (let attempt = 0; ; attempt++) {
      const pauseMs = getPausesMs[attempt];
      let asksMs = 0;
      try {
        const answer = await send(request, path, call);
        if (pauseMs === undefined || !worthAnother(answer)) return answer;
        asksMs = readRateLimits(answer.headers, clock.now())?.retryAfterMs ?? 0;
      } catch (error) {
        if (pauseMs === undefined || call.signal.aborted) throw unanswered(title, error, 'GET');
      }
      const waitMs = Math.min(Math.max(pauseMs, asksMs), maxPauseMs);
      await sleep(clock, waitMs, call.signal).catch((cause: unknown) => {
        throw unanswered(title, new HttpError('cancelled', false, cause), 'GET');
      });
    }
  }

  return {
    async post(path, body, call) {
      const request = {
        method: 'POST',
        body: JSON.stringify(body),
        timeoutMs: call.timeoutMs ?? timeoutMs,
      } as const;
      try {
        return await send(request, path, call);
      } catch (error) {
        throw unanswered(title, error, 'POST');
      }
    },
    get,
    rejected: (answer, verdict) => answered(title, apiKey, answer, verdict),
    unreadable: (answer, why = 'not what is documented') => unreadable(title, answer, why),
    close: () => http.close(),
  };
}

const tooLarge: HttpAnswer['body'] = { kind: 'unread', why: 'too-large' };

/** Whether a body would unpack to far more than it is; a small one cannot. */
function tooManyParts(body: HttpAnswer['body'], most = defaultMaxParts): boolean {
  if (body.kind === 'unread' || body.bytes.length <= defaultMaxAnswerBytes) return false;
  return hasMoreParts(body.bytes, most);
}

/** Whether a GET may fare better in a moment. */
function worthAnother({ status, body }: HttpAnswer): boolean {
  if (status === 429 || status >= 500) return true;
  return body.kind === 'unread' && (body.why === 'network' || body.why === 'timeout');
}
