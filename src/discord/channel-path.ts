import type { APIInteractionDataResolvedChannel, Channel } from 'discord.js';

/**
 * A channel and what it stands under: the thread (if it is one), the channel, and its category (if it
 * has one). As far as is known: just the channel's own id where nothing is.
 */
export function channelPath(
  channelId: string,
  channel: Channel | APIInteractionDataResolvedChannel | null,
): string[] {
  const parentId = channel ? parentOf(channel) : null;
  const parent = channel && 'parent' in channel ? channel.parent : null;
  const grandparentId = parent ? parentOf(parent) : null;
  return [channelId, parentId, grandparentId].filter((id) => id !== null);
}

function parentOf(channel: Channel | APIInteractionDataResolvedChannel): string | null {
  if ('parentId' in channel) return channel.parentId;
  return 'parent_id' in channel ? (channel.parent_id ?? null) : null;
}
