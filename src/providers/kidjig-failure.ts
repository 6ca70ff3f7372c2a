import type { ProviderError, ProviderErrorKind } from '../domain/provider.ts';
import { jsonOf } from './answer-body.ts';
import type { ApiAnswer } from './api-answer.ts';
import type { Calls } from './call.ts';
import type { Verdict } from './failure.ts';
import { readKidjigFault, verdictOf } from './kidjig-fault.ts';
import { shapeOf } from './kidjig-shape.ts';

/** What one answer of Kidjig's says went wrong, as far as it says so itself. */
export function kidjigVerdict(answer: ApiAnswer): Verdict | undefined {
  const fault = readKidjigFault(answer);
  return fault && verdictOf(fault);
}

/** The error of a request that was not taken. */
export function notTaken(calls: Calls, answer: ApiAnswer): ProviderError {
  const said = readKidjigFault(answer)?.messages.join('. ');
  return calls.rejected(answer, {
    detail: said,
    ...(answer.status < 300 ? takenBack : {}),
    ...kidjigVerdict(answer),
    note: noteOf(answer),
  });
}

/** A success that says it is none, without a job: nothing was begun. */
const takenBack: Verdict = { kind: 'invalid', outcome: 'nothing-made' };

/**
 * The error of a job that is there. What the API says of the job itself holds; whatever else it says
 * (of the key, of its pace, of an id that it does not know) leaves open what was made.
 *
 * @param otherwise what it means where the answer itself does not tell
 */
export function jobFailed(calls: Calls, answer: ApiAnswer, otherwise: Verdict = {}): ProviderError {
  const verdict = kidjigVerdict(answer) ?? otherwise;
  const kind = verdict.kind ?? kindsOfStatus[answer.status];
  const ofJob = kind === 'refused' || kind === 'invalid' || kind === 'unavailable';
  return calls.rejected(answer, {
    ...verdict,
    // A `busy` one would be posted again.
    kind: kind === 'busy' ? 'unavailable' : kind,
    outcome: ofJob ? verdict.outcome : 'unknown',
    note: noteOf(answer),
  });
}

const kindsOfStatus: Readonly<Record<number, ProviderErrorKind>> = {
  404: 'protocol',
  410: 'protocol',
  429: 'unavailable',
};

/** The error of an answer that does not say what it should, with its shape for the log. */
export function notReadable(calls: Calls, answer: ApiAnswer, what: string): ProviderError {
  return calls.unreadable(answer, `${what}: ${shapeOf(jsonOf(answer))}`);
}

/** The codes of the answer, or its shape where it has none. */
function noteOf(answer: ApiAnswer): string {
  const codes = readKidjigFault(answer)?.codes ?? [];
  return codes.length > 0 ? codes.slice(0, 5).join(', ') : shapeOf(jsonOf(answer));
}
