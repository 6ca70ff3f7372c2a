import { noRules } from '../../../src/domain/rule.ts';
import type { GuildRules } from '../../../src/domain/rule.ts';
import type { GuildSettings, RuleEdit } from '../../../src/domain/settings.ts';
import type { OperatorLimits } from '../../../src/policy/operator-limits.ts';
import { ids } from '../standing.ts';

export function settings(rules: Partial<GuildRules> = {}): GuildSettings {
  return {
    guildId: ids.guild,
    version: 3,
    rules: { ...noRules, ...rules },
    blocks: new Map(),
  };
}

export const operator: OperatorLimits = {
  caps: { member: 40, guild: 400, bot: 4000 },
  memberConcurrent: 2,
  memberQueue: 3,
};

export const unlimited: OperatorLimits = {
  ...operator,
  caps: { member: null, guild: null, bot: null },
};

/** What an edit makes of the rules and says of the change. */
export function done(edit: RuleEdit) {
  if ('refused' in edit) throw new Error(`It was refused: ${edit.refused.reason}.`);
  return edit;
}

/** Many of something, each with its number. */
export function many<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}
