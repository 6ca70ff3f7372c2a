import type { Caps, Pot, Standing } from '../../src/domain/ledger.ts';
import { noRules, periodMs } from '../../src/domain/rule.ts';
import type { GuildRules, Limit, LimitSubject, Period } from '../../src/domain/rule.ts';
import type { Terms } from '../../src/policy/terms.ts';
import { windowsOf } from '../../src/policy/windows.ts';

export const now = Date.UTC(2026, 0, 15);
export const hour = 60 * 60_000;
export const day = 24 * hour;
export const frees = now + hour;

/** Ids as Discord's are: above 2^53, where neighbours are one and the same number. */
export const ids = {
  guild: '9007199254740993',
  member: '9007199254740995',
  neighbour: '9007199254740994',
  artist: '9007199254740997',
  patron: '9007199254740999',
} as const;

const noCaps: Caps = { member: null, guild: null, bot: null };

export function limit(
  subject: LimitSubject['kind'] | { readonly role: string } | { readonly member: string },
  period: Period,
  credits: number,
): Limit {
  if (typeof subject === 'object')
    return {
      subject:
        'role' in subject
          ? { kind: 'role', roleId: subject.role }
          : { kind: 'member', memberId: subject.member },
      period,
      credits,
    };
  if (subject === 'role' || subject === 'member') throw new Error('Which one?');
  return { subject: { kind: subject }, period, credits };
}

/** Of the member, with these limits or rules, and without caps where none are named. */
export function terms(
  given: {
    readonly limits?: readonly Limit[];
    readonly rules?: Partial<GuildRules>;
    readonly caps?: Partial<Caps>;
    readonly roles?: readonly string[];
    readonly contentRefusalsPerDay?: number;
  } = {},
): Terms {
  return {
    rules: { ...noRules, limits: given.limits ?? [], ...given.rules },
    caps: { ...noCaps, ...given.caps },
    asker: {
      guildId: ids.guild,
      memberId: ids.member,
      roleIds: given.roles ?? [],
      channelPath: [],
    },
    contentRefusalsPerDay: given.contentRefusalsPerDay ?? 3,
  };
}

/** How much is spent by pot, in every window of it, or in the one of a period. */
export type SpentBy = Partial<Record<Pot['kind'], number | Partial<Record<Period, number>>>>;

/** What the ledger would say; all that is spent frees up in an hour. */
export function standing(
  { rules, caps, asker }: Terms,
  spentBy: SpentBy = {},
  rest: Partial<Standing> = {},
): Standing {
  const spent = windowsOf(rules, caps, asker).map(({ pot, lengthMs }) => {
    const inPot = spentBy[pot.kind] ?? 0;
    const periods = ['hour', 'day', 'week', 'month'] as const;
    const period = periods.find((each) => periodMs[each] === lengthMs) ?? 'hour';
    const credits = typeof inPot === 'number' ? inPot : (inPot[period] ?? 0);
    return { credits, freesAt: credits > 0 ? frees : null };
  });
  return { spent, granted: 0, contentRefusals: [], lastBegunAt: null, ...rest };
}
