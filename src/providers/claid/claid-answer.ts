import { z } from 'zod';
import { shortList } from '../short-list.ts';

/** Claid makes 4 at most. Every entry counts as charged, so a great many are no answer of Claid's. */
const maxPictures = 16;

// Only the fields that are used are listed, so that a change elsewhere cannot break an answer that
// has been paid for; a wrong field spoils its own picture only.
const field = z.string().min(1).optional().catch(undefined);
const pixels = z.int().min(1).max(65_536).optional().catch(undefined);
const picture = z
  .object({
    tmp_url: field,
    object_key: field,
    width: pixels,
    height: pixels,
  })
  .catch({});
const generated = z.object({ data: z.object({ output: shortList(picture, maxPictures) }) });

const fault = z.object({ error_message: z.string() });
const failed = z.union([
  fault.transform((body) => body.error_message),
  z.object({ detail: fault }).transform((body) => body.detail.error_message),
  z
    .object({ detail: z.array(z.object({ msg: z.string() })) })
    .transform((body) => body.detail.map((entry) => entry.msg).join('. ')),
  z.object({ detail: z.string() }).transform((body) => body.detail),
]);

/** What Claid says of one picture; anything may be missing. */
export interface ClaidPicture {
  /** In Claid's own bucket, kept for a day. */
  readonly tmp_url?: string | undefined;
  /** The path in the bucket of one's own. */
  readonly object_key?: string | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

/**
 * The pictures of a 200 of `POST /image/generate`, in order, one entry for each that was made.
 * Source: Claid's OpenAPI document, `Response_GenerateResponse_`.
 * @returns `undefined` where it cannot be read
 */
export function readGenerated(json: unknown): readonly ClaidPicture[] | undefined {
  return generated.safeParse(json).data?.data.output;
}

/**
 * What an error body says, in whichever of the shapes it comes: `HttpErrorDetails` flat, the same
 * inside `detail` (429), FastAPI's list of `{msg}`, or a plain `detail`.
 * @returns `undefined` where it says nothing readable
 */
export function readFault(json: unknown): string | undefined {
  return failed.safeParse(json).data;
}
