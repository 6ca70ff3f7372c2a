import type { WordRule } from '../domain/rule.ts';
import { cut } from './cut.ts';
import { escape } from './escape.ts';
import type { Texts } from './texts.ts';

/** A rule on words in one line: its short name, the words behind a spoiler, and what is special about it. */
export function wordRuleText({ easel: { words } }: Texts, rule: WordRule): string {
  const notes = [
    ...(rule.kind === 'pattern' ? [words.pattern] : []),
    ...(rule.dryRun ? [words.dryRun] : []),
  ];
  return [`\`${rule.id}\` ${spoiler(rule.text)}`, ...notes].join(' · ');
}

/** Words that people may not wish to read: cut, escaped, and hidden until they are tapped. */
export function spoiler(text: string, mostUnits = 80): string {
  return `||${escape(cut(text, mostUnits))}||`;
}
