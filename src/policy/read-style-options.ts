import { aspects } from '../domain/aspect.ts';
import type { OptionAllows } from '../domain/refusal.ts';
import { ranges } from '../domain/request.ts';
import type { StyleOptions } from '../domain/style.ts';
import { present } from './present.ts';
import { shortened } from './shortened.ts';

/** What cannot be read, in the terms of the refusal of an option. */
export interface StyleOptionProblem {
  /** The option's name, or `options` where it is none of a style's. */
  readonly option: string;
  /** As it was written, cut to a sensible length. */
  readonly given: string;
  readonly allowed: OptionAllows;
}

const names = ['aspect', 'guidance', 'steps', 'scheduler'] as const;
type Name = (typeof names)[number];

/** Code points; its name is compared with those that a model has. */
const schedulerLength = { min: 1, max: 50 } as const;

/**
 * Reads a style's default options from one line that a moderator types, for example
 * `aspect 16:9, guidance 7, steps 30, scheduler K_EULER`: in any order and case, with `=` or `:` after a
 * name, and with commas, semicolons, new lines or spaces between them. Nothing is no options.
 */
export function readStyleOptions(
  line: string,
): { readonly options: StyleOptions } | { readonly problems: readonly StyleOptionProblem[] } {
  const written = new Map<Name, string>();
  const problems: StyleOptionProblem[] = [];
  for (const part of line.split(between).map((each) => each.trim()))
    if (part !== '') {
      const { name, value } = readPart(part);
      if (name === undefined) problems.push(unknown(part));
      else if ((written.get(name) ?? value) === value) written.set(name, value);
      // Which of two is meant nobody can tell.
      else problems.push(wrong(name, `${written.get(name)}, ${value}`));
    }
  const [aspect, guidance, steps, scheduler] = [
    choiceOf(aspects, written.get('aspect')?.replaceAll(/\s/g, '')),
    numberOf(ranges.guidance, written.get('guidance')),
    numberOf(ranges.steps, written.get('steps'), Number.isInteger),
    nameOf(written.get('scheduler')),
  ];
  const options = present({ aspect, guidance, steps, scheduler });
  for (const [name, value] of written) if (!(name in options)) problems.push(wrong(name, value));
  return problems.length > 0 ? { problems } : { options };
}

/** Also before a name, for those who leave the commas out. */
const between = /[,;\n]|\s+(?=(?:aspect|guidance|steps|scheduler)\b)/i;
const named = /^(?<name>aspect|guidance|steps|scheduler)(?:\s*[=:]\s*|\s+|$)(?<value>.*)$/is;

function readPart(part: string): { readonly name: Name | undefined; readonly value: string } {
  const { name: typed, value = '' } = named.exec(part)?.groups ?? {};
  return { name: names.find((name) => name === typed?.toLowerCase()), value };
}

function choiceOf<T extends string>(choices: readonly T[], value: string | undefined) {
  return choices.find((choice) => choice === value);
}

function numberOf(
  { min, max }: { readonly min: number; readonly max: number },
  value: string | undefined,
  isGood: (number: number) => boolean = () => true,
): number | undefined {
  if (value === undefined || !/^\d{1,9}(?:\.\d{1,9})?$/.test(value)) return undefined;
  const number = Number(value);
  return number >= min && number <= max && isGood(number) ? number : undefined;
}

function nameOf(value: string | undefined): string | undefined {
  const { min, max } = schedulerLength;
  return value !== undefined && lengthOf(value) >= min && lengthOf(value) <= max
    ? value
    : undefined;
}

const lengthOf = (text: string): number => Array.from(text).length;

function wrong(name: Name, value: string): StyleOptionProblem {
  return { option: name, given: shortened(value), allowed: allowed(name, value) };
}

function unknown(part: string): StyleOptionProblem {
  return {
    option: 'options',
    given: shortened(part),
    allowed: { kind: 'choice', choices: names },
  };
}

function allowed(name: Name, value: string): OptionAllows {
  switch (name) {
    case 'aspect':
      return { kind: 'choice', choices: aspects };
    case 'guidance':
      return { kind: 'number', ...ranges.guidance };
    case 'steps':
      return { kind: 'integer', ...ranges.steps };
    case 'scheduler':
      return { kind: 'length', ...schedulerLength, length: lengthOf(value) };
  }
}
