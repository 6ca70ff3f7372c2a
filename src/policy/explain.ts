import type { Standing } from '../domain/ledger.ts';
import type { Limit, LimitSubject, Period } from '../domain/rule.ts';
import { boundsOf, limitBounds, widest } from './bounds.ts';
import type { Bound } from './bounds.ts';
import { contentPauseUntil } from './content-pause.ts';
import { coolDownUntil } from './cool-down.ts';
import { limitsTouching } from './member-rule.ts';
import type { Terms } from './terms.ts';
import type { CapOwner } from './windows.ts';

/** How far a limit or a cap is used. */
interface Use {
  readonly credits: number;
  readonly used: number;
  /** At least 0: a lowered limit may be overspent. */
  readonly left: number;
  /** When the next credit frees up, ms since the epoch; `null` where nothing is spent. */
  readonly freesAt: number | null;
}

export interface ExplainedLimit extends Use {
  readonly subject: LimitSubject;
  readonly period: Period;
  /** Whether it decides, or what decides in its place. */
  readonly verdict: Verdict;
}

export type Verdict =
  | 'decides'
  /** The member has a limit of their own. */
  | 'own-limit-decides'
  /** A role of theirs has a limit. */
  | 'role-limit-decides'
  /** Another role of theirs leaves more at the moment. */
  | 'other-role-decides'
  /** A role of theirs shuts them out. */
  | 'shut-out-decides';

export interface ExplainedCap extends Use {
  /** `member` is a member across all guilds. */
  readonly whose: CapOwner;
}

/** Every rule that touches a member, as plain data. */
export interface Explanation {
  /** The guild's limits on members: their own, their roles', each member's; short periods first. */
  readonly limits: readonly ExplainedLimit[];
  /** The guild's limits as a whole, which always hold as well. */
  readonly guildLimits: readonly ExplainedLimit[];
  /** The operator's caps per 24 h that are set, above all rules. */
  readonly caps: readonly ExplainedCap[];
  /** The member's unspent granted credits. */
  readonly granted: number;
  /** The role whose limit of 0 shuts the member out. */
  readonly shutOutBy: string | null;
  /** After so many content refusals within 24 h; `until` may have passed. */
  readonly contentPause: { readonly count: number; readonly until: number } | null;
  /** Where one is set; `until` (the member's next request) may have passed, `null` where none began. */
  readonly coolDown: { readonly seconds: number; readonly until: number | null } | null;
}

/** What `decide` goes by, for people to read: both see the same figures. */
export function explain(terms: Terms, standing: Standing): Explanation {
  const { rules, asker, contentRefusalsPerDay: count } = terms;
  const { own, byRole, eachMember, guild } = limitsTouching(rules, asker);
  const { shutOutBy, ways, caps } = boundsOf(terms, standing);
  const boundOf = limitBounds(terms, standing);
  const explained = (limit: Limit, verdict: Verdict): ExplainedLimit => ({
    subject: limit.subject,
    period: limit.period,
    ...useOf(boundOf(limit)),
    verdict,
  });
  const inPlace = shutOutBy ? 'shut-out-decides' : 'other-role-decides';
  const deciding = new Set<Limit>(shutOutBy ? [shutOutBy] : (widest(ways) ?? []).flatMap(limitOf));
  const ofRole = (limit: Limit): Verdict =>
    own.length > 0 ? 'own-limit-decides' : deciding.has(limit) ? 'decides' : inPlace;
  const ofEachMember: Verdict =
    own.length > 0 ? 'own-limit-decides' : byRole.length > 0 ? 'role-limit-decides' : 'decides';

  const pausedUntil = contentPauseUntil(standing.contentRefusals, count);
  const { coolDownSeconds: seconds } = rules.requests;
  return {
    limits: [
      ...own.map((limit) => explained(limit, 'decides')),
      ...byRole.flat().map((limit) => explained(limit, ofRole(limit))),
      ...eachMember.map((limit) => explained(limit, ofEachMember)),
    ],
    guildLimits: guild.map((limit) => explained(limit, 'decides')),
    caps: caps.flatMap((bound) =>
      bound.by.kind === 'cap' ? [{ whose: bound.by.whose, ...useOf(bound) }] : [],
    ),
    granted: standing.granted,
    shutOutBy: shutOutBy?.subject.roleId ?? null,
    contentPause: pausedUntil === undefined ? null : { count, until: pausedUntil },
    coolDown:
      seconds === null
        ? null
        : { seconds, until: coolDownUntil(rules.requests, standing.lastBegunAt) ?? null },
  };
}

function useOf({ credits, spent, room }: Bound): Use {
  return { credits, used: spent.credits, left: room, freesAt: spent.freesAt };
}

function limitOf({ by }: Bound): Limit[] {
  return by.kind === 'limit' ? [by.limit] : [];
}
