import { RE2JSSyntaxException } from 're2js';
import {
  compilePattern,
  findPattern,
  mostInstructions,
  mostInstructionsTogether,
  patternSize,
} from './pattern.ts';
import type { Pattern } from './pattern.ts';
import type { RuleProblem } from './rule-problem.ts';

const example = '\\bred (panda|fox)s?\\b';

/**
 * Why the engine cannot use a pattern, or why nobody would want it.
 *
 * @param taken the instructions of the patterns that are there already
 */
export function patternProblem(text: string, taken: number): RuleProblem | undefined {
  if (text.trim() === '') return { why: 'It is empty, so it would hit everything.', example };
  let pattern: Pattern;
  try {
    pattern = compilePattern(text);
  } catch (error) {
    return unsupported.find(({ sign }) => sign.test(text))?.problem ?? unreadable(error);
  }
  if (patternSize(pattern) > mostInstructions)
    return {
      why: 'It is too large: its repeats add up to too many steps. Use smaller numbers in { }.',
      example: 'red.{0,20}panda',
    };
  if (taken + patternSize(pattern) > mostInstructionsTogether)
    return {
      why: 'All patterns together would be too large. Remove some, or make rules of words of them.',
      example: 'red panda',
    };
  if (hitsNothing(pattern))
    return {
      why: 'It also fits where there is nothing, so it would hit every prompt.',
      example: 'pandas?',
    };
  return undefined;
}

/** Whether it hits an empty part of some text; these have each kind of place between characters. */
function hitsNothing(pattern: Pattern): boolean {
  return ['', 'a', ' ', '-', '\n', '1', 'é', 'a b', 'a\nb'].some((text) => {
    const found = findPattern(pattern, text);
    return found !== undefined && found.start === found.end;
  });
}

interface Unsupported {
  readonly sign: RegExp;
  readonly problem: RuleProblem;
}

const unsupported: readonly Unsupported[] = [
  {
    sign: /\(\?<?[=!]/u,
    problem: {
      why: 'It looks ahead or behind, with (?= (?! (?<= or (?<!, which patterns here cannot do, so that none can slow the bot down. Name what is there instead.',
      example: '\\bred panda\\b',
    },
  },
  {
    sign: /\\[1-9]|\\k[<{']|\(\?P[=>]|\(\?(?:R|[0-9&+-])|\\g/u,
    problem: {
      why: 'It refers back to a group, as \\1 does, which patterns here cannot do, so that none can slow the bot down. Write that part out again.',
      example: '(ha ha|ho ho)',
    },
  },
  {
    sign: /[*+?}]\+|\(\?>/u,
    problem: {
      why: 'It has ++, *+, ?+ or (?>, which other engines need to be quick. This one is quick without; a plain + or * does.',
      example: 'pandas+',
    },
  },
  {
    sign: /\(\?(?:[(#|]|[a-z]*x)/u,
    problem: {
      why: 'It has a condition, a comment or free spacing within (? ), which patterns here do not know.',
      example,
    },
  },
  {
    sign: /\\u/u,
    problem: { why: 'A character by its number is written \\x{e9} here.', example: 'caf\\x{e9}' },
  },
];

const reasons: readonly (readonly [RegExp, RuleProblem])[] = [
  [/missing closing \]/u, { why: 'A [ has no ] that closes it.', example: '[aeiou]' }],
  [/missing closing \)/u, { why: 'A ( has no ) that closes it.', example }],
  [/unexpected \)/u, { why: 'A ) has no ( that opens it. A bracket itself is \\).', example }],
  [
    /missing argument to repetition/u,
    { why: 'There is nothing before a *, + or ? that it could repeat.', example: 'pandas?' },
  ],
  [/nested repetition/u, { why: 'Two repeats follow each other.', example: 'pandas+' }],
  [
    /repeat count/u,
    { why: 'A repeat in { } goes from less to more, up to 1000 in all.', example: 'a{2,5}' },
  ],
  [
    /character class range/u,
    {
      why: 'A range goes from the lower character to the higher, and \\p{ } needs a name that Unicode knows.',
      example: '[a-z0-9]',
    },
  ],
  [
    /trailing backslash/u,
    { why: 'Nothing follows the \\ at the end. A \\ itself is \\\\.', example },
  ],
  [/escape sequence/u, { why: 'It has a \\ before a letter that means nothing here.', example }],
  [
    /named capture|duplicate/u,
    { why: 'The names of its groups cannot be used. Groups need none.', example },
  ],
  [
    /too large|too deeply/u,
    { why: 'It is too large: too much repeats or nests in it.', example: 'red.{0,20}panda' },
  ],
];

function unreadable(error: unknown): RuleProblem {
  const code = error instanceof RE2JSSyntaxException ? error.error : '';
  const known = reasons.find(([sign]) => sign.test(code));
  return known?.[1] ?? { why: 'It cannot be read as a pattern.', example };
}
