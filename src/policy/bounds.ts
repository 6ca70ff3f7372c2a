import type { Spent, Standing, Window } from '../domain/ledger.ts';
import type { Limit } from '../domain/rule.ts';
import { limitsTouching, memberRule } from './member-rule.ts';
import type { RoleLimit } from './member-rule.ts';
import type { Terms } from './terms.ts';
import { capOwners, spentBy, windowOfCap, windowOfLimit } from './windows.ts';
import type { CapOwner } from './windows.ts';

/** A limit or a cap, and what has been spent of it. */
export interface Bound {
  readonly by:
    | { readonly kind: 'limit'; readonly limit: Limit }
    | { readonly kind: 'cap'; readonly whose: CapOwner };
  readonly window: Window;
  readonly credits: number;
  readonly spent: Spent;
  /** Credits that are left in it, at least 0: a lowered limit may be overspent. */
  readonly room: number;
}

/** Everything that bounds what a member may spend. */
export interface Bounds {
  readonly shutOutBy: RoleLimit | null;
  /** The ways through the limits on members, see the member rule; granted credits lift these. */
  readonly ways: readonly (readonly Bound[])[];
  /** The guild's limits. */
  readonly guild: readonly Bound[];
  /** The operator's caps. */
  readonly caps: readonly Bound[];
}

export function boundsOf(terms: Terms, standing: Standing): Bounds {
  const { rules, asker } = terms;
  const ofLimit = limitBounds(terms, standing);
  const touching = limitsTouching(rules, asker);
  const rule = memberRule(touching);
  return {
    shutOutBy: rule.kind === 'shut-out' ? rule.by : null,
    ways: rule.kind === 'shut-out' ? [] : rule.ways.map((way) => way.map(ofLimit)),
    guild: touching.guild.map(ofLimit),
    caps: capBounds(terms, standing),
  };
}

/** Makes bounds of limits that touch the member. */
export function limitBounds(terms: Terms, standing: Standing): (limit: Limit) => Bound {
  const spentIn = spentBy(terms, standing);
  return (limit) => {
    const window = windowOfLimit(limit, terms.asker);
    return bound({ kind: 'limit', limit }, window, limit.credits, spentIn(window));
  };
}

function capBounds(terms: Terms, standing: Standing): Bound[] {
  const spentIn = spentBy(terms, standing);
  return capOwners.flatMap((whose) => {
    const cap = terms.caps[whose];
    if (cap === null) return [];
    const window = windowOfCap(whose, terms.asker);
    return [bound({ kind: 'cap', whose }, window, cap, spentIn(window))];
  });
}

function bound(by: Bound['by'], window: Window, credits: number, spent: Spent): Bound {
  return { by, window, credits, spent, room: Math.max(0, credits - spent.credits) };
}

/** What a way leaves: its narrowest bound. */
export function roomOf(way: readonly Bound[]): number {
  return Math.min(...way.map(({ room }) => room));
}

/**
 * Of several ways the one that leaves most; of equals the one whose longest window is shortest.
 * `undefined` where there is none, which is no limit at all.
 */
export function widest(ways: readonly (readonly Bound[])[]): readonly Bound[] | undefined {
  const longest = (way: readonly Bound[]): number =>
    Math.max(...way.map(({ window }) => window.lengthMs));
  return ways.toSorted((a, b) => roomOf(b) - roomOf(a) || longest(a) - longest(b))[0];
}
