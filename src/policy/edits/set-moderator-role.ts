import type { GuildSettings, RuleEdit } from '../../domain/settings.ts';

/**
 * Sets the role whose members may moderate with Easel; `null` is none. Refused: what is so already, and
 * the role that everyone has.
 */
export function setModeratorRole(
  { guildId, rules }: GuildSettings,
  roleId: string | null,
): RuleEdit {
  const before = rules.moderatorRoleId;
  // Discord gives the role @everyone the guild's own id.
  if (roleId === guildId) return { refused: { reason: 'everyones-role' } };
  if (before === roleId)
    return {
      refused:
        roleId === null
          ? { reason: 'not-set', what: 'moderator-role' }
          : { reason: 'no-change', what: 'rule' },
    };
  return {
    rules: { ...rules, moderatorRoleId: roleId },
    change: { what: 'moderator-role', before, after: roleId },
  };
}
