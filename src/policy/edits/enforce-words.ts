import type { GuildSettings, RuleEdit } from '../../domain/settings.ts';

/** Lets a rule on words run dry, or enforces it; refused where it is not there or is so already. */
export function enforceWords({ rules }: GuildSettings, id: string, dryRun: boolean): RuleEdit {
  const before = rules.words.find((rule) => rule.id === id);
  if (!before) return { refused: { reason: 'not-set', what: 'word-rule' } };
  if (before.dryRun === dryRun) return { refused: { reason: 'no-change', what: 'rule' } };
  const after = { ...before, dryRun };
  return {
    rules: { ...rules, words: rules.words.map((rule) => (rule === before ? after : rule)) },
    change: { what: 'words', added: [after], removed: [before] },
  };
}
