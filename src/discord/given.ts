import { ApplicationCommandOptionType } from 'discord.js';
import type {
  ChatInputCommandInteraction,
  CommandInteractionOption,
  MessageContextMenuCommandInteraction,
  UserContextMenuCommandInteraction,
} from 'discord.js';
import { channelPath } from './channel-path.ts';
import type { Given, GivenChannel, GivenUser } from './command.ts';
import { missingToPost } from './missing-to-post.ts';
import { rolesOf } from './roles-of.ts';

export type CommandInteraction =
  | ChatInputCommandInteraction
  | MessageContextMenuCommandInteraction
  | UserContextMenuCommandInteraction;

/** What came with a command, by slash or in a menu, in plain values. */
export function readGiven(interaction: CommandInteraction): Given {
  const { subcommand, options } = unfold(interaction.options.data);
  const menu = interaction.isChatInputCommand() ? [] : options;
  return {
    subcommand,
    options: interaction.isChatInputCommand()
      ? Object.fromEntries(options.map(({ name, value }) => [name, value]))
      : {},
    users: new Map(options.flatMap((option) => userOf(option))),
    channels: new Map(options.flatMap((option) => channelOf(interaction, option))),
    message:
      menu.flatMap(({ message }) =>
        message ? [{ id: message.id, own: message.author.id === interaction.client.user.id }] : [],
      )[0] ?? null,
  };
}

/** The path of the subcommand, and the options given to it. */
function unfold(data: readonly CommandInteractionOption[]): {
  readonly subcommand: string;
  readonly options: readonly CommandInteractionOption[];
} {
  const path: string[] = [];
  let options = data;
  for (let [first] = options; first && isFolder(first); [first] = options) {
    path.push(first.name);
    options = first.options ?? [];
  }
  return { subcommand: path.join(' '), options };
}

const isFolder = ({ type }: CommandInteractionOption): boolean =>
  type === ApplicationCommandOptionType.Subcommand ||
  type === ApplicationCommandOptionType.SubcommandGroup;

function userOf({ user, member }: CommandInteractionOption): [string, GivenUser][] {
  if (!user) return [];
  return [[user.id, { bot: user.bot, roleIds: member ? rolesOf(member) : null }]];
}

function channelOf(
  { guild }: CommandInteraction,
  { channel }: CommandInteractionOption,
): [string, GivenChannel][] {
  if (!channel) return [];
  const path = channelPath(channel.id, channel);
  // Discord tells what the bot may do there; else it is reckoned from what is known of the guild.
  const permissions =
    ('appPermissions' in channel ? channel.appPermissions : null) ??
    ('permissionsFor' in channel && guild?.members.me
      ? channel.permissionsFor(guild.members.me)
      : null);
  const isText = 'isTextBased' in channel && channel.isTextBased();
  const inThread = 'isThread' in channel && channel.isThread();
  const missingPermissions = missingToPost(isText ? permissions : null, inThread);
  return [[channel.id, { path, missingPermissions }]];
}
