import { mostRules } from '../../domain/rule.ts';
import type { ChannelRule } from '../../domain/rule.ts';
import type { GuildSettings, RuleEdit } from '../../domain/settings.ts';

/**
 * Allows or denies pictures in a thread, a channel, a category, or (`null`) the whole server; with
 * `allowed` as `null` what stands above it decides again. Refused: nothing to clear, what is so already,
 * and too many.
 */
export function setChannel(
  { rules }: GuildSettings,
  channelId: string | null,
  allowed: boolean | null,
): RuleEdit {
  const earlier = rules.channels.find((rule) => rule.channelId === channelId);
  const before = earlier?.allowed ?? null;
  if (before === allowed)
    return {
      refused:
        allowed === null
          ? { reason: 'not-set', what: 'channel-rule' }
          : { reason: 'no-change', what: 'rule' },
    };
  if (!earlier && rules.channels.length >= mostRules.channels)
    return {
      refused: { reason: 'too-many-rules', most: mostRules.channels, what: 'channels' },
    };
  const others = rules.channels.filter((rule) => rule !== earlier);
  const own: ChannelRule[] = allowed === null ? [] : [{ channelId, allowed }];
  return {
    rules: { ...rules, channels: [...others, ...own] },
    change: { what: 'channel', channelId, before, after: allowed },
  };
}
