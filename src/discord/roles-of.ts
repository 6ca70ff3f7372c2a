import type {
  APIInteractionDataResolvedGuildMember,
  APIInteractionGuildMember,
  GuildMember,
} from 'discord.js';

/** The roles of a member, without that of everyone. */
export function rolesOf(
  member: GuildMember | APIInteractionGuildMember | APIInteractionDataResolvedGuildMember,
): string[] {
  const { roles } = member;
  if (Array.isArray(roles)) return roles;
  const everyone = roles.guild.id;
  return [...roles.cache.keys()].filter((id) => id !== everyone);
}
