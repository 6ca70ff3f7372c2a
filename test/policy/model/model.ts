import type { Caps, Pot, Spent } from '../../../src/domain/ledger.ts';

/*
 * What the policy and the ledger should come to, said again in the plainest way: a list of all holds
 * that is summed anew for every question, and every amount is tried until one passes. It shares no code
 * with the policy.
 */

/** One request that was let in. */
export interface Hold {
  readonly id: string;
  readonly guild: string;
  readonly member: string;
  readonly at: number;
  readonly images: number;
  readonly price: number;
  readonly held: number;
  readonly fromGrant: number;
  state: 'queued' | 'sent' | 'made' | 'returned' | 'unknown' | 'lapsed';
  /** What it costs: what is held, then what it really cost. */
  cost: number;
  /** When the provider's filter stopped it. */
  contentRefusedAt: number | null;
}

export interface ModelLimit {
  readonly guild: string;
  readonly of: 'each-member' | 'role' | 'member' | 'guild';
  /** The role's or member's id, else empty. */
  readonly id: string;
  readonly period: 'hour' | 'day' | 'week' | 'month';
  readonly credits: number;
}

export interface Who {
  readonly guild: string;
  readonly member: string;
  readonly roles: readonly string[];
}

export interface Model {
  readonly caps: Caps;
  readonly contentRefusalsPerDay: number;
  readonly holds: Hold[];
  limits: ModelLimit[];
  /** By guild. */
  readonly coolDownSeconds: Map<string, number | null>;
  readonly mostPictures: Map<string, number | null>;
  /** What was granted in all, by {@link key}; and the last reset. */
  readonly grants: Map<string, number>;
  readonly resets: Map<string, number>;
}

export const lengths = {
  hour: 60 * 60 * 1000,
  day: 24 * 60 * 60 * 1000,
  week: 7 * 24 * 60 * 60 * 1000,
  month: 30 * 24 * 60 * 60 * 1000,
} as const;

export function emptyModel(caps: Caps, contentRefusalsPerDay: number): Model {
  return {
    caps,
    contentRefusalsPerDay,
    holds: [],
    limits: [],
    coolDownSeconds: new Map(),
    mostPictures: new Map(),
    grants: new Map(),
    resets: new Map(),
  };
}

export function key(guild: string, member: string): string {
  return `${guild}/${member}`;
}

/** What of a hold still is the member's to pay, and how much of that granted credits pay. */
function paidBy(hold: Hold): { readonly all: number; readonly granted: number } {
  if (hold.state === 'returned' || hold.state === 'unknown' || hold.state === 'lapsed')
    return { all: 0, granted: 0 };
  const cameBack = hold.held - hold.cost;
  return { all: hold.cost, granted: hold.fromGrant - Math.min(hold.fromGrant, cameBack) };
}

function countsIn(model: Model, pot: Pot, hold: Hold): number {
  switch (pot.kind) {
    case 'member': {
      if (hold.guild !== pot.guildId || hold.member !== pot.memberId) return 0;
      const reset = model.resets.get(key(hold.guild, hold.member));
      if (reset !== undefined && hold.at <= reset) return 0;
      const paid = paidBy(hold);
      return paid.all - paid.granted;
    }
    case 'person':
      return hold.member === pot.memberId ? paidBy(hold).all : 0;
    case 'guild':
      if (hold.guild !== pot.guildId) return 0;
      break;
    case 'bot':
      break;
  }
  return hold.state === 'returned' || hold.state === 'lapsed' ? 0 : hold.cost;
}

export function spent(model: Model, pot: Pot, lengthMs: number, now: number): Spent {
  const counted = model.holds
    .filter((hold) => hold.at > now - lengthMs)
    .map((hold) => ({ at: hold.at, credits: countsIn(model, pot, hold) }))
    .filter(({ credits }) => credits > 0);
  return {
    credits: counted.reduce((sum, { credits }) => sum + credits, 0),
    freesAt: counted.length === 0 ? null : Math.min(...counted.map(({ at }) => at)) + lengthMs,
  };
}

export function granted(model: Model, guild: string, member: string): number {
  const taken = model.holds
    .filter((hold) => hold.guild === guild && hold.member === member)
    .reduce((sum, hold) => sum + paidBy(hold).granted, 0);
  return (model.grants.get(key(guild, member)) ?? 0) - taken;
}

/** Newest first, at most 10. */
export function contentRefusals(model: Model, member: string): number[] {
  return model.holds
    .flatMap((hold) =>
      hold.member === member && hold.contentRefusedAt !== null ? [hold.contentRefusedAt] : [],
    )
    .sort((a, b) => b - a)
    .slice(0, 10);
}

export function lastBegunAt(model: Model, guild: string, member: string): number | null {
  const times = model.holds
    .filter((h) => h.guild === guild && h.member === member && h.state !== 'returned')
    .map(({ at }) => at);
  return times.length === 0 ? null : Math.max(...times);
}
