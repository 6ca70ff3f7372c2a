import { z } from 'zod';
import type { UsedSettings } from '../domain/provider.ts';

/** How what a picture was made with is read back from JSON. */
export const usedSettings = z.object({
  seed: z.number().exactOptional(),
  guidance: z.number().exactOptional(),
  steps: z.number().exactOptional(),
  scheduler: z.string().exactOptional(),
  width: z.number().exactOptional(),
  height: z.number().exactOptional(),
  prompt: z.string().exactOptional(),
}) satisfies z.ZodType<UsedSettings>;
