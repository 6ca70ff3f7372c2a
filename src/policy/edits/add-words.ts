import { mostRules } from '../../domain/rule.ts';
import type { WordRule } from '../../domain/rule.ts';
import type { GuildSettings, RuleEdit } from '../../domain/settings.ts';
import { normalForm } from '../words/normal-form.ts';

type NewWords = Pick<WordRule, 'kind' | 'text' | 'dryRun'>;

/**
 * Adds rules on words, all or none; whether each can be used is checked before. One that would hit
 * what another hits already is left out, or changed where only its dry run differs: it keeps its id then, and what was
 * counted for it. Refused: when nothing is left to do, and too many.
 *
 * @param newId gives short ids, another one each time
 */
export function addWords(
  { rules }: GuildSettings,
  words: readonly NewWords[],
  newId: () => string,
): RuleEdit {
  const segmenter = new Intl.Segmenter('en', { granularity: 'word' });
  const asked = new Map(words.map((rule) => [normalForm(rule, segmenter), rule]));
  const earlier = new Map(rules.words.map((rule) => [normalForm(rule, segmenter), rule]));
  const ids = new Set(rules.words.map(({ id }) => id));
  const added: WordRule[] = [];
  const removed: WordRule[] = [];
  for (const [key, { kind, text, dryRun }] of asked) {
    const known = earlier.get(key);
    if (known?.dryRun === dryRun) continue;
    const id = known?.id ?? unused(ids, newId);
    ids.add(id);
    added.push({ id, kind, text, dryRun });
    if (known) removed.push(known);
  }
  if (added.length === 0)
    return {
      refused: { reason: 'no-change', what: asked.size === 1 ? 'rule' : 'rules' },
    };

  const after = [...rules.words.filter((rule) => !removed.includes(rule)), ...added];
  if (after.length > mostRules.words)
    return { refused: { reason: 'too-many-rules', most: mostRules.words, what: 'words' } };
  return {
    rules: { ...rules, words: after },
    change: { what: 'words', added, removed },
  };
}

function unused(ids: ReadonlySet<string>, newId: () => string): string {
  let id = newId();
  while (ids.has(id)) id = newId();
  return id;
}
