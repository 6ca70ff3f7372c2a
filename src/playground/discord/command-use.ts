import type { APIApplicationCommand } from 'discord-api-types/v10';
import { ApplicationCommandType, InteractionContextType } from 'discord-api-types/v10';
import type { Core } from './core.ts';
import { channelPermissions } from './message-store.ts';
import { has, permissionNames } from './permissions.ts';
import { ClientRefused, ServerRefused } from './person.ts';
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
  const why = denial(user, channel, command);
  if (why !== undefined) refuse(why);
}

/**
 * Whether Discord's server passes the command on, whatever the client let through: the permissions
 * that it needs are checked there too.
 *
 * @throws {ServerRefused}
 */
export function checkDelivery(
  user: User,
  channel: Channel,
  command: APIApplicationCommand | undefined,
  name: string,
): void {
  const why = command === undefined ? undefined : denial(user, channel, command);
  if (why !== undefined) throw new ServerRefused(`${name}: ${why}`);
}

/**
 * Why somebody may not use a command in this channel. What the guild has set for them, else for one of
 * their roles (one that allows it is enough), else for @everyone decides; else the permissions that the
 * command asks for. Source: interactions/application-commands, "Permissions".
 */
function denial(
  user: User,
  channel: Channel,
  { name, default_member_permissions: needed }: APIApplicationCommand,
): string | undefined {
  const { guild } = channel;
  const permissions = channelPermissions(user, channel);
  if (guild === undefined || has(permissions, 'Administrator')) return undefined;
  const access = guild.commandAccess.get(name);
  const roles = guild.members.get(user.id)?.roles ?? [];
  const ofRoles = roles.flatMap((id) => access?.get(id) ?? []);
  const ofRole = ofRoles.length === 0 ? undefined : ofRoles.includes(true);
  const allowed = access?.get(user.id) ?? ofRole ?? access?.get(guild.id);
  if (allowed !== undefined)
    return allowed ? undefined : `the server does not let ${user.name} use it`;
  if (needed == null) return undefined;
  // "0" keeps it to administrators.
  const bits = BigInt(needed);
  return bits === 0n || (permissions & bits) !== bits
    ? `${user.name} lacks ${permissionNames(bits).join(', ') || 'Administrator'}`
    : undefined;
}
