import type { GuildSettings, RuleEdit } from '../../domain/settings.ts';

/** Removes rules on words by their ids, all or none; refused where one of them is not there. */
export function removeWords({ rules }: GuildSettings, ids: readonly string[]): RuleEdit {
  const named = new Set(ids);
  const removed = rules.words.filter(({ id }) => named.has(id));
  if (removed.length === 0 || removed.length < named.size)
    return { refused: { reason: 'not-set', what: 'word-rule' } };
  return {
    rules: { ...rules, words: rules.words.filter(({ id }) => !named.has(id)) },
    change: { what: 'words', added: [], removed },
  };
}
