import type { Asker } from '../domain/asker.ts';
import { periodMs } from '../domain/rule.ts';
import type { GuildRules, Limit } from '../domain/rule.ts';

/** A limit on one of the member's roles. */
export interface RoleLimit extends Limit {
  readonly subject: { readonly kind: 'role'; readonly roleId: string };
}

/**
 * The guild's limits that touch a member, short periods first. Of those on members the most specific
 * kind that is there decides alone; the guild's as a whole always hold as well.
 */
export interface TouchingLimits {
  readonly own: readonly Limit[];
  /** One list for each of the member's roles that has a limit. */
  readonly byRole: readonly (readonly RoleLimit[])[];
  readonly eachMember: readonly Limit[];
  readonly guild: readonly Limit[];
}

/** Limits on roles that the member does not have (any more), or that are gone, touch nobody. */
export function limitsTouching(rules: GuildRules, asker: Asker): TouchingLimits {
  const limits = rules.limits.toSorted((a, b) => periodMs[a.period] - periodMs[b.period]);
  const ofRoles = limits.filter(isOnRole);
  const byRole = [...new Set(asker.roleIds)]
    .map((roleId) => ofRoles.filter(({ subject }) => subject.roleId === roleId))
    .filter((ofRole) => ofRole.length > 0);
  return {
    own: limits.filter(
      ({ subject }) => subject.kind === 'member' && subject.memberId === asker.memberId,
    ),
    byRole,
    eachMember: limits.filter(({ subject }) => subject.kind === 'each-member'),
    guild: limits.filter(({ subject }) => subject.kind === 'guild'),
  };
}

/** What the guild's limits on members come to for one of them. */
export type MemberRule =
  /** A role of theirs has a limit of 0, and they have none of their own: nothing at all, by no means. */
  | { readonly kind: 'shut-out'; readonly by: RoleLimit }
  /**
   * A request passes if one of the ways lets it through by all its limits: there is one way, or one for
   * each role; none where nothing is set.
   */
  | { readonly kind: 'ways'; readonly ways: readonly (readonly Limit[])[] };

/** Which limits on members decide for this one. */
export function memberRule({ own, byRole, eachMember }: Omit<TouchingLimits, 'guild'>): MemberRule {
  if (own.length > 0) return { kind: 'ways', ways: [own] };
  const shutOut = byRole.flat().find((limit) => limit.credits === 0);
  if (shutOut) return { kind: 'shut-out', by: shutOut };
  if (byRole.length > 0) return { kind: 'ways', ways: byRole };
  return { kind: 'ways', ways: eachMember.length > 0 ? [eachMember] : [] };
}

function isOnRole(limit: Limit): limit is RoleLimit {
  return limit.subject.kind === 'role';
}
