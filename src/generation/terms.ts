import type { Destination } from '../domain/destination.ts';
import type { Standing } from '../domain/ledger.ts';
import type { Remaining } from '../domain/remaining.ts';
import type { GuildRules } from '../domain/rule.ts';
import { remaining } from '../policy/remaining.ts';
import type { Terms } from '../policy/terms.ts';
import { windowsOf } from '../policy/windows.ts';
import type { Parts } from './parts.ts';

type Member = Pick<Destination, 'guildId' | 'memberId' | 'roleIds'>;

/** What the policy decides by for a member under these rules. */
export function termsFor(
  { limits }: Pick<Parts, 'limits'>,
  rules: GuildRules,
  member: Member,
): Terms {
  const { guildId, memberId, roleIds } = member;
  return {
    rules,
    caps: limits.caps,
    asker: { guildId, memberId, roleIds, channelPath: [] },
    contentRefusalsPerDay: limits.contentRefusalsPerDay,
  };
}

/** As {@link termsFor}, under the rules that hold now. */
export async function termsOf(parts: Parts, member: Member): Promise<Terms> {
  const { rules } = await parts.settings.load(member.guildId);
  return termsFor(parts, rules, member);
}

/** What is left for a member at this moment. */
export async function remainingOf(parts: Parts, member: Member): Promise<Remaining | null> {
  const terms = await termsOf(parts, member);
  const windows = windowsOf(terms.rules, terms.caps, terms.asker);
  const { guildId, memberId } = member;
  const now = parts.clock.now();
  const standing: Standing = await parts.store.standing(guildId, memberId, windows, now);
  return remaining(terms, standing);
}
