import { z } from 'zod';
import type { Refused } from '../src/discord/command.ts';
import type { OptionAllows } from '../src/domain/refusal.ts';
import { shortened } from '../src/policy/shortened.ts';

/** One option: what it may be, and what to say where it is something else. */
export interface Option<T> {
  readonly schema: z.ZodType<T>;
  allows(value: unknown): OptionAllows;
}

type Values<O> = { readonly [K in keyof O]: O[K] extends Option<infer T> ? T : never };

/** Reads options as they came from a client, which may have been bypassed. The first wrong one is refused. */
export function readOptions<const O extends Readonly<Record<string, Option<unknown>>>>(
  options: O,
  given: Readonly<Record<string, unknown>>,
): { readonly values: Values<O> } | Refused {
  const values: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(options)) {
    const parsed = option.schema.safeParse(given[name]);
    if (!parsed.success) return wrong(name, given[name], option.allows(given[name]));
    values[name] = parsed.data;
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each was read by the option of its name
  return { values: values as Values<O> };
}

/** The refusal of an option. */
export function wrong(option: string, given: unknown, allowed: OptionAllows): Refused {
  return { refused: { reason: 'option', option, given: shortened(textOf(given)), allowed } };
}

export function integer(range: { readonly min: number; readonly max: number }): Option<number> {
  return {
    schema: z.int().min(range.min).max(range.max),
    allows: () => ({ kind: 'integer', ...range }),
  };
}

export function number(range: { readonly min: number; readonly max: number }): Option<number> {
  return {
    schema: z.number().min(range.min).max(range.max),
    allows: () => ({ kind: 'number', ...range }),
  };
}

export function yesOrNo(): Option<boolean> {
  return { schema: z.boolean().default(false), allows: () => ({ kind: 'boolean' }) };
}

export function oneOf<const T extends string>(choices: readonly T[]): Option<T> {
  return { schema: z.enum(choices), allows: () => ({ kind: 'choice', choices }) };
}

/** Text of so many code points, trimmed. */
export function text(range: { readonly min: number; readonly max: number }): Option<string> {
  const length = (value: string): number => Array.from(value.trim()).length;
  return {
    schema: z
      .string()
      .trim()
      .refine((value) => length(value) >= range.min && length(value) <= range.max),
    allows: (value) => ({
      kind: 'length',
      ...range,
      length: typeof value === 'string' ? length(value) : 0,
    }),
  };
}

/** The id of a user, a role or a channel. Ids are beyond 2^53, so they stay text. */
export function id(like: { readonly what: string; readonly example: string }): Option<string> {
  return {
    schema: z.string().regex(/^\d{15,21}$/),
    allows: () => ({ kind: 'like', ...like }),
  };
}

/** The same, or left out. */
export function optional<T>(option: Option<T>): Option<T | undefined> {
  return { schema: option.schema.optional(), allows: (value) => option.allows(value) };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
