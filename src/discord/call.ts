import { PermissionFlagsBits } from 'discord.js';
import type { ButtonInteraction, ChatInputCommandInteraction } from 'discord.js';
import { tokenLifeMs } from '../domain/destination.ts';
import type { Destination } from '../domain/destination.ts';

/** What is known of an interaction the moment it arrives, in plain values. */
export interface Call {
  readonly interactionId: string;
  readonly applicationId: string;
  /** A secret. */
  readonly token: string;
  /** When Discord created it, and until when its token works, in ms since the epoch. */
  readonly createdAt: number;
  readonly tokenEndsAt: number;
  readonly guildId: string | null;
  readonly channelId: string;
  readonly memberId: string;
  readonly may: {
    readonly manageMessages: boolean;
    readonly manageServer: boolean;
  };
  readonly locale: string;
  /** The largest file that its answer may attach, in bytes. */
  readonly maxFileBytes: number;
  /** Permissions, by their names in Discord, that an answer would need and the bot lacks in the channel. */
  missingPermissions(forPrivateAnswer: boolean): string[];
}

/** A press on a button. */
export interface Press extends Call {
  /** What the button refers to. */
  readonly ref: string;
}

type Interaction = ChatInputCommandInteraction | ButtonInteraction;

export function readCall(interaction: Interaction): Call {
  const channelId = interaction.channelId ?? '';
  return {
    interactionId: interaction.id,
    applicationId: interaction.applicationId,
    token: interaction.token,
    createdAt: interaction.createdTimestamp,
    tokenEndsAt: interaction.createdTimestamp + tokenLifeMs,
    guildId: interaction.guildId,
    channelId,
    memberId: interaction.user.id,
    may: {
      manageMessages:
        interaction.memberPermissions?.has(PermissionFlagsBits.ManageMessages) ?? false,
      manageServer: interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild) ?? false,
    },
    locale: interaction.locale,
    maxFileBytes: interaction.attachmentSizeLimit,
    missingPermissions: (forPrivateAnswer) => missingPermissions(interaction, forPrivateAnswer),
  };
}

/** Where the answer of this interaction goes; outside guilds there is none. */
export function destinationOf(
  call: Call & { readonly guildId: string },
  isPrivate: boolean,
): Destination {
  return {
    applicationId: call.applicationId,
    interactionId: call.interactionId,
    token: call.token,
    tokenEndsAt: call.tokenEndsAt,
    guildId: call.guildId,
    channelId: call.channelId,
    memberId: call.memberId,
    private: isPrivate,
    locale: call.locale,
    maxFileBytes: call.maxFileBytes,
  };
}

/**
 * A public answer may have to come as a channel message (after 14 min), which needs all of these.
 * A private one never does, but files in it follow the bot's own permission too.
 */
function missingPermissions(interaction: Interaction, forPrivateAnswer: boolean): string[] {
  const inThread = interaction.channel?.isThread() ?? false;
  const needed: [bigint, string][] = forPrivateAnswer
    ? [[PermissionFlagsBits.AttachFiles, 'Attach Files']]
    : [
        [PermissionFlagsBits.ViewChannel, 'View Channel'],
        inThread
          ? [PermissionFlagsBits.SendMessagesInThreads, 'Send Messages in Threads']
          : [PermissionFlagsBits.SendMessages, 'Send Messages'],
        [PermissionFlagsBits.AttachFiles, 'Attach Files'],
      ];
  return needed.filter(([bit]) => !interaction.appPermissions.has(bit)).map(([, name]) => name);
}
