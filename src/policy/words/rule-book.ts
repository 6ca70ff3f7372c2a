import type { WordHit } from '../../domain/refusal.ts';
import type { WordRule } from '../../domain/rule.ts';
import { findWords, openingsOf } from './find-words.ts';
import type { Line } from './line.ts';
import { patternBook } from './pattern-book.ts';
import { wordProgram } from './program.ts';
import type { WordProgram } from './program.ts';
import { readRule } from './read-rule.ts';

/** A guild's rules on words, made ready. */
export interface RuleBook {
  /** What hits the line, in the order of the rules, each rule once. */
  hits(line: Line): WordHit[];
}

/** Rules that cannot be used hit nothing; they are refused where they are made. */
export function ruleBook(rules: readonly WordRule[], segmenter: Intl.Segmenter): RuleBook {
  const programs = rules.map(({ kind, text }): WordProgram | undefined => {
    const line = kind === 'words' ? readRule(text, segmenter) : undefined;
    return line && line.places.length > 0 ? wordProgram(line) : undefined;
  });
  const patternRules = rules.filter(({ kind }) => kind === 'pattern');
  const patterns = patternBook(patternRules.map(({ text }) => text));
  return {
    hits(line) {
      const openings = openingsOf(line);
      const byPattern = new Map(
        [...patterns.hits(line)].map(([index, found]) => [patternRules[index], found]),
      );
      return rules.flatMap((rule, at) => {
        const program = programs[at];
        const found = program ? findWords(program, line, openings) : byPattern.get(rule);
        return found === undefined ? [] : [{ rule, found }];
      });
    },
  };
}
