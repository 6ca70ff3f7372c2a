import { z } from 'zod';
import type { Refused } from '../src/discord/command.ts';
import type { OptionAllows } from '../src/domain/refusal.ts';
import { ranges } from '../src/domain/request.ts';
import type { ImageRequest } from '../src/domain/request.ts';
import { wrong } from './options.ts';

const { prompt, images, guidance } = ranges;

/** Code points, as the image API counts. */
const length = (text: string): number => Array.from(text).length;

function optionsSchema(defaultImages: number) {
  return z.object({
    prompt: z
      .string()
      .trim()
      .refine((text) => length(text) >= prompt.min && length(text) <= prompt.max),
    images: z.int().min(images.min).max(images.max).default(defaultImages),
    guidance: z.number().min(guidance.min).max(guidance.max).default(guidance.default),
    private: z.boolean().default(false),
  });
}

export interface ImagineOptions {
  readonly request: ImageRequest;
  readonly private: boolean;
}

/** Makes the reader of the options as they came from a client, which may have been bypassed. */
export function imagineOptionsReader(
  defaultImages: number,
): (given: Readonly<Record<string, unknown>>) => ImagineOptions | Refused {
  const schema = optionsSchema(defaultImages);
  return (given) => read(schema, given);
}

function read(
  schema: ReturnType<typeof optionsSchema>,
  given: Readonly<Record<string, unknown>>,
): ImagineOptions | Refused {
  const parsed = schema.safeParse(given);
  if (parsed.success) {
    const { private: isPrivate, ...request } = parsed.data;
    return { request, private: isPrivate };
  }
  const option = String(parsed.error.issues[0]?.path[0]);
  const value = given[option];
  return wrong(option, value, allows(option, value));
}

function allows(option: string, value: unknown): OptionAllows {
  switch (option) {
    case 'images':
      return { kind: 'integer', ...images };
    case 'guidance':
      return { kind: 'number', min: guidance.min, max: guidance.max };
    case 'private':
      return { kind: 'boolean' };
    default:
      return {
        kind: 'length',
        ...prompt,
        length: typeof value === 'string' ? length(value.trim()) : 0,
      };
  }
}
