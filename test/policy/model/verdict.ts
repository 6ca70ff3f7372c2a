import type { Pot, Window } from '../../../src/domain/ledger.ts';
import { contentRefusals, granted, lastBegunAt, lengths, spent } from './model.ts';
import type { Model, ModelLimit, Who } from './model.ts';

/** What the model says to a request. */
export type ModelVerdict =
  | { readonly says: 'yes'; readonly fromGrant: number }
  /** Before the ledger is asked. */
  | { readonly says: 'too-many-pictures'; readonly most: number }
  | { readonly says: 'shut-out'; readonly roles: readonly string[] }
  | { readonly says: 'content-refusals'; readonly until: number }
  /** `fits` pictures would pass. */
  | { readonly says: 'credits'; readonly fits: number }
  | { readonly says: 'cool-down'; readonly until: number };

export interface ModelAsk extends Who {
  readonly images: number;
  readonly price: number;
  readonly now: number;
}

export function modelVerdict(model: Model, ask: ModelAsk): ModelVerdict {
  const { now } = ask;
  const most = model.mostPictures.get(ask.guild) ?? 4;
  if (ask.images > most) return { says: 'too-many-pictures', most };

  const roles = shuttingRoles(model, ask);
  if (roles.length > 0) return { says: 'shut-out', roles };

  const pausedUntil = contentPause(model, ask.member);
  if (pausedUntil > now) return { says: 'content-refusals', until: pausedUntil };

  const fromGrant = leastGrant(model, ask, ask.images * ask.price);
  if (fromGrant === undefined) {
    let fits = 0;
    for (let images = 1; images < ask.images; images += 1)
      if (leastGrant(model, ask, images * ask.price) !== undefined) fits = images;
    return { says: 'credits', fits };
  }

  const last = lastBegunAt(model, ask.guild, ask.member);
  const seconds = model.coolDownSeconds.get(ask.guild) ?? 0;
  if (last !== null && last + seconds * 1000 > now)
    return { says: 'cool-down', until: last + seconds * 1000 };
  return { says: 'yes', fromGrant };
}

/** The most credits that pass without granted ones, up to the given number; `undefined` where all do. */
export function creditsLeft(model: Model, who: Who, now: number, upTo: number): number | undefined {
  if (shuttingRoles(model, who).length > 0) return 0;
  for (let credits = upTo; credits >= 0; credits -= 1)
    if (passes(model, who, now, credits, 0)) return credits === upTo ? undefined : credits;
  return 0;
}

/** With how few granted credits so many pass; `undefined` where not even with all. */
function leastGrant(model: Model, ask: ModelAsk, credits: number): number | undefined {
  const most = Math.min(credits, granted(model, ask.guild, ask.member));
  for (let fromGrant = 0; fromGrant <= most; fromGrant += 1)
    if (passes(model, ask, ask.now, credits, fromGrant)) return fromGrant;
  return undefined;
}

function passes(model: Model, who: Who, now: number, credits: number, fromGrant: number): boolean {
  const within = (pot: Pot, lengthMs: number, limit: number, more: number): boolean =>
    more === 0 || spent(model, pot, lengthMs, now).credits + more <= limit;
  const keeps = (limit: ModelLimit, more: number): boolean =>
    within(potOf(limit, who), lengths[limit.period], limit.credits, more);
  const { caps } = model;
  const everywhere: Pot = { kind: 'person', memberId: who.member };
  const here: Pot = { kind: 'guild', guildId: who.guild };
  if (caps.member !== null && !within(everywhere, lengths.day, caps.member, credits)) return false;
  if (caps.guild !== null && !within(here, lengths.day, caps.guild, credits)) return false;
  if (caps.bot !== null && !within({ kind: 'bot' }, lengths.day, caps.bot, credits)) return false;
  if (!limitsOf(model, who, 'guild').every((limit) => keeps(limit, credits))) return false;

  const own = credits - fromGrant;
  const ofMember = limitsOf(model, who, 'member');
  if (ofMember.length > 0) return ofMember.every((limit) => keeps(limit, own));
  const withLimits = rolesWithLimits(model, who);
  if (withLimits.length > 0)
    return withLimits.some((role) =>
      limitsOf(model, who, 'role')
        .filter(({ id }) => id === role)
        .every((limit) => keeps(limit, own)),
    );
  return limitsOf(model, who, 'each-member').every((limit) => keeps(limit, own));
}

export function potOf(limit: Pick<ModelLimit, 'of'>, { guild, member }: Who): Pot {
  return limit.of === 'guild'
    ? { kind: 'guild', guildId: guild }
    : { kind: 'member', guildId: guild, memberId: member };
}

function limitsOf(model: Model, who: Who, of: ModelLimit['of']): ModelLimit[] {
  return model.limits.filter((limit) => {
    if (limit.guild !== who.guild || limit.of !== of) return false;
    if (of === 'member') return limit.id === who.member;
    return of !== 'role' || who.roles.includes(limit.id);
  });
}

function rolesWithLimits(model: Model, who: Who): string[] {
  return who.roles.filter((role) => limitsOf(model, who, 'role').some(({ id }) => id === role));
}

function shuttingRoles(model: Model, who: Who): string[] {
  if (limitsOf(model, who, 'member').length > 0) return [];
  return limitsOf(model, who, 'role').flatMap(({ id, credits }) => (credits === 0 ? [id] : []));
}

function contentPause(model: Model, member: string): number {
  const times = contentRefusals(model, member);
  const counted = times.slice(0, model.contentRefusalsPerDay);
  const [latest] = counted;
  const first = counted.at(-1);
  if (latest === undefined || first === undefined) return -Infinity;
  if (counted.length < model.contentRefusalsPerDay || latest - first > lengths.day)
    return -Infinity;
  return latest + lengths.day;
}

/**
 * When so many credits would pass in one window if nothing else happened: every moment at which
 * something leaves it is tried. `null` where they never would.
 */
export function passesAt(
  model: Model,
  { pot, lengthMs }: Window,
  limit: number,
  credits: number,
  now: number,
): number | null {
  const moments = model.holds
    .map((hold) => hold.at + lengthMs)
    .filter((at) => at > now)
    .sort((a, b) => a - b);
  return moments.find((at) => spent(model, pot, lengthMs, at).credits + credits <= limit) ?? null;
}
