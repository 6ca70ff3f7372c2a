import type { Channel } from 'discord.js';

/**
 * Whether only adults see a channel: it is age-restricted, or it is a thread in one that is. A channel
 * of which nothing is known, and direct messages, are not.
 */
export function isAgeRestricted(channel: Channel | null): boolean {
  const gated = channel?.isThread() ? channel.parent : channel;
  return gated !== null && 'nsfw' in gated && gated.nsfw;
}
