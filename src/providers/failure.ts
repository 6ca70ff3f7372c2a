import { ProviderError, type ProviderErrorKind, type ProviderOutcome } from '../domain/provider.ts';
import type { ApiAnswer } from './api-answer.ts';
import { HttpError, type HttpTrouble } from './http.ts';
import { presentable } from './presentable.ts';

/** What an adapter knows better than the status says. */
export interface Verdict {
  readonly kind?: ProviderErrorKind | undefined;
  readonly outcome?: ProviderOutcome | undefined;
  /** What the API says of the input; kept for the kinds `invalid` and `refused` only, made presentable. */
  readonly detail?: string | undefined;
  /** Stands behind the status in the message, for the log: never a text of the member's. */
  readonly note?: string | undefined;
}

const kinds: Readonly<Record<number, ProviderErrorKind>> = {
  401: 'unauthorized',
  402: 'no-credits',
  403: 'forbidden',
  408: 'unavailable',
  429: 'busy',
  499: 'unavailable',
};

/** What a gateway says of a request that it may have handed on. 499 is nginx's, for a caller that left. */
const gatewaysOwn: ReadonlySet<number> = new Set([408, 499]);

/**
 * The error of an answer that is no success. By the status, unless the verdict says otherwise: 401,
 * 402, 403 and 429 are what they are, any other 4xx is `invalid`, and all of these are given before
 * work begins (`nothing-made`). A 5xx, a gateway's 408 or 499 (`unavailable`), a redirect or another success
 * (`protocol`) leave open what was made, and so does whatever a GET answers.
 */
export function answered(
  title: string,
  apiKey: string | undefined,
  answer: ApiAnswer,
  verdict: Verdict = {},
): ProviderError {
  const { status, requestId, method } = answer;
  const kind = verdict.kind ?? kindOf(status);
  const before = status >= 400 && status < 500 && !gatewaysOwn.has(status) && method === 'POST';
  const outcome = verdict.outcome ?? (before ? 'nothing-made' : 'unknown');
  const note = verdict.note === undefined ? '' : `: ${verdict.note}`;
  const speaks = kind === 'invalid' || kind === 'refused';
  const detail = speaks ? presentable(verdict.detail ?? '', apiKey) : undefined;
  const message = `${title} answered ${status}${note}`;
  return new ProviderError(kind, outcome, message, { status, requestId, detail });
}

function kindOf(status: number): ProviderErrorKind {
  if (status >= 500) return 'unavailable';
  return status < 400 ? 'protocol' : (kinds[status] ?? 'invalid');
}

/** The error of a success that cannot be used: what was made is lost, and may have been charged. */
export function unreadable(title: string, answer: ApiAnswer, why: string): ProviderError {
  const { status, requestId, body } = answer;
  const facts = { status, requestId };
  if (body.kind === 'unread') {
    const message = `${title}'s answer did not come whole: ${body.why}`;
    return new ProviderError(unreadKinds[body.why], 'unknown', message, facts);
  }
  return new ProviderError(
    'protocol',
    'unknown',
    `${title}'s answer cannot be read: ${why}`,
    facts,
  );
}

const unreadKinds: Readonly<Record<HttpTrouble, ProviderErrorKind>> = {
  network: 'unavailable',
  timeout: 'timeout',
  cancelled: 'cancelled',
  'too-large': 'protocol',
  encoded: 'protocol',
};

/** The error of a request without an answer. Any other error is passed through: it is our own bug. */
export function unanswered(title: string, error: unknown, method: 'GET' | 'POST'): unknown {
  if (!(error instanceof HttpError)) return error;
  const kind = error.why === 'network' ? 'unavailable' : error.why;
  const outcome = error.sent || method === 'GET' ? 'unknown' : 'nothing-made';
  return new ProviderError(kind, outcome, `${title}: ${error.message}`, { cause: error.cause });
}
