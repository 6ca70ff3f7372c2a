import type { WordRule } from '../../domain/rule.ts';
import { readRule } from './read-rule.ts';

/** Two rules with the same form hit the same. */
export function normalForm(
  { kind, text }: Pick<WordRule, 'kind' | 'text'>,
  segmenter: Intl.Segmenter,
): string {
  if (kind === 'pattern') return `pattern ${text}`;
  const letters = readRule(text, segmenter).places.map((place, at) => {
    if (at === 0 || !place.breaks) return place.text;
    return place.joins ? `-${place.text}` : ` ${place.text}`;
  });
  return `words ${letters.join('')}`;
}
