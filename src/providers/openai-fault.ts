import { z } from 'zod';
import { jsonOf } from './answer-body.ts';
import type { ApiAnswer } from './api-answer.ts';
import type { Verdict } from './failure.ts';
import type { OpenaiServer } from './openai-servers.ts';

const text = z.string().min(1).optional().catch(undefined);
const part = z
  .object({ loc: z.array(z.unknown()).optional().catch(undefined), msg: text })
  .catch({});
const body = z.object({
  error: z
    .union([z.string().min(1), z.object({ message: text, type: text, code: text })])
    .optional()
    .catch(undefined),
  detail: z
    .union([z.string().min(1), z.array(part).min(1)])
    .optional()
    .catch(undefined),
  message: text,
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
  const details = Array.isArray(detail) ? detail.map(sentence) : [detail];
  const said = [typeof error === 'string' ? error : inner?.message, ...details, message];
  return {
    codes: [inner?.code, inner?.type, typeof error === 'string' ? error : undefined]
      .filter((it) => it !== undefined && /^[\w.-]{1,64}$/.test(it))
      .map(String),
    said: said.filter(Boolean).join('. '),
  };
}

/** With the name of the field, without which many a message says nothing. */
function sentence({ loc, msg }: z.output<typeof part>): string | undefined {
  const field = loc?.at(-1);
  return msg !== undefined && typeof field === 'string' ? `${field}: ${msg}` : msg;
}

const nothingMade = 'nothing-made';

/** Codes and types. Sources: OpenAI's guides on errors and on image generation. */
const contentCode = /^(content_policy_violation|moderation_blocked|content_filter)$/;
const creditCode = /^(insufficient_(quota|credits|balance)|billing_\w+)$/;
/** Where there is no code: vLLM-Omni's guardrails say so in words only. */
const contentWords = /\bsafety system\b|\bcontent polic|\bguardrails?\b|\bmoderat(ed|ion)\b/i;

function meaningOf(
  server: OpenaiServer,
  status: number,
  codes: readonly string[],
  said: string,
): Verdict {
  const has = (pattern: RegExp): boolean => codes.some((it) => pattern.test(it.toLowerCase()));
  if (status >= 400 && status < 500) {
    if (has(contentCode)) return { kind: 'refused', outcome: nothingMade };
    // Some say so with a 429, but waiting does not help.
    if (has(creditCode)) return { kind: 'no-credits', outcome: nothingMade };
    if (has(/^invalid_api_key$/)) return { kind: 'unauthorized', outcome: nothingMade };
    if ((status === 400 || status === 422) && contentWords.test(said))
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
