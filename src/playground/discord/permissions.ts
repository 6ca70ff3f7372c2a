import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { Permission } from './control.ts';
import type { Channel, Guild } from './world.ts';
import { isThread } from './world.ts';

/** Every permission that Discord knows. */
export const allPermissions = Object.values(PermissionFlagsBits).reduce(
  (all, bit) => all | bit,
  0n,
);

export function permissionBits(names: readonly Permission[]): bigint {
  return names.reduce((bits, name) => bits | PermissionFlagsBits[name], 0n);
}

/** The names of the bits, for readable errors. */
export function permissionNames(bits: bigint): string[] {
  return Object.entries(PermissionFlagsBits)
    .filter(([, bit]) => (bits & bit) === bit)
    .map(([name]) => name);
}

export function has(permissions: bigint, name: Permission): boolean {
  return (permissions & PermissionFlagsBits[name]) === PermissionFlagsBits[name];
}

/** What a new guild's @everyone may do. */
export const everyoneDefaults = permissionBits([
  'ViewChannel',
  'SendMessages',
  'SendMessagesInThreads',
  'CreatePublicThreads',
  'EmbedLinks',
  'AttachFiles',
  'AddReactions',
  'UseExternalEmojis',
  'ReadMessageHistory',
  'UseApplicationCommands',
  'UseExternalApps',
]);

/** What the bot is invited with. */
export const botDefaults = permissionBits([
  'ViewChannel',
  'SendMessages',
  'SendMessagesInThreads',
  'EmbedLinks',
  'AttachFiles',
  'ReadMessageHistory',
]);

/**
 * What somebody may do in a channel, computed as Discord does: roles, then the overwrites for
 * @everyone, for roles, for the member. Nothing without the right to see the channel.
 * Source: Permissions, "Permission Overwrites".
 */
export function permissionsIn(guild: Guild, userId: string, channel?: Channel): bigint {
  const member = guild.members.get(userId);
  if (member === undefined) return 0n;
  if (guild.owner.id === userId) return allPermissions;
  let permissions = guild.roles.get(guild.id)?.permissions ?? 0n;
  for (const id of member.roles) permissions |= guild.roles.get(id)?.permissions ?? 0n;
  if (has(permissions, 'Administrator')) return allPermissions;
  if (channel === undefined) return permissions;

  // A thread has no overwrites of its own.
  const { overwrites } = isThread(channel) ? (channel.parent ?? channel) : channel;
  const everyone = overwrites.get(guild.id);
  if (everyone !== undefined) permissions = (permissions & ~everyone.deny) | everyone.allow;
  let allow = 0n;
  let deny = 0n;
  for (const id of member.roles) {
    const overwrite = overwrites.get(id);
    allow |= overwrite?.allow ?? 0n;
    deny |= overwrite?.deny ?? 0n;
  }
  permissions = (permissions & ~deny) | allow;
  const own = overwrites.get(userId);
  if (own !== undefined) permissions = (permissions & ~own.deny) | own.allow;
  return has(permissions, 'ViewChannel') ? permissions : 0n;
}

/** What can be done in direct messages. */
export const directPermissions = permissionBits([
  'ViewChannel',
  'SendMessages',
  'EmbedLinks',
  'AttachFiles',
  'ReadMessageHistory',
  'AddReactions',
  'UseExternalEmojis',
  'MentionEveryone',
  'UseApplicationCommands',
]);
