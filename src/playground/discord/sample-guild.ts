import { ChannelType } from 'discord-api-types/v10';
import { permissionBits } from './permissions.ts';
import type { GuildSettings } from './control.ts';
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
 * The guild "Playground": alice and bob are members, mod moderates, owner owns it; besides #pictures
 * and #general it has the thread "sketches" in #pictures, the age-restricted #after-dark, and #quiet,
 * where the bot sees but may not write; and "Elsewhere" with carol, who knows nobody.
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
  world.addRole(guild, { name: 'Artist', permissions: 0n });
  const moderator = world.addRole(guild, {
    name: 'Moderator',
    permissions: permissionBits(['ManageMessages', 'ModerateMembers', 'ManageGuild']),
  });
  world.addMember(guild, world.addUser('alice'));
  world.addMember(guild, world.addUser('bob'));
  world.addMember(guild, world.addUser('mod'), [moderator.id]);
  addPlainGuild(world, 'Elsewhere', world.addUser('carol'));
}
