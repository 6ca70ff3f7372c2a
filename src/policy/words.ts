import type { WordHit } from '../domain/refusal.ts';
import type { WordRule } from '../domain/rule.ts';
import type { WordRuleProblem } from '../domain/word-rule-problem.ts';
import { instructionsOf } from './words/instructions-of.ts';
import { readLine } from './words/line.ts';
import { ruleBook } from './words/rule-book.ts';
import type { RuleBook } from './words/rule-book.ts';
import { ruleProblem } from './words/rule-problem.ts';

export { readWordList } from './words/read-word-list.ts';

/** What rules on words say of a prompt. */
export interface Words {
  /**
   * The rules that hit the prompt, each once, in their order: those that refuse it, and those that
   * are counted only. Rules of words hit whole words and phrases, whatever their case, accents and
   * disguises (look-alike letters, digits and signs for letters, invisible characters, letters that
   * are repeated or spelled out).
   */
  hits(rules: readonly WordRule[], prompt: string): Hits;
  /**
   * Why a rule cannot be used; nothing where it can.
   *
   * @param among the rules that are there already: patterns have a limit for all together, and what
   *   is beyond it is never applied
   */
  problem(
    rule: Pick<WordRule, 'kind' | 'text'>,
    among?: readonly WordRule[],
  ): WordRuleProblem | undefined;
}

interface Hits {
  readonly enforced: readonly WordHit[];
  readonly dry: readonly WordHit[];
}

/** A request has up to four texts, and others may come between its two looks. */
const textsKept = 16;

/** Rules are made ready once for each list of them, which must not change. */
export function createWords(): Words {
  // The dictionaries for scripts without spaces are the same for every language.
  const segmenter = new Intl.Segmenter('en', { granularity: 'word' });
  const books = new WeakMap<readonly WordRule[], RuleBook>();
  // A request is looked at twice in a row: before it is acknowledged and when it is counted.
  // The rules are held weakly, since what is made ready of them is large.
  const latest: { rules: WeakRef<readonly WordRule[]>; prompt: string; hits: Hits }[] = [];
  return {
    hits(rules, prompt) {
      if (rules.length === 0) return { enforced: [], dry: [] };
      const known = latest.find((each) => each.prompt === prompt && each.rules.deref() === rules);
      if (known) return known.hits;
      const book = books.get(rules) ?? ruleBook(rules, segmenter);
      books.set(rules, book);
      const found = book.hits(readLine(prompt, segmenter));
      const hits = {
        enforced: found.filter(({ rule }) => !rule.dryRun),
        dry: found.filter(({ rule }) => rule.dryRun),
      };
      latest.push({ rules: new WeakRef(rules), prompt, hits });
      if (latest.length > textsKept) latest.shift();
      return hits;
    },
    problem: (rule, among = []) => ruleProblem(rule, segmenter, instructionsOf(among)),
  };
}
