import type { WordRule } from '../../domain/rule.ts';
import { compilePattern, patternSize } from './pattern.ts';

/** How much of what all patterns together may be these rules take. */
export function instructionsOf(rules: readonly Pick<WordRule, 'kind' | 'text'>[]): number {
  let instructions = 0;
  for (const { kind, text } of rules)
    if (kind === 'pattern') {
      try {
        instructions += patternSize(compilePattern(text));
      } catch {
        // One that cannot be read is never run.
      }
    }
  return instructions;
}
