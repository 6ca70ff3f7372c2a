import type { WordHit } from '../domain/refusal.ts';
import { textBody } from './body.ts';
import type { Body } from './body.ts';
import { spoiler, wordRuleText } from './easel-word-rule.ts';
import type { Texts } from './texts.ts';

export interface WordTestView {
  readonly prompt: string;
  /** How many rules were tried. */
  readonly rules: number;
  readonly enforced: readonly WordHit[];
  /** Hits of rules that run dry. */
  readonly dry: readonly WordHit[];
}

/** Hits named of either kind. */
const mostNamed = 5;
/** What is shown of each; escaped it may be twice as long. */
const foundUnits = 50;

/** What would hit in a prompt, and why: each rule with the part of the prompt that it hits. */
export function wordTestBody(texts: Texts, view: WordTestView): Body {
  const { words } = texts.easel;
  const lines = [words.tested(spoiler(view.prompt)), ...verdict(texts, view)];
  return textBody(lines.join('\n'));
}

function verdict(texts: Texts, { rules, enforced, dry }: WordTestView): string[] {
  const { words } = texts.easel;
  if (rules === 0) return [words.noRules];
  if (enforced.length === 0 && dry.length === 0) return [words.passes];
  if (enforced.length === 0) return [words.passesDry, ...named(texts, dry)];
  return [
    words.refused,
    ...named(texts, enforced),
    ...(dry.length > 0 ? [words.dryToo, ...named(texts, dry)] : []),
  ];
}

function named(texts: Texts, hits: readonly WordHit[]): string[] {
  const { words, more } = texts.easel;
  const lines = hits
    .slice(0, mostNamed)
    .map(({ rule, found }) => words.hit(wordRuleText(texts, rule), spoiler(found, foundUnits)));
  const left = hits.length - lines.length;
  return left > 0 ? [...lines, `- ${more(left)}`] : lines;
}
