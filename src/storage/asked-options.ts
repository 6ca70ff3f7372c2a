import { z } from 'zod';
import { aspects } from '../domain/aspect.ts';
import type { ReferenceImage } from '../domain/request.ts';
import type { Wish } from '../domain/wish.ts';

const image = z.object({
  url: z.string(),
  contentType: z.string(),
  sizeBytes: z.number(),
}) satisfies z.ZodType<ReferenceImage>;

/** The options that are the same in a wish, in a request and in a style, as they are read back from JSON. */
export const askedOptions = {
  guidance: z.number().exactOptional(),
  steps: z.number().exactOptional(),
  aspect: z.enum(aspects).exactOptional(),
  negative: z.string().exactOptional(),
  seed: z.number().exactOptional(),
  scheduler: z.string().exactOptional(),
  image: image.exactOptional(),
  strength: z.number().exactOptional(),
  spoiler: z.boolean().exactOptional(),
} satisfies { readonly [K in keyof Wish]?: z.ZodType<Wish[K]> };
