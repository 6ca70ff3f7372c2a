import type { ChannelRule, GuildRules } from '../domain/rule.ts';

/**
 * The rule that decides for a channel: its own, else that of the first above it (thread → channel →
 * category → the whole server). `undefined` where none is set, which is allowed.
 *
 * @param channelPath the channel itself first
 */
export function decidingChannelRule(
  { channels }: Pick<GuildRules, 'channels'>,
  channelPath: readonly string[],
): ChannelRule | undefined {
  for (const channelId of [...channelPath, null]) {
    const rule = channels.find((each) => each.channelId === channelId);
    if (rule) return rule;
  }
  return undefined;
}
