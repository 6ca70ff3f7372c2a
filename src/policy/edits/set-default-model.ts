import type { GuildSettings, RuleEdit } from '../../domain/settings.ts';

/**
 * Sets the model that is tried first where a member names none, by its key; `null` leaves it to the
 * operator again. Refused: what is so already.
 */
export function setDefaultModel({ rules }: GuildSettings, key: string | null): RuleEdit {
  const before = rules.defaultModel;
  if (before === key)
    return {
      refused:
        key === null
          ? { reason: 'not-set', what: 'default-model' }
          : { reason: 'no-change', what: 'rule' },
    };
  return {
    rules: { ...rules, defaultModel: key },
    change: { what: 'default-model', before, after: key },
  };
}
