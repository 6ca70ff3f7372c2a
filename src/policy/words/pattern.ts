import { RE2JS } from 're2js';

/** Of an engine whose time is in proportion to the text, whatever the pattern. */
export type Pattern = RE2JS;

/**
 * Instructions of a pattern, at most: enough for 200 characters as they are, and for some repeats. And
 * of all patterns of a guild: with so many, the worst of them take some tenths of a second for the
 * longest prompt.
 */
export const mostInstructions = 250;
export const mostInstructionsTogether = 15_000;

/** Letters in either case. Throws what the engine throws where it cannot read the text. */
export function compilePattern(text: string): Pattern {
  return RE2JS.compile(text, RE2JS.CASE_INSENSITIVE);
}

/** The size in the engine's instructions: time and memory go with it. */
export function patternSize(pattern: Pattern): number {
  return pattern.programSize();
}

/** A part of a text, in UTF-16 units; `end` is the first after it. */
export interface Found {
  readonly start: number;
  readonly end: number;
}

/**
 * Where the pattern first hits the text. It asks for the place and not only whether there is one,
 * since to answer the latter the engine would keep tables of up to 8 MB for each pattern.
 */
export function findPattern(pattern: Pattern, text: string): Found | undefined {
  const matcher = pattern.matcher(text);
  return matcher.find() ? { start: matcher.start(), end: matcher.end() } : undefined;
}
