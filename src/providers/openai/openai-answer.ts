import { z } from 'zod';
import type { ProvidedPicture } from '../../domain/provider.ts';
import { fromBase64 } from '../base64.ts';
import { fetchable } from '../fetchable.ts';
import { shortList } from '../short-list.ts';
import type { Size } from '../size.ts';

/** Ten at most can be asked for; a great many are no answer to a request of ours. */
const mostPictures = 16;
const longestPrompt = 4000;
const longestAddress = 8192;

// A wrong field spoils itself only, so that nothing that was paid for is lost for its sake.
const text = z.string().min(1).optional().catch(undefined);
const picture = z.object({ b64_json: text, url: text, revised_prompt: text }).catch({});
const generated = z.object({ data: shortList(picture, mostPictures), size: text });

/** A 200 of `POST /images/generations`, as far as it can be read. */
export interface OpenaiMade {
  /** Those that can be used, in order. */
  readonly pictures: readonly ProvidedPicture[];
  /** How many it names, those that cannot be used among them. */
  readonly named: number;
  /** `undefined` where it is not told. */
  readonly size: Size | undefined;
  /** Where the API wrote the text anew. */
  readonly prompt: string | undefined;
}

/**
 * Reads what was made. The pictures come as bytes or as addresses, or some so and some so; what else
 * the servers add (`embedding`, `index`, `usage` …) is passed over, and so is a missing `created`.
 * Source: OpenAI's OpenAPI document, `ImagesResponse`.
 *
 * @param expiresAt until when addresses can be fetched (ms since the epoch); `null` where nobody knows
 * @returns `undefined` where it cannot be read
 */
export function readOpenaiMade(json: unknown, expiresAt: number | null): OpenaiMade | undefined {
  const made = generated.safeParse(json).data;
  if (made === undefined) return undefined;
  const prompt = made.data.map((it) => it.revised_prompt?.trim()).find(Boolean);
  return {
    pictures: made.data.flatMap((one) => pictureOf(one, expiresAt) ?? []),
    named: made.data.length,
    size: sizeOf(made.size),
    prompt: prompt === undefined || prompt.length > longestPrompt ? undefined : prompt,
  };
}

function pictureOf(
  { b64_json: encoded, url }: z.infer<typeof picture>,
  expiresAt: number | null,
): ProvidedPicture | undefined {
  const bytes = encoded === undefined ? undefined : fromBase64(withoutHead(encoded));
  if (bytes !== undefined) return { kind: 'bytes', bytes };
  if (url === undefined) return undefined;
  if (/^data:/i.test(url)) {
    const inline = fromBase64(withoutHead(url));
    return inline && { kind: 'bytes', bytes: inline };
  }
  const address = url.length > longestAddress ? undefined : fetchable(url);
  return address === undefined ? undefined : { kind: 'address', url: address, expiresAt };
}

/** Of a `data:` URI what stands behind its head; any other text as it is. */
function withoutHead(encoded: string): string {
  return encoded.replace(/^data:[^,]{0,200};base64,/i, '');
}

function sizeOf(told: string | undefined): Size | undefined {
  const [, width, height] = /^(\d{1,5})x(\d{1,5})$/.exec(told ?? '') ?? [];
  if (width === undefined || height === undefined) return undefined;
  const size = { width: Number(width), height: Number(height) };
  return size.width > 0 && size.height > 0 ? size : undefined;
}
