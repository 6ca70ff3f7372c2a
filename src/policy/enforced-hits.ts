import type { WordHit } from '../domain/refusal.ts';
import type { WordRule } from '../domain/rule.ts';
import type { Words } from './words.ts';

/** The enforced rules on words that hit at least one of the texts: each once, with what it hits first. */
export function enforcedHits(
  texts: readonly string[],
  rules: readonly WordRule[],
  words: Pick<Words, 'hits'>,
): readonly WordHit[] {
  const byRule = new Map<WordRule, WordHit>();
  for (const text of texts)
    for (const hit of words.hits(rules, text).enforced)
      if (!byRule.has(hit.rule)) byRule.set(hit.rule, hit);
  return [...byRule.values()];
}
