import type { ProviderError, ProviderErrorKind } from '../../domain/provider.ts';
import type { Calls } from '../call.ts';
import type { Verdict } from '../failure.ts';
import { isGood, type KidjigSaid } from './kidjig-said.ts';
import { kidjigVerdict } from './kidjig-verdict.ts';
import { shapeOf } from './kidjig-shape.ts';

/**
 * The error of a request that was not taken. A success that says it is none leaves open what was begun,
 * unless it says by a known code why.
 */
export function notTaken(calls: Calls, said: KidjigSaid): ProviderError {
  const verdict = kidjigVerdict(said);
  const lost = isGood(said) ? lostOnTheWay : {};
  return calls.rejected(said.answer, {
    detail: said.fault?.messages.join('. '),
    ...lost,
    ...verdict,
    // Of the request itself: it was not begun.
    ...(verdict?.kind === 'invalid' ? { outcome: 'nothing-made' } : {}),
    note: noteOf(said),
  });
}

const lostOnTheWay: Verdict = { kind: 'protocol', outcome: 'unknown' };

/**
 * The error of a job that is there, by an answer that is the job's own: its state, or what stands in the
 * place of its result. Whatever the API says of the key, of its pace or of an id that it does not know
 * leaves open what was made, and so does every 5xx.
 *
 * @param otherwise what it means where the answer itself does not tell
 */
export function jobFailed(calls: Calls, said: KidjigSaid, otherwise: Verdict = {}): ProviderError {
  const verdict = kidjigVerdict(said) ?? otherwise;
  const { status } = said.answer;
  const kind = verdict.kind ?? kindsOfStatus[status];
  const ofJob = kind === 'refused' || kind === 'invalid' || kind === 'unavailable';
  return calls.rejected(said.answer, {
    ...verdict,
    // A `busy` one would be posted again.
    kind: kind === 'busy' ? 'unavailable' : kind,
    outcome: ofJob && status < 500 ? verdict.outcome : 'unknown',
    note: noteOf(said),
  });
}

/** The error of a question about a job: of the job it says nothing, whatever it says. */
export function questionFailed(calls: Calls, said: KidjigSaid): ProviderError {
  const { kind } = kidjigVerdict(said) ?? {};
  return calls.rejected(said.answer, {
    kind: kind === 'busy' ? 'unavailable' : (kind ?? kindsOfStatus[said.answer.status]),
    outcome: 'unknown',
    note: noteOf(said),
  });
}

const kindsOfStatus: Readonly<Record<number, ProviderErrorKind>> = {
  404: 'protocol',
  410: 'protocol',
  425: 'unavailable',
  429: 'unavailable',
};

/** The error of an answer that does not say what it should, with its shape for the log. */
export function notReadable(calls: Calls, said: KidjigSaid, what: string): ProviderError {
  return calls.unreadable(said.answer, `${what}: ${shapeOf(said.json)}`);
}

/** The codes of the answer, or its shape where it has none. */
function noteOf({ fault, json }: KidjigSaid): string {
  const codes = fault?.codes ?? [];
  return codes.length > 0 ? codes.slice(0, 5).join(', ') : shapeOf(json);
}
