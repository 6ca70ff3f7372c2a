import type { Bound } from './bounds.ts';

/** A bound that a request does not keep within. */
export interface Over {
  readonly bound: Bound;
  /** Granted credits that help here. */
  readonly granted: number;
  /** So many credits must leave the window before the request passes. */
  readonly excess: number;
  /** Even when nothing is spent it is too much: waiting does not help. */
  readonly never: boolean;
}

export function over(bound: Bound, needed: number, granted: number): Over {
  const paid = needed - granted;
  return {
    bound,
    granted,
    excess: bound.spent.credits + paid - bound.credits,
    never: paid > bound.credits,
  };
}

/** The most specific first: what a member can do something about before what they cannot. */
const specificity = ['member', 'person', 'guild', 'bot'] as const;

/**
 * Of the bounds that all must be kept, the one to tell of: one that waiting cannot bring, else the one
 * with the longest window, else the most specific (the member's, the operator's on the member, the
 * guild's, the bot's). When enough frees up again is exactly known only from the ledger, for one window;
 * the longest window is the best guess of which takes longest, and where it is wrong, it is wrong by
 * less than the length of a shorter one.
 */
export function worst(overs: readonly Over[]): Over | undefined {
  return overs.toSorted(worse)[0];
}

/**
 * What is told where no way (of several roles) lets the request through: the worst of that way which
 * does so first, since the member needs no other. There must be at least one way.
 */
export function worstOfBestWay(
  ways: readonly (readonly Bound[])[],
  needed: number,
  granted: number,
): Over {
  const worsts = ways.flatMap((way) => {
    const overs = way
      .map((bound) => over(bound, needed, granted))
      .filter(({ excess }) => excess > 0);
    return worst(overs) ?? [];
  });
  const best = worsts.toSorted((a, b) => worse(b, a))[0];
  if (!best) throw new Error('No way refuses.');
  return best;
}

/** Sorts the worse one first. */
function worse(a: Over, b: Over): number {
  return (
    Number(b.never) - Number(a.never) ||
    b.bound.window.lengthMs - a.bound.window.lengthMs ||
    rank(a) - rank(b) ||
    b.excess - a.excess
  );
}

function rank({ bound }: Over): number {
  return specificity.indexOf(bound.window.pot.kind);
}
