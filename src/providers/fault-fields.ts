import { z } from 'zod';

/** A text of an error; what is none is as if it were not there, since the rest may still tell. */
export const faultText = z.string().min(1).optional().catch(undefined);

const part = z
  .object({
    loc: z.array(z.unknown()).optional().catch(undefined),
    msg: faultText,
    type: faultText,
  })
  .catch({});

/** One of a list of mistakes in the input, as FastAPI gives them. */
export type FaultPart = z.output<typeof part>;

/** What FastAPI says is wrong: a sentence, or a mistake each. Source: fal's and vLLM-Omni's documents. */
export const faultDetail = z
  .union([z.string().min(1), z.array(part).min(1)])
  .optional()
  .catch(undefined);

/** With the name of the field, without which many a message says nothing. */
export function faultSentence({ loc, msg }: FaultPart): string | undefined {
  const field = loc?.at(-1);
  return msg !== undefined && typeof field === 'string' ? `${field}: ${msg}` : msg;
}
