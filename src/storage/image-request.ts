import { z } from 'zod';
import type { ImageRequest } from '../domain/request.ts';

const schema = z.object({
  prompt: z.string(),
  images: z.number(),
  guidance: z.number(),
}) satisfies z.ZodType<ImageRequest>;

/** The request that a JSON column holds; `undefined` where it holds none. */
export function imageRequest(text: string): ImageRequest | undefined {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
