import { PermissionFlagsBits } from 'discord.js';
import type { Interaction } from 'discord.js';
import { tokenLifeMs } from '../domain/destination.ts';
import type { Destination } from '../domain/destination.ts';
import { isAgeRestricted } from './age-restricted.ts';
import { channelPath } from './channel-path.ts';
import { missingToPost } from './missing-to-post.ts';
import { rolesOf } from './roles-of.ts';

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
  /** The member's roles; none outside guilds. */
  readonly roleIds: readonly string[];
  /** The thread (if it is one), the channel and its category (if it has one). */
  readonly channelPath: readonly string[];
  /** Only adults see the channel, or the channel that the thread is in; `false` where it is not known. */
  readonly ageRestricted: boolean;
  readonly may: {
    readonly manageMessages: boolean;
    readonly manageServer: boolean;
    readonly moderateMembers: boolean;
  };
  readonly locale: string;
  /** The largest file that its answer may attach, in bytes. */
  readonly maxFileBytes: number;
  /** Permissions, by their names in Discord, that an answer would need and the bot lacks in the channel. */
  missingPermissions(forPrivateAnswer: boolean): string[];
}

/** A press on a button, or a choice in a select. */
export interface Press extends Call {
  /** What the button refers to. */
  readonly ref: string;
  /** What was chosen; empty for a button. */
  readonly values: readonly string[];
  /** The message that it was pressed on. A changed client can send any custom id from any message. */
  readonly messageId: string;
  /** Only the presser sees that message. */
  readonly messageIsPrivate: boolean;
}

/** A modal that was filled in. */
export interface Form extends Call {
  readonly ref: string;
  /** The fields' texts, by their ids. */
  readonly fields: Readonly<Record<string, string>>;
}

export function readCall(interaction: Interaction): Call {
  const channelId = interaction.channelId ?? '';
  const { channel, member, memberPermissions } = interaction;
  return {
    interactionId: interaction.id,
    applicationId: interaction.applicationId,
    token: interaction.token,
    createdAt: interaction.createdTimestamp,
    tokenEndsAt: interaction.createdTimestamp + tokenLifeMs,
    guildId: interaction.guildId,
    channelId,
    memberId: interaction.user.id,
    roleIds: member ? rolesOf(member) : [],
    channelPath: channelPath(channelId, channel),
    ageRestricted: isAgeRestricted(channel),
    may: {
      manageMessages: memberPermissions?.has(PermissionFlagsBits.ManageMessages) ?? false,
      manageServer: memberPermissions?.has(PermissionFlagsBits.ManageGuild) ?? false,
      moderateMembers: memberPermissions?.has(PermissionFlagsBits.ModerateMembers) ?? false,
    },
    locale: interaction.locale,
    maxFileBytes: interaction.attachmentSizeLimit,
    missingPermissions: (forPrivateAnswer) => missingPermissions(interaction, forPrivateAnswer),
  };
}

/**
 * Where the answer of this interaction goes; outside guilds there is none.
 *
 * @param sharedBy so many generations share the answer
 */
export function destinationOf(
  call: Call & { readonly guildId: string },
  isPrivate: boolean,
  sharedBy = 1,
): Destination {
  return {
    applicationId: call.applicationId,
    interactionId: call.interactionId,
    token: call.token,
    tokenEndsAt: call.tokenEndsAt,
    guildId: call.guildId,
    channelId: call.channelId,
    memberId: call.memberId,
    roleIds: call.roleIds,
    private: isPrivate,
    ageRestricted: call.ageRestricted,
    sharedBy,
    locale: call.locale,
    maxFileBytes: call.maxFileBytes,
  };
}

/**
 * A public answer may have to come as a channel message (after 14 min), which needs all of these.
 * A private one never does, but files in it follow the bot's own permission too.
 */
function missingPermissions(interaction: Interaction, forPrivateAnswer: boolean): string[] {
  const { appPermissions, channel } = interaction;
  if (!forPrivateAnswer) return missingToPost(appPermissions, channel?.isThread() ?? false);
  return appPermissions.has(PermissionFlagsBits.AttachFiles) ? [] : ['Attach Files'];
}
