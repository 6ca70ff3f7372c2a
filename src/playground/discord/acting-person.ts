import type { APIApplicationCommand } from 'discord-api-types/v10';
import {
  ApplicationCommandType,
  ChannelType,
  InteractionContextType,
  InteractionType,
} from 'discord-api-types/v10';
import { fillOptions } from './command-options.ts';
import type { SentOption } from './command-options.ts';
import { chooseIn, pressIn } from './component-use.ts';
import type { Core } from './core.ts';
import { sendInteraction } from './interaction-sending.ts';
import { canSee, channelPermissions } from './message-store.ts';
import { submitModal } from './modal-submit.ts';
import { has, permissionNames } from './permissions.ts';
import { ClientRefused } from './person.ts';
import type { Invocation, OptionValues, Person, Where } from './person.ts';
import { createResolver } from './resolver.ts';
import { seenMessage } from './seen-message.ts';
import { isAgeRestricted, isTextBased } from './world.ts';
import type { Channel, Guild, User } from './world.ts';

/** Somebody using Discord's client. */
export function createPerson(core: Core, user: User): Person {
  const { world, messages, files } = core;

  const guildOf = (nameOrId: string | undefined): Guild => {
    const guild = [...world.guilds.values()].find((candidate) =>
      nameOrId === undefined
        ? candidate.members.has(user.id)
        : candidate.id === nameOrId || candidate.name === nameOrId,
    );
    if (guild === undefined) throw new Error(`there is no guild ${nameOrId ?? `of ${user.name}`}`);
    return guild;
  };
  const channelOf = (nameOrId: string | undefined, guildName: string | undefined): Channel => {
    if (nameOrId === 'dm') return world.direct(user);
    const known = nameOrId === undefined ? undefined : world.channel(nameOrId);
    if (known !== undefined) return known;
    const guild = guildOf(guildName);
    const name = nameOrId?.replace(/^#/, '');
    const channel = [...guild.channels.values()].find((candidate) =>
      name === undefined
        ? candidate.type === ChannelType.GuildText
        : candidate.name === name && isTextBased(candidate),
    );
    if (channel === undefined) throw new Error(`${guild.name} has no channel ${name ?? ''}`);
    return channel;
  };

  const use = (
    path: string,
    values: OptionValues,
    { guild, channel: channelName, raw = false }: Where,
    focused: string | undefined,
  ): Invocation => {
    const channel = channelOf(channelName, guild);
    const [name = '', ...words] = path.replace(/^\//, '').split(/\s+/);
    const command = find(core, name, channel.guild);
    if (!raw) checkUse(user, channel, name, command);
    if (command === undefined && !raw) throw new ClientRefused(`there is no command /${name}`);
    const resolver = createResolver(core, channel.guild);
    const options: SentOption[] = fillOptions(
      command ?? unknownCommand(core, name),
      command === undefined ? [] : words,
      { values, resolver, raw, ...(focused === undefined ? {} : { focused }) },
    );
    const resolved = resolver.resolved();
    return sendInteraction(
      core,
      {
        type:
          focused === undefined
            ? InteractionType.ApplicationCommand
            : InteractionType.ApplicationCommandAutocomplete,
        user,
        channel,
        command: [name, ...words].join(' '),
        sourceId: undefined,
        openedBy: undefined,
      },
      {
        id: command?.id ?? core.ids.next(),
        name,
        type: ApplicationCommandType.ChatInput,
        options,
        ...(resolved === undefined ? {} : { resolved }),
        ...(command?.guild_id === undefined ? {} : { guild_id: command.guild_id }),
      },
    );
  };

  return {
    id: user.id,
    name: user.name,
    get locale() {
      return user.locale;
    },
    set locale(locale) {
      user.locale = locale;
    },
    command: (path, options = {}, where = {}) => use(path, options, where, undefined),
    complete: (path, options, focused, where = {}) => use(path, options, where, focused),
    press: (message, button, how = {}) => pressIn(core, user, message, button, how.raw ?? false),
    choose: (message, select, values, how = {}) =>
      chooseIn(core, user, message, select, values, how.raw ?? false),
    submit: (opened, values, how = {}) => submitModal(core, user, opened, values, how.raw ?? false),
    remove(target) {
      const id = typeof target === 'string' ? target : target.id;
      const message = messages.get(id);
      if (message === undefined || !canSee(user, message))
        throw new ClientRefused(`${user.name} does not see the message ${id}`);
      const permissions = channelPermissions(user, message.channel);
      if (message.onlyFor !== undefined || !has(permissions, 'ManageMessages'))
        throw new ClientRefused(`${user.name} may not delete the message ${id}`);
      core.board.delete(message);
    },
    sees(channel, guild) {
      return messages
        .in(channelOf(channel, guild))
        .filter((message) => canSee(user, message))
        .map((message) => seenMessage(message, files));
    },
    message(id) {
      const message = messages.get(id);
      if (message === undefined || !canSee(user, message)) return undefined;
      return seenMessage(message, files);
    },
  };
}

function find(
  core: Core,
  name: string,
  guild: Guild | undefined,
): APIApplicationCommand | undefined {
  const fits = (command: APIApplicationCommand): boolean =>
    command.name === name && command.type === ApplicationCommandType.ChatInput;
  const inGuild = guild === undefined ? undefined : core.commands.list(guild.id).find(fits);
  return inGuild ?? core.commands.list(undefined).find(fits);
}

// A hacked client can send a command that the bot never registered.
function unknownCommand(core: Core, name: string): APIApplicationCommand {
  return {
    id: core.ids.next(),
    application_id: core.world.bot.id,
    version: '1',
    type: ApplicationCommandType.ChatInput,
    name,
    description: '',
    default_member_permissions: null,
  };
}

/** Whether the client offers the command here. Source: interactions/application-commands, "Permissions". */
function checkUse(
  user: User,
  channel: Channel,
  name: string,
  command: APIApplicationCommand | undefined,
): void {
  const { guild } = channel;
  const refuse = (why: string): never => {
    throw new ClientRefused(`/${name}: ${why}`);
  };
  const permissions = channelPermissions(user, channel);
  if (!has(permissions, 'ViewChannel')) refuse(`${user.name} does not see #${channel.name}`);
  if (!has(permissions, 'UseApplicationCommands'))
    refuse(`${user.name} may not use commands in #${channel.name}`);
  if (command === undefined) return;
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
