import type { Verdict } from '../failure.ts';
import type { KidjigFault } from './kidjig-fault.ts';
import type { KidjigSaid } from './kidjig-said.ts';

const nothingMade = 'nothing-made';

/**
 * Codes in lower case. Sources: Kidjig's README (`invalid_api_key`, `rate_limit_exceeded`), BFL's words
 * of a status as codes; fal's documents for the rest, where the failures up to the connection to a
 * runner come before any work. What says that nothing was made is a code in full.
 */
const byCode: readonly (readonly [RegExp, Verdict])[] = [
  [
    /^(content_policy_violation|content_moderat(ed|ion)|request_moderated|moderation_blocked)$/,
    { kind: 'refused', outcome: nothingMade },
  ],
  [
    /^(nsfw_content_detected|safety_(check_failed|violation))$/,
    { kind: 'refused', outcome: nothingMade },
  ],
  [/^((invalid|missing)_api_key|unauthorized)$/, { kind: 'unauthorized', outcome: nothingMade }],
  [/^(rate_limit_exceeded|too_many_requests)$/, { kind: 'busy', outcome: nothingMade }],
  [
    /^(insufficient_(credits|balance|funds|quota)|payment_required)$/,
    { kind: 'no-credits', outcome: nothingMade },
  ],
  [
    /^(startup_timeout|runner_(scheduling_failure|connection_(timeout|refused)))$/,
    { kind: 'unavailable', outcome: nothingMade },
  ],
  [
    /^(timeout|(request|generation)_timeout|internal(_server)?_error|service_unavailable|(runner|client|downstream)_\w+)$/,
    { kind: 'unavailable', outcome: 'unknown' },
  ],
  // Of a question about a job it says nothing of the job.
  [/^bad_request$/, { kind: 'invalid' }],
];

/**
 * What the fault of an answer means by itself; of a job only where the answer is the job's. Under 5xx,
 * and where a success says `success: false`, only a known code tells.
 *
 * @returns `undefined` where only the status of the answer can tell
 */
export function kidjigVerdict({ answer: { status }, fault }: KidjigSaid): Verdict | undefined {
  return fault && verdictOf(fault, status);
}

/** The same of a fault alone. @param status of the answer that has it */
export function verdictOf(fault: KidjigFault, status: number): Verdict | undefined {
  const { codes, messages, ofInput, saysRefused, unsuccessful } = fault;
  const detail = messages.join('. ');
  const known = byCode.find(([pattern]) => codes.some((code) => pattern.test(code.toLowerCase())));
  if (known) return { ...known[1], detail };
  if (status >= 500 || (status < 300 && unsuccessful)) return undefined;
  if (saysRefused) return { kind: 'refused', outcome: nothingMade, detail };
  return ofInput ? { kind: 'invalid', outcome: nothingMade, detail } : undefined;
}
