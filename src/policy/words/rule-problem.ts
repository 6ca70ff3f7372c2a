import type { WordRule } from '../../domain/rule.ts';
import { patternProblem } from './pattern-problem.ts';
import { readRule } from './read-rule.ts';

/** Why a rule on words cannot be used, and one that could be, both for people. */
export interface RuleProblem {
  readonly why: string;
  readonly example: string;
}

/** Code points of a rule's text, at most. */
const most = { words: 100, pattern: 200 } as const;

/**
 * What keeps a rule from being used; nothing where it can be.
 *
 * @param taken the instructions of the patterns that are there already, of which all together have a
 *   limit
 */
export function ruleProblem(
  { kind, text }: Pick<WordRule, 'kind' | 'text'>,
  segmenter: Intl.Segmenter,
  taken: number,
): RuleProblem | undefined {
  const example = kind === 'words' ? 'red panda' : '\\bred (panda|fox)s?\\b';
  const length = Array.from(text).length;
  if (length > most[kind])
    return { why: `It has ${length} characters; at most ${most[kind]} are allowed.`, example };
  if (kind === 'pattern') return patternProblem(text, taken);
  const { places } = readRule(text, segmenter);
  if (places.length === 0)
    return { why: 'It has no letter and no digit, so nothing could hit it.', example };
  // One character may stand for a whole phrase, in Arabic for one.
  if (places.length > most.words)
    return { why: `Written out it has more than ${most.words} letters.`, example };
  return undefined;
}
