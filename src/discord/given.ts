import type {
  ChatInputCommandInteraction,
  CommandInteractionOption,
  MessageContextMenuCommandInteraction,
  UserContextMenuCommandInteraction,
} from 'discord.js';
import { channelPath } from './channel-path.ts';
import type { Given, GivenAttachment, GivenChannel, GivenUser } from './command.ts';
import { missingToPost } from './missing-to-post.ts';
import { rolesOf } from './roles-of.ts';
import { unfoldOptions } from './unfold-options.ts';

export type CommandInteraction =
  | ChatInputCommandInteraction
  | MessageContextMenuCommandInteraction
  | UserContextMenuCommandInteraction;

/** What came with a command, by slash or in a menu, in plain values. */
export function readGiven(interaction: CommandInteraction): Given {
  const { subcommand, options } = unfoldOptions(interaction.options.data);
  const menu = interaction.isChatInputCommand() ? [] : options;
  return {
    subcommand,
    options: interaction.isChatInputCommand()
      ? Object.fromEntries(options.map(({ name, value }) => [name, value]))
      : {},
    users: byId(options, userOf),
    channels: byId(options, (option) => channelOf(interaction, option)),
    attachments: byId(options, attachmentOf),
    message:
      menu.flatMap(({ message }) =>
        message ? [{ id: message.id, own: message.author.id === interaction.client.user.id }] : [],
      )[0] ?? null,
  };
}

/**
 * discord.js looks every value up among what came along, texts as well, so that for a text like
 * `constructor` it finds what every object has: only what goes by the option's own value is real.
 */
function byId<T>(
  options: readonly CommandInteractionOption[],
  read: (option: CommandInteractionOption) => [string, T] | undefined,
): Map<string, T> {
  return new Map(
    options.flatMap((option) => {
      const found = read(option);
      return found && found[0] === option.value ? [found] : [];
    }),
  );
}

function userOf({ user, member }: CommandInteractionOption): [string, GivenUser] | undefined {
  if (!user) return undefined;
  return [user.id, { bot: user.bot, roleIds: member ? rolesOf(member) : null }];
}

function channelOf(
  { guild }: CommandInteraction,
  { channel }: CommandInteractionOption,
): [string, GivenChannel] | undefined {
  if (!channel) return undefined;
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
  return [channel.id, { path, missingPermissions }];
}

function attachmentOf({
  attachment,
}: CommandInteractionOption): [string, GivenAttachment] | undefined {
  if (!attachment) return undefined;
  const { id, url, name, contentType, size, width, height } = attachment;
  return [id, { id, url, name, contentType, sizeBytes: size, width, height }];
}
