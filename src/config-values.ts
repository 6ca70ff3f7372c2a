import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { RateWindow } from './domain/pace.ts';

/** What a setting's text may be, with what it is read as and a sentence for a mistake. */

export const integer = (min: number, max: number): z.ZodType<number, string> =>
  z
    .string()
    .regex(/^\d{1,15}$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((n) => n >= min && n <= max, `must be a whole number from ${min} to ${max}`);

export const cap = z
  .string()
  .regex(
    /^(unlimited|\d{1,12})$/,
    'must be a whole number of credits, 0 for none, or the word unlimited',
  )
  .transform((text) => (text === 'unlimited' ? null : Number(text)));

export const truth = oneOf('true', 'false').transform((text) => text === 'true');

export const snowflake = z.string().regex(/^\d{17,20}$/, 'must be a Discord id, 17 to 20 digits');

export const snowflakes = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter((part) => part !== ''))
  .pipe(z.array(snowflake))
  .transform((ids): ReadonlySet<string> => new Set(ids));

/** One of these words and no other. */
export function oneOf<const T extends readonly string[]>(
  ...words: T
): z.ZodEnum<z.core.util.ToEnum<T[number]>> {
  return z.enum(words, { error: `must be one of ${words.join(', ')}` });
}

const loopbackHosts = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Whether an address leads to this machine. */
export const isLoopback = (text: string): boolean => loopbackHosts.has(new URL(text).hostname);

/** Addresses without a trailing slash, so that paths can be put behind them. */
export const address = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .refine(isPlain, 'must be an address without ? and # and with nothing wrongly encoded in it')
  .transform((text) => text.replace(/\/+$/, ''));

function isPlain(text: string): boolean {
  try {
    decodeURIComponent(new URL(text).pathname);
    return !/[?#]/.test(text);
  } catch {
    return false;
  }
}

/** Why an API key must not go to an address; `undefined` where it may. */
export function unsafeForKey(text: string): string | undefined {
  if (text.startsWith('https:') || isLoopback(text)) return undefined;
  return 'must be https, since the API key goes there (http is accepted on this machine only)';
}

export const keyedAddress = address.superRefine((text, context) => {
  const message = unsafeForKey(text);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});

const keyText = (min: number): z.ZodType<string, string> =>
  z
    .string()
    .min(min, `is too short to be a key (at least ${min} characters)`)
    .regex(
      /^[\x21-\x7e]+$/,
      'must not contain spaces, quotes from a rich text or other unprintable characters',
    );

/** A key that may be left out and never appears in the log: it is marked as a secret. */
export const key = (
  min: number,
  example: string,
): z.ZodDefault<z.ZodNullable<z.ZodType<string, string>>> =>
  keyText(min).nullable().default(null).meta({ secret: true, example });

export const rateWindows = z
  .string()
  .regex(
    /^\s*\d+\s*;\s*w=\d+(\.\d+)?\s*(,\s*\d+\s*;\s*w=\d+(\.\d+)?\s*)*$/,
    'must be a list of requests;w=seconds',
  )
  .transform((text): readonly RateWindow[] =>
    text.split(',').map((part) => {
      const [limit, seconds] = part.split(/\s*;\s*w=/);
      return { limit: Number(limit), windowMs: Number(seconds) * 1000 };
    }),
  )
  .refine(
    (windows) => windows.every(({ limit, windowMs }) => limit > 0 && windowMs > 0),
    'must allow at least one request per window',
  );

/** Names with commas between; none twice. */
export const names = z
  .string()
  .transform((text): readonly string[] => [
    ...new Set(text.split(',').flatMap((part) => part.trim() || [])),
  ])
  .refine(
    (all) => all.length > 0 && all.every((name) => /^[\x21-\x7e]{1,200}$/.test(name)),
    'must be a list of names with commas between, without spaces in them',
  );

/** The text itself, or what stands in the file that `file:path` names. */
export const textOrFile = z.string().transform((text, context) => {
  if (!text.startsWith('file:')) return text;
  const path = text.slice('file:'.length).replace(/^\/\/(?=\/)/, '');
  try {
    return readFileSync(path, 'utf8').replace(/^\ufeff/, '');
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const message = missing
      ? `names a file that there is not: ${path}`
      : `names a file that cannot be read: ${path}`;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  }
});
