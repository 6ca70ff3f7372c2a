import { ChannelType } from 'discord-api-types/v10';
import { permissionBits } from './permissions.ts';
import type { GuildSettings, Permission } from './control.ts';
import type { Guild, User, World } from './world.ts';

/** What every new guild has. */
export function addPlainGuild(
  world: World,
  name: string,
  owner: User,
  settings?: Partial<GuildSettings>,
): Guild {
  const guild = world.addGuild(name, owner, settings);
  const category = world.addChannel(guild, { name: 'Text', type: ChannelType.GuildCategory });
  for (const channel of ['pictures', 'general'])
    world.addChannel(guild, { name: channel, type: ChannelType.GuildText, parent: category });
  return guild;
}

/**
 * The guild "Playground": alice (Regulars) and bob (Guests) are members, erin (Helpers) is one whom
 * Discord lets do nothing more, dave (Moderators) moderates people, mod (Moderator) manages the server
 * as well, owner owns it, and Jukebox is another bot. Besides #pictures and #general, in the category
 * "Text", it has the thread "sketches" in #pictures, the age-restricted #after-dark, #quiet, where the
 * bot sees but may not write, and #log, which only those who moderate and the bot see. And "Elsewhere"
 * with carol, who knows nobody.
 */
export function addSampleGuilds(world: World): void {
  const guild = addPlainGuild(world, 'Playground', world.addUser('owner'));
  const text = (name: string, ageRestricted = false) =>
    world.addChannel(guild, { name, type: ChannelType.GuildText, ageRestricted });
  const pictures = [...guild.channels.values()].find(({ name }) => name === 'pictures');
  if (pictures === undefined) throw new Error('a plain guild has #pictures');
  world.addChannel(guild, { name: 'sketches', type: ChannelType.PublicThread, parent: pictures });
  text('after-dark', true);
  const quiet = text('quiet');
  quiet.overwrites.set(guild.botRoleId, {
    id: guild.botRoleId,
    kind: 'role',
    allow: 0n,
    deny: permissionBits(['SendMessages', 'SendMessagesInThreads', 'AttachFiles', 'EmbedLinks']),
  });
  const role = (name: string, permissions: readonly Permission[] = []): string =>
    world.addRole(guild, { name, permissions: permissionBits(permissions) }).id;
  role('Artist');
  const moderator = role('Moderator', ['ManageMessages', 'ModerateMembers', 'ManageGuild']);
  const moderators = role('Moderators', ['ManageMessages', 'ModerateMembers']);
  const everyone = guild.id;
  const log = text('log');
  for (const id of [everyone, guild.botRoleId, moderator, moderators])
    log.overwrites.set(id, {
      id,
      kind: 'role',
      allow: id === everyone ? 0n : permissionBits(['ViewChannel']),
      deny: id === everyone ? permissionBits(['ViewChannel']) : 0n,
    });
  const members: readonly [string, string][] = [
    ['alice', role('Regulars')],
    ['bob', role('Guests')],
    ['erin', role('Helpers')],
    ['dave', moderators],
    ['mod', moderator],
  ];
  for (const [name, roleId] of members) world.addMember(guild, world.addUser(name), [roleId]);
  world.addMember(guild, world.addUser('Jukebox', true));
  addPlainGuild(world, 'Elsewhere', world.addUser('carol'));
}
