import { z } from 'zod';
import { jsonOf } from './answer-body.ts';
import type { ApiAnswer } from './api-answer.ts';
import type { Verdict } from './failure.ts';

const text = z.string().min(1).optional().catch(undefined);
const part = z
  .object({ loc: z.array(z.unknown()).optional().catch(undefined), msg: text, type: text })
  .catch({});
const body = z.object({
  success: z.boolean().optional().catch(undefined),
  message: text,
  error: z
    .union([z.string().min(1), z.object({ code: text, type: text, message: text })])
    .optional()
    .catch(undefined),
  detail: z
    .union([z.string().min(1), z.array(part).min(1)])
    .optional()
    .catch(undefined),
  error_type: text,
});

/** What an answer says went wrong. */
export interface KidjigFault {
  /** Codes and types, as the API has them: fit for the log. */
  readonly codes: readonly string[];
  /** What it says to people; may repeat what the member wrote. */
  readonly messages: readonly string[];
  /** Whether it names fields of the input, one by one. */
  readonly ofInput: boolean;
}

/**
 * Reads an error in each form that Kidjig's documents or those of the models' makers name:
 * `{"error": {"code", "message"}}`, `{"success": false, "message"}`, fal's `{"detail": [{"loc", "msg",
 * "type"}]}`, `{"detail": "…", "error_type"}` and header `x-fal-error-type`, or a plain `error`; on top
 * or within `data`.
 *
 * @returns `undefined` where it says nothing of an error
 */
export function readKidjigFault(answer: ApiAnswer): KidjigFault | undefined {
  const json = jsonOf(answer);
  const within = z.object({ data: z.unknown() }).safeParse(json).data?.data;
  const bodies = [json, within].flatMap((one) => body.safeParse(one).data ?? []);
  const codes: (string | undefined)[] = [answer.headers['x-fal-error-type']];
  const messages: (string | undefined)[] = [];
  for (const { success, message, error, detail, error_type: type } of bodies) {
    codes.push(type);
    if (typeof error === 'object') codes.push(error.code, error.type);
    messages.push(typeof error === 'object' ? error.message : error);
    if (Array.isArray(detail)) {
      codes.push(...detail.map((it) => it.type));
      messages.push(...detail.map(sentence));
    } else messages.push(detail);
    if (success === false) messages.push(message);
  }
  const fault = {
    codes: codes.filter((code) => code !== undefined && /^[\w.-]{1,64}$/.test(code)).map(String),
    messages: messages.filter((one) => one !== undefined),
    ofInput: bodies.some(({ detail }) => Array.isArray(detail)),
  };
  const failed = bodies.some(({ success }) => success === false);
  return failed || fault.codes.length + fault.messages.length > 0 ? fault : undefined;
}

/** With the name of the field, without which many a message says nothing. */
function sentence({ loc, msg }: z.output<typeof part>): string | undefined {
  const field = loc?.at(-1);
  return msg !== undefined && typeof field === 'string' ? `${field}: ${msg}` : msg;
}

const nothingMade = 'nothing-made';

/**
 * Codes in lower case. Sources: Kidjig's README (`invalid_api_key`, `rate_limit_exceeded`); fal's
 * documents for the rest, where the failures up to the connection to a runner come before any work.
 */
const byCode: readonly (readonly [RegExp, Verdict])[] = [
  [
    /content_(policy|moderat)|moderated|moderation|nsfw|safety_(check_failed|violation)/,
    { kind: 'refused', outcome: nothingMade },
  ],
  [/^(invalid|missing)_api_key$|^unauthorized$/, { kind: 'unauthorized', outcome: nothingMade }],
  [/^rate_limit_exceeded$|^too_many_requests$/, { kind: 'busy', outcome: nothingMade }],
  [/^insufficient_|^payment_required$/, { kind: 'no-credits', outcome: nothingMade }],
  [
    /^startup_timeout$|^runner_(scheduling_failure|connection_(timeout|refused))$/,
    { kind: 'unavailable', outcome: nothingMade },
  ],
  [
    /timeout|^runner_|internal|unavailable|downstream|^client_/,
    { kind: 'unavailable', outcome: 'unknown' },
  ],
  // Of a question about a job it says nothing of the job.
  [/^bad_request$/, { kind: 'invalid' }],
];

const refusals =
  /\bnsfw\b|content polic|\bmoderat(ed|ion)\b|safety (check|filter|system)|failed the safety/i;

/** What the fault means; `undefined` where only the status of the answer can tell. */
export function verdictOf({ codes, messages, ofInput }: KidjigFault): Verdict | undefined {
  const detail = messages.join('. ');
  const known = byCode.find(([pattern]) => codes.some((code) => pattern.test(code.toLowerCase())));
  if (known) return { ...known[1], detail };
  if (refusals.test(detail)) return { kind: 'refused', outcome: nothingMade, detail };
  return ofInput ? { kind: 'invalid', outcome: nothingMade, detail } : undefined;
}
