import { PermissionFlagsBits } from 'discord.js';
import type { PermissionsBitField } from 'discord.js';

/**
 * Permissions to write messages with files into a channel, by their names in Discord, that are not
 * among the given ones.
 */
export function missingToPost(
  permissions: Readonly<PermissionsBitField> | null,
  inThread: boolean,
): string[] {
  const needed: [bigint, string][] = [
    [PermissionFlagsBits.ViewChannel, 'View Channel'],
    inThread
      ? [PermissionFlagsBits.SendMessagesInThreads, 'Send Messages in Threads']
      : [PermissionFlagsBits.SendMessages, 'Send Messages'],
    [PermissionFlagsBits.AttachFiles, 'Attach Files'],
  ];
  return needed.filter(([bit]) => !permissions?.has(bit)).map(([, name]) => name);
}
