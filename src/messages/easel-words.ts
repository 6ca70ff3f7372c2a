import type { WordRule } from '../domain/rule.ts';
import { textBody } from './body.ts';
import type { Body, Button } from './body.ts';
import { easelIds } from './easel-ids.ts';
import { wordRuleText } from './easel-word-rule.ts';
import type { Texts } from './texts.ts';

export interface WordsView {
  /** All of the guild's. */
  readonly rules: readonly WordRule[];
  /** The page begins with the n-th (from 0). */
  readonly from: number;
  /** By rule; those without a hit need not be among them. */
  readonly hits: ReadonlyMap<string, number>;
}

/** Every page but the last has so many, so that a page back is known without looking. */
const perPage = 15;

/** The rules on words, a page of them, for a moderator alone. */
export function wordsBody(texts: Texts, { rules, from, hits }: WordsView): Body {
  const { words, back, further } = texts.easel;
  if (rules.length === 0) return textBody(words.none);
  // Rules may have gone since the page before was shown.
  const start = Math.min(from, Math.floor((rules.length - 1) / perPage) * perPage);
  const shown = rules.slice(start, start + perPage);
  const end = start + shown.length;
  const dry = rules.filter(({ dryRun }) => dryRun).length;
  const lines = [
    words.title(rules.length, dry),
    ...shown.map(
      (rule) => `- ${wordRuleText(texts, rule)} · ${words.hits(hits.get(rule.id) ?? 0)}`,
    ),
    ...(rules.length > perPage ? [`-# ${words.shown(start + 1, end, rules.length)}`] : []),
  ];
  const buttons: Button[] = [
    ...(start > 0 ? [{ label: back, customId: easelIds.words(start - perPage) }] : []),
    ...(end < rules.length ? [{ label: further, customId: easelIds.words(end) }] : []),
  ];
  return textBody(lines.join('\n'), buttons);
}
