import type { Asker } from '../domain/asker.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { ImageRequest } from '../domain/request.ts';
import type { GuildRules } from '../domain/rule.ts';
import type { GuildSettings } from '../domain/settings.ts';
import { decidingChannelRule } from './channel-rule.ts';
import { enforcedHits } from './enforced-hits.ts';
import { textsOf } from './texts-of.ts';
import type { Words } from './words.ts';
import { blockInForce } from '../domain/block-in-force.ts';

/** Of the channels that allow it so many are named. */
const channelsNamed = 5;

/**
 * What the guild's rules refuse without a look at the ledger: stopped, blocked here, the channel, too
 * many pictures, words in what is sent (a style's among them) or in what the pictures should not show;
 * the first of these, in this order. Rules on words that run dry refuse nothing.
 */
export function screenRequest(
  { rules, blocks }: GuildSettings,
  asker: Asker,
  request: ImageRequest,
  words: Words,
  now: number,
): Refusal | undefined {
  if (rules.stopped) return { reason: 'stopped', why: rules.stopped.reason };

  const block = blockInForce(blocks, asker.memberId, now);
  if (block) return { reason: 'blocked-here', until: block.until, why: block.reason };

  const { channelPath } = asker;
  if (decidingChannelRule(rules, channelPath)?.allowed === false)
    return { reason: 'channel', allowedIn: allowedElsewhere(rules, channelPath) };

  const most = rules.requests.mostPictures;
  if (most !== null && request.images > most)
    return { reason: 'too-many-pictures', most, asked: request.images };

  const hits = enforcedHits(textsOf(request), rules.words, words);
  return hits.length > 0 ? { reason: 'words', hits } : undefined;
}

/** Not what stands above this channel: it is allowed there, but the member is sent to look for where. */
function allowedElsewhere({ channels }: GuildRules, channelPath: readonly string[]): string[] {
  return channels
    .flatMap(({ channelId, allowed }) => (allowed && channelId !== null ? [channelId] : []))
    .filter((channelId) => !channelPath.includes(channelId))
    .slice(0, channelsNamed);
}
