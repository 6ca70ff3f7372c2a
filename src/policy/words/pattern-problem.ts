import { RE2JSSyntaxException } from 're2js';
import type { PatternProblem } from '../../domain/word-rule-problem.ts';
import {
  compilePattern,
  findPattern,
  mostInstructions,
  mostInstructionsTogether,
  patternSize,
} from './pattern.ts';
import type { Pattern } from './pattern.ts';

/**
 * Why the engine cannot use a pattern, or why nobody would want it.
 *
 * @param taken the instructions of the patterns that are there already
 */
export function patternProblem(text: string, taken: number): PatternProblem | undefined {
  if (text.trim() === '') return 'empty';
  let pattern: Pattern;
  try {
    pattern = compilePattern(text);
  } catch (error) {
    return unsupported.find(([sign]) => sign.test(text))?.[1] ?? unreadable(error);
  }
  if (patternSize(pattern) > mostInstructions) return 'too-large';
  if (taken + patternSize(pattern) > mostInstructionsTogether) return 'too-large-together';
  return hitsNothing(pattern) ? 'hits-nothing' : undefined;
}

/** Whether it hits an empty part of some text; these have each kind of place between characters. */
function hitsNothing(pattern: Pattern): boolean {
  return ['', 'a', ' ', '-', '\n', '1', 'é', 'a b', 'a\nb'].some((text) => {
    const found = findPattern(pattern, text);
    return found !== undefined && found.start === found.end;
  });
}

/** Signs of what other engines can do, in a pattern that could not be read. */
const unsupported: readonly (readonly [RegExp, PatternProblem])[] = [
  [/\(\?<?[=!]/u, 'looks-around'],
  [/\\[1-9]|\\k[<{']|\(\?P[=>]|\(\?(?:R|[0-9&+-])|\\g/u, 'refers-back'],
  [/[*+?}]\+|\(\?>/u, 'possessive'],
  [/\(\?(?:[(#|]|[a-z]*x)/u, 'unknown-group'],
  [/\\u/u, 'escaped-number'],
];

/** What the engine says of a pattern that it could not read. */
const reasons: readonly (readonly [RegExp, PatternProblem])[] = [
  [/missing closing \]/u, 'open-bracket'],
  [/missing closing \)/u, 'open-parenthesis'],
  [/unexpected \)/u, 'closed-parenthesis'],
  [/missing argument to repetition/u, 'nothing-to-repeat'],
  [/nested repetition/u, 'repeats-twice'],
  [/repeat count/u, 'repeat-count'],
  [/character class range/u, 'range'],
  [/trailing backslash/u, 'trailing-backslash'],
  [/escape sequence/u, 'unknown-escape'],
  [/named capture|duplicate/u, 'group-names'],
  [/too large|too deeply/u, 'too-deep'],
];

function unreadable(error: unknown): PatternProblem {
  const code = error instanceof RE2JSSyntaxException ? error.error : '';
  return reasons.find(([sign]) => sign.test(code))?.[1] ?? 'unreadable';
}
