import {
  ApplicationCommandType,
  ChannelType,
  InteractionType,
  MessageType,
} from 'discord-api-types/v10';
import { fillOptions } from './command-options.ts';
import type { SentOption } from './command-options.ts';
import { checkDelivery, checkUse, findCommand, unknownCommand } from './command-use.ts';
import { chooseIn, pressIn } from './component-use.ts';
import type { Core } from './core.ts';
import { sendInteraction } from './interaction-sending.ts';
import { useMenu } from './menu-use.ts';
import { canSee, channelPermissions } from './message-store.ts';
import { submitModal } from './modal-submit.ts';
import { has } from './permissions.ts';
import { ClientRefused } from './person.ts';
import type { Invocation, OptionValues, Person, Where } from './person.ts';
import { createResolver } from './resolver.ts';
import { seenMessage } from './seen-message.ts';
import { isTextBased, isThread } from './world.ts';
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
    const type = ApplicationCommandType.ChatInput;
    const command = findCommand(core, name, type, channel.guild);
    if (raw) checkDelivery(user, channel, command, `/${name}`);
    else checkUse(user, channel, command, `/${name}`);
    const resolver = createResolver(core, channel.guild, user);
    const options: SentOption[] = fillOptions(
      command ?? unknownCommand(core, name, type),
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
        type,
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
    menu: (name, message, how = {}) => useMenu(core, user, name, message, how.raw ?? false),
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
    say(text, { guild, channel: channelName } = {}) {
      const channel = channelOf(channelName, guild);
      const needed = isThread(channel) ? 'SendMessagesInThreads' : 'SendMessages';
      if (!has(channelPermissions(user, channel), needed))
        throw new ClientRefused(`${user.name} may not write in #${channel.name}`);
      const message = core.board.post({
        channel,
        type: MessageType.Default,
        author: user,
        content: { content: text, embeds: [], components: [], files: [], flags: 0 },
        mentions: [],
      });
      return seenMessage(message, files);
    },
    channelId: (channel, guild) => channelOf(channel, guild).id,
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
