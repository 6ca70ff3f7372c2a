import type { WordRule } from '../../domain/rule.ts';
import type { WordRuleProblem } from '../../domain/word-rule-problem.ts';
import { patternProblem } from './pattern-problem.ts';
import { readRule } from './read-rule.ts';

/** Code points of a rule's text, at most. */
const most = { words: 100, pattern: 200 } as const;

/**
 * What keeps a rule from being used; nothing where it can be.
 *
 * @param taken the instructions of the patterns that are there already, of which all together have a
 *   limit
 */
export function ruleProblem(
  { kind: of, text }: Pick<WordRule, 'kind' | 'text'>,
  segmenter: Intl.Segmenter,
  taken: number,
): WordRuleProblem | undefined {
  const length = Array.from(text).length;
  if (length > most[of]) return { kind: 'too-long', of, length, most: most[of] };
  if (of === 'pattern') {
    const kind = patternProblem(text, taken);
    return kind && { kind };
  }
  const { places } = readRule(text, segmenter);
  if (places.length === 0) return { kind: 'nothing-to-hit' };
  return places.length > most.words ? { kind: 'too-many-letters', most: most.words } : undefined;
}
