import type { GuildSettings, RuleEdit } from '../../domain/settings.ts';

/** Lets another model stand in for one that cannot be had, or no longer. Refused: what is so already. */
export function setFailover({ rules }: GuildSettings, failover: boolean): RuleEdit {
  const before = rules.failover;
  if (before === failover) return { refused: { reason: 'no-change', what: 'rule' } };
  return { rules: { ...rules, failover }, change: { what: 'failover', before, after: failover } };
}
