import { mostRules } from '../../domain/rule.ts';
import type { WordRule } from '../../domain/rule.ts';
import type { WordRuleProblem } from '../../domain/word-rule-problem.ts';
import { instructionsOf } from './instructions-of.ts';
import { normalForm } from './normal-form.ts';
import { ruleProblem } from './rule-problem.ts';

/** What a list brings. Lines count from 1. */
export interface WordList {
  /** Those that can be used, each once, in their order. */
  readonly rules: readonly ListedRule[];
  /** Lines that say again what an earlier line says. */
  readonly duplicates: readonly (ListedRule & { readonly sameAs: number })[];
  /** Lines that cannot be used, and why. */
  readonly problems: readonly (ListedRule & { readonly problem: WordRuleProblem })[];
  /** Lines with a rule that were not looked at, since the list is too long. */
  readonly unread: number;
}

export interface ListedRule extends Pick<WordRule, 'kind' | 'text'> {
  readonly line: number;
}

/**
 * Reads a list of rules, one in a line; `/…/` is a pattern. Empty lines and those that begin with `#`
 * are passed over. At most twice as many lines are looked at as a guild may have rules.
 *
 * @param among the rules that are there already
 */
export function readWordList(
  text: string,
  among: readonly Pick<WordRule, 'kind' | 'text'>[] = [],
): WordList {
  const segmenter = new Intl.Segmenter('en', { granularity: 'word' });
  const lines = text
    .split(/\r\n|[\n\r\u2028\u2029]/u)
    .map((content, index) => ({ content: content.replace(/^\ufeff/u, '').trim(), line: index + 1 }))
    .filter(({ content }) => content !== '' && !content.startsWith('#'));
  const rules: ListedRule[] = [];
  const duplicates: (ListedRule & { sameAs: number })[] = [];
  const problems: (ListedRule & { problem: WordRuleProblem })[] = [];
  const earlier = new Map<string, number>();
  let taken = instructionsOf(among);
  const read = lines.slice(0, 2 * mostRules.words);
  for (const { content, line } of read) {
    const rule = { ...ruleOf(content), line };
    const problem = ruleProblem(rule, segmenter, taken);
    if (problem) {
      problems.push({ ...rule, problem });
      continue;
    }
    const form = normalForm(rule, segmenter);
    const sameAs = earlier.get(form);
    if (sameAs !== undefined) duplicates.push({ ...rule, sameAs });
    else {
      earlier.set(form, line);
      rules.push(rule);
      taken += instructionsOf([rule]);
    }
  }
  return { rules, duplicates, problems, unread: lines.length - read.length };
}

/** Letters after the closing slash that change nothing here are common in lists. */
function ruleOf(content: string): Pick<WordRule, 'kind' | 'text'> {
  const pattern = /^\/(.*)\/[giu]*$/u.exec(content)?.[1];
  return pattern === undefined
    ? { kind: 'words', text: content }
    : { kind: 'pattern', text: pattern };
}
