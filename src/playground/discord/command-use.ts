import type { APIApplicationCommand } from 'discord-api-types/v10';
import { ApplicationCommandType, InteractionContextType } from 'discord-api-types/v10';
import type { Core } from './core.ts';
import { channelPermissions } from './message-store.ts';
import { has, permissionNames } from './permissions.ts';
import { ClientRefused } from './person.ts';
import { isAgeRestricted } from './world.ts';
import type { Channel, Guild, User } from './world.ts';

/** A registered command of this type: the guild's own, else the global one. */
export function findCommand(
  core: Core,
  name: string,
  type: ApplicationCommandType,
  guild: Guild | undefined,
): APIApplicationCommand | undefined {
  const fits = (command: APIApplicationCommand): boolean =>
    command.name === name && command.type === type;
  const inGuild = guild === undefined ? undefined : core.commands.list(guild.id).find(fits);
  return inGuild ?? core.commands.list(undefined).find(fits);
}

/** A hacked client can send a command that the bot never registered. */
export function unknownCommand(
  core: Core,
  name: string,
  type: ApplicationCommandType,
): APIApplicationCommand {
  return {
    id: core.ids.next(),
    application_id: core.world.bot.id,
    version: '1',
    type,
    name,
    description: '',
    default_member_permissions: null,
  };
}

/**
 * Whether the client offers the command, by the name it shows, here. Source: interactions/application-commands, "Permissions".
 *
 * @throws {ClientRefused}
 */
export function checkUse(
  user: User,
  channel: Channel,
  command: APIApplicationCommand | undefined,
  name: string,
): asserts command is APIApplicationCommand {
  const { guild } = channel;
  const refuse = (why: string): never => {
    throw new ClientRefused(`${name}: ${why}`);
  };
  const permissions = channelPermissions(user, channel);
  if (!has(permissions, 'ViewChannel')) refuse(`${user.name} does not see #${channel.name}`);
  if (!has(permissions, 'UseApplicationCommands'))
    refuse(`${user.name} may not use commands in #${channel.name}`);
  if (command === undefined) throw new ClientRefused(`there is no command ${name}`);
  const context = guild === undefined ? InteractionContextType.BotDM : InteractionContextType.Guild;
  if (command.contexts != null && !command.contexts.includes(context))
    refuse('is not offered in this place');
  if (command.nsfw === true && !isAgeRestricted(channel))
    refuse('is for age-restricted channels only');
  const needed = command.default_member_permissions;
  if (guild === undefined || needed == null || has(permissions, 'Administrator')) return;
  // "0" keeps it to administrators.
  const bits = BigInt(needed);
  if (bits === 0n || (permissions & bits) !== bits)
    refuse(`${user.name} lacks ${permissionNames(bits).join(', ') || 'Administrator'}`);
}
