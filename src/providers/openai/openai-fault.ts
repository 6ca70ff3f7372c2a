import { z } from 'zod';
import type { ProviderErrorKind } from '../../domain/provider.ts';
import { jsonOf } from '../answer-body.ts';
import type { ApiAnswer } from '../api-answer.ts';
import type { Verdict } from '../failure.ts';
import { faultDetail, faultSentence, faultText } from '../fault-fields.ts';
import type { OpenaiServer } from './openai-servers.ts';

const body = z.object({
  error: z
    .union([z.string().min(1), z.object({ message: faultText, type: faultText, code: faultText })])
    .optional()
    .catch(undefined),
  detail: faultDetail,
  message: faultText,
});

interface Fault {
  /** Codes and types, as the server has them: fit for the log. */
  readonly codes: readonly string[];
  /** What it says to people; may repeat what the member wrote. */
  readonly said: string;
}

/**
 * What an answer that is no success means, beyond its status. It is read in each form that the servers
 * have: `{"error": {"message", "type", "param", "code"}}` (OpenAI, LocalAI), `{"error": "…"}` and
 * `{"error": "server_error", "message"}` (sd.cpp), `{"detail": "…"}` and `{"detail": [{"loc", "msg"}]}`
 * (vLLM-Omni).
 */
export function openaiVerdict(server: OpenaiServer, answer: ApiAnswer): Verdict {
  const { codes, said } = readFault(jsonOf(answer));
  const note = codes.length === 0 ? undefined : codes.join(', ');
  return { ...meaningOf(server, answer.status, codes, said), detail: said, note };
}

function readFault(json: unknown): Fault {
  const { error, detail, message } = body.safeParse(json).data ?? {};
  const inner = typeof error === 'object' ? error : undefined;
  const details = Array.isArray(detail) ? detail.map(faultSentence) : [detail];
  const said = [typeof error === 'string' ? error : inner?.message, ...details, message];
  return {
    codes: [inner?.code, inner?.type, typeof error === 'string' ? error : undefined]
      .filter((it) => it !== undefined && /^[\w.-]{1,64}$/.test(it))
      .map(String),
    said: said.filter(Boolean).join('. '),
  };
}

const nothingMade = 'nothing-made';

/**
 * Codes and types, in small letters. Only whole ones count, since they decide about credits and about
 * the account. Sources: OpenAI's guides on errors and on image generation.
 */
const kindOfCode: ReadonlyMap<string, ProviderErrorKind> = new Map([
  ['content_policy_violation', 'refused'],
  ['moderation_blocked', 'refused'],
  ['content_filter', 'refused'],
  // Some say so with a 429, but waiting does not help.
  ['insufficient_quota', 'no-credits'],
  ['insufficient_credits', 'no-credits'],
  ['insufficient_balance', 'no-credits'],
  ['billing_hard_limit_reached', 'no-credits'],
  ['billing_limit_user_error', 'no-credits'],
  ['billing_not_active', 'no-credits'],
  ['invalid_api_key', 'unauthorized'],
  ['insufficient_permissions', 'forbidden'],
  ['missing_scope', 'forbidden'],
]);

/**
 * How those begin who refuse without a code, OpenAI's older models and vLLM-Omni's guardrails. Only from
 * the beginning: further on may stand what the member wrote.
 */
const refusals =
  /^(your (request|prompt) was (rejected|blocked) (by|as a result of) (our|the) (safety system|content (policy|filters?))|input was blocked by ([\w-]+ )?guardrails)\b/i;

function meaningOf(
  server: OpenaiServer,
  status: number,
  codes: readonly string[],
  said: string,
): Verdict {
  if (status >= 400 && status < 500) {
    const kind = codes.map((code) => kindOfCode.get(code.toLowerCase())).find(Boolean);
    if (kind !== undefined) return { kind, outcome: nothingMade };
    if ((status === 400 || status === 422) && refusals.test(said))
      return { kind: 'refused', outcome: nothingMade };
    // Where no model is missing it is the address of the whole server that is wrong.
    if ((status === 404 && !/\bmodel\b/i.test(said)) || status === 405)
      return { kind: 'unavailable', outcome: nothingMade };
  }
  // It says so before it hands the request on.
  if (server === 'vllm-omni' && status === 503 && /\bnot initialized\b/i.test(said))
    return { kind: 'unavailable', outcome: nothingMade };
  return {};
}
