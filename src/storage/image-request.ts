import { z } from 'zod';
import { modelOptions } from '../domain/model.ts';
import type { ImageRequest, RequestedStyle } from '../domain/request.ts';
import { askedOptions } from './asked-options.ts';

const style = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('guild'),
    name: z.string(),
    text: z.string(),
    negative: z.string(),
  }),
  z.object({ kind: z.literal('model'), name: z.string() }),
]) satisfies z.ZodType<RequestedStyle>;

/** How a request is read back from JSON. */
export const imageRequest = z.object({
  ...askedOptions,
  // Those written before there were several models name none, and do not say what was given.
  model: z.string().default(''),
  prompt: z.string(),
  images: z.number(),
  style: style.exactOptional(),
  given: z.array(z.enum(modelOptions)).default([]),
}) satisfies z.ZodType<ImageRequest>;
