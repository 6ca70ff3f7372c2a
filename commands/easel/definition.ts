import {
  ApplicationCommandOptionType as Type,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ChannelType,
  InteractionContextType,
  PermissionFlagsBits,
} from 'discord.js';
import type {
  APIApplicationCommandBasicOption,
  APIApplicationCommandSubcommandGroupOption,
  APIApplicationCommandSubcommandOption,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import { en } from '../../src/messages/en.ts';
import { periods } from './limit-name.ts';
import { easelRanges } from './ranges.ts';
import { logKinds } from './log-kinds.ts';
import { usualNames } from './usual.ts';

const texts = en.easel;
const { described } = texts;

/** What Discord is told of `/easel`. The numbers are those that the readers of the options check too. */
export const easelDefinition: RESTPostAPIChatInputApplicationCommandsJSONBody = {
  type: ApplicationCommandType.ChatInput,
  name: 'easel',
  description: described.easel,
  contexts: [InteractionContextType.Guild],
  integration_types: [ApplicationIntegrationType.GuildInstall],
  default_member_permissions: String(PermissionFlagsBits.ManageGuild),
  options: [
    sub('show', described.show, [
      { type: Type.User, name: 'member', description: described.showMember },
      { type: Type.Channel, name: 'channel', description: described.showChannel },
    ]),
    group('limit', described.limit, [
      sub('set', described.limitSet, [
        credits(),
        per(),
        { type: Type.Mentionable, name: 'for', description: described.for },
      ]),
      sub('server', described.limitServer, [credits(), per()]),
      sub('remove', described.limitRemove, [rule(described.limitRule)]),
    ]),
    sub('requests', described.requests, [
      range('pictures', described.pictures, easelRanges.pictures),
      range('running', described.running, easelRanges.running),
      range('waiting', described.waiting, easelRanges.waiting),
      range('cool-down', described.coolDown, easelRanges.coolDownSeconds),
      {
        type: Type.String,
        name: 'back-to-usual',
        description: described.backToUsual,
        choices: usualNames.map((value) => ({ name: texts.usual[value], value })),
      },
    ]),
    group('channel', described.channel, [
      sub('allow', described.channelAllow, [channel(described.whichChannel)]),
      sub('deny', described.channelDeny, [channel(described.whichChannel)]),
      sub('clear', described.channelClear, [
        channel(described.whichChannel),
        { ...rule(described.channelRule), required: false },
      ]),
    ]),
    group('word', described.word, [
      sub('add', described.wordAdd, [
        {
          type: Type.String,
          name: 'text',
          description: described.wordText,
          required: true,
          min_length: easelRanges.wordText.min,
          max_length: easelRanges.wordText.max,
        },
        { type: Type.Boolean, name: 'pattern', description: described.pattern },
        { type: Type.Boolean, name: 'dry-run', description: described.dryRun },
      ]),
      sub('remove', described.wordRemove, [rule(described.wordRule)]),
      sub('enforce', described.wordEnforce, [rule(described.wordRule)]),
      sub('dry-run', described.wordDryRun, [rule(described.wordRule)]),
      sub('list', described.wordList),
      sub('test', described.wordTest, [
        {
          type: Type.String,
          name: 'prompt',
          description: described.prompt,
          required: true,
          min_length: easelRanges.prompt.min,
          max_length: easelRanges.prompt.max,
        },
      ]),
      sub('import', described.wordImport),
    ]),
    group('provider', described.provider, [
      sub('list', described.providerList),
      sub('allow', described.providerAllow, [typed('model', described.providerModel)]),
      sub('deny', described.providerDeny, [typed('model', described.providerModel)]),
      sub('clear', described.providerClear, [rule(described.providerRule)]),
      sub('default', described.providerDefault, [
        { ...typed('model', described.defaultModel), required: false },
      ]),
      sub('failover', described.providerFailover, [
        { type: Type.Boolean, name: 'on', description: described.failoverOn, required: true },
      ]),
    ]),
    group('style', described.style, [
      sub('add', described.styleAdd),
      sub('edit', described.styleEdit, [typed('style', described.whichStyle)]),
      sub('remove', described.styleRemove, [typed('style', described.whichStyle)]),
      sub('list', described.styleList),
    ]),
    group('log', described.log, [
      sub('channel', described.logChannel, [
        {
          type: Type.Channel,
          name: 'channel',
          description: described.whichLogChannel,
          channel_types: [
            ChannelType.GuildText,
            ChannelType.GuildAnnouncement,
            ChannelType.PublicThread,
            ChannelType.PrivateThread,
          ],
        },
      ]),
      sub('show', described.logShow, [
        {
          type: Type.String,
          name: 'kind',
          description: described.kind,
          choices: logKinds.map((value) => ({ name: texts.kinds[value], value })),
        },
      ]),
    ]),
    group('moderators', described.moderators, [
      sub('role', described.moderatorsRole, [
        { type: Type.Role, name: 'role', description: described.role },
      ]),
    ]),
  ],
};

function sub(
  name: string,
  description: string,
  options: APIApplicationCommandBasicOption[] = [],
): APIApplicationCommandSubcommandOption {
  return {
    type: Type.Subcommand,
    name,
    description,
    ...(options.length > 0 ? { options } : {}),
  };
}

function group(
  name: string,
  description: string,
  options: APIApplicationCommandSubcommandOption[],
): APIApplicationCommandSubcommandGroupOption {
  return { type: Type.SubcommandGroup, name, description, options };
}

function range(
  name: string,
  description: string,
  { min, max }: { readonly min: number; readonly max: number },
): APIApplicationCommandBasicOption {
  return { type: Type.Integer, name, description, min_value: min, max_value: max };
}

function credits(): APIApplicationCommandBasicOption {
  return { ...range('credits', described.credits, easelRanges.credits), required: true };
}

function per(): APIApplicationCommandBasicOption {
  return {
    type: Type.String,
    name: 'per',
    description: described.per,
    required: true,
    choices: periods.map((value) => ({ name: texts.periods[value], value })),
  };
}

function rule(description: string): APIApplicationCommandBasicOption {
  return typed('rule', description);
}

/** What is typed while a list is offered. */
function typed(name: string, description: string): APIApplicationCommandBasicOption {
  return { type: Type.String, name, description, required: true, autocomplete: true };
}

function channel(description: string): APIApplicationCommandBasicOption {
  return { type: Type.Channel, name: 'channel', description };
}
