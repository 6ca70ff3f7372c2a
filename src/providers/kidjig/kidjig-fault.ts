import { z } from 'zod';
import { faultDetail, faultSentence, faultText } from '../fault-fields.ts';
import type { FaultPart } from '../fault-fields.ts';

const body = z.object({
  success: z.boolean().optional().catch(undefined),
  message: faultText,
  error: z
    .union([z.string().min(1), z.object({ code: faultText, type: faultText, message: faultText })])
    .optional()
    .catch(undefined),
  detail: faultDetail,
  error_type: faultText,
});

/** What an answer says went wrong. */
export interface KidjigFault {
  /** Codes and types, as the API has them: fit for the log. */
  readonly codes: readonly string[];
  /** What it says to people; may repeat what the member wrote. */
  readonly messages: readonly string[];
  /** Whether it names fields of the input, one by one; those of a question's path are none. */
  readonly ofInput: boolean;
  /** Whether one of its messages is known as the refusal of content, from the first word to the last. */
  readonly saysRefused: boolean;
  /** Whether it says `success: false`. */
  readonly unsuccessful: boolean;
}

/**
 * Sources: fal's documents, BFL's words of a status, Ideogram's error. Whole messages only: one that
 * repeats the prompt has the prompt's words.
 */
const refusals = new RegExp(
  `^(${[
    'the content could not be processed because it was flagged by a content checker',
    'flagged by a content checker',
    '(request|content) moderated',
    '(prompt or provided image|prompt|image) failed the safety checks?',
    '(potential )?nsfw content (was |has been )?detected',
    '(request |prompt |content )?(was )?blocked by content moderation',
  ].join('|')})[.!]?$`,
  'i',
);

/**
 * Reads an error in each form that Kidjig's documents or those of the models' makers name:
 * `{"error": {"code", "message"}}`, `{"success": false, "message"}`, fal's `{"detail": [{"loc", "msg",
 * "type"}]}`, `{"detail": "…", "error_type"}` and header `x-fal-error-type`, or a plain `error`; on top
 * or within `data`.
 *
 * @returns `undefined` where it says nothing of an error
 */
export function readKidjigFault(
  json: unknown,
  headers: Readonly<Record<string, string | undefined>>,
): KidjigFault | undefined {
  const within = z.object({ data: z.unknown() }).safeParse(json).data?.data;
  const bodies = [json, within].flatMap((one) => body.safeParse(one).data ?? []);
  const codes: (string | undefined)[] = [headers['x-fal-error-type']];
  const messages: (string | undefined)[] = [];
  const plain: (string | undefined)[] = [];
  const parts: FaultPart[] = [];
  for (const { success, message, error, detail, error_type: type } of bodies) {
    codes.push(type);
    if (typeof error === 'object') codes.push(error.code, error.type);
    const said = [typeof error === 'object' ? error.message : error];
    if (Array.isArray(detail)) {
      parts.push(...detail);
      codes.push(...detail.map((it) => it.type));
      plain.push(...detail.map((it) => it.msg));
      messages.push(...detail.map(faultSentence));
    } else said.push(detail);
    if (success === false) said.push(message);
    plain.push(...said);
    messages.push(...said);
  }
  const fault = {
    codes: codes.filter((code) => code !== undefined && /^[\w.-]{1,64}$/.test(code)).map(String),
    messages: messages.filter((one) => one !== undefined),
    ofInput: parts.some(({ loc }) => loc?.[0] === 'body'),
    saysRefused: plain.some((one) => one !== undefined && refusals.test(one.trim())),
    unsuccessful: bodies.some(({ success }) => success === false),
  };
  const tells = parts.length + fault.codes.length + fault.messages.length > 0;
  return fault.unsuccessful || tells ? fault : undefined;
}
