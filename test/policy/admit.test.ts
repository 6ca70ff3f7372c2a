import { describe, expect, it } from 'vitest';
import type { Caps, Usage } from '../../src/domain/ledger.ts';
import type { Refusal } from '../../src/domain/refusal.ts';
import type { Standing } from '../../src/domain/store.ts';
import { admit } from '../../src/policy/admit.ts';

const now = Date.UTC(2026, 0, 15);
const hour = 60 * 60_000;
const day = 24 * hour;
const frees = now + hour;

function usage(spent: Partial<Record<keyof Usage, number>>): Usage {
  const of = (credits = 0): Usage['member'] => ({ credits, freesAt: credits > 0 ? frees : null });
  return { member: of(spent.member), guild: of(spent.guild), bot: of(spent.bot) };
}

function asked(
  given: {
    readonly spent?: Partial<Record<keyof Usage, number>>;
    readonly caps?: Partial<Caps>;
    readonly credits?: number;
    readonly refusals?: readonly number[];
    readonly allowed?: number;
  } = {},
): Refusal | undefined {
  const standing: Standing = {
    usage: usage(given.spent ?? {}),
    contentRefusals: given.refusals ?? [],
  };
  return admit(standing, {
    images: given.credits ?? 4,
    price: 1,
    caps: { member: 40, guild: 400, bot: 4000, ...given.caps },
    contentRefusalsPerDay: given.allowed ?? 3,
    now,
  });
}

describe('caps', () => {
  it.each([
    ['nothing is spent', { spent: {} }],
    ['the last credit is just enough', { spent: { member: 36, guild: 396, bot: 3996 } }],
    ['the whole cap is asked for at once', { credits: 40 }],
    ['there is no cap', { caps: { member: null, guild: null, bot: null }, credits: 1_000_000 }],
    ['a free picture meets a spent cap', { spent: { member: 40 }, credits: 0 }],
  ])('let a request through when %s', (_, given) => {
    expect(asked(given)).toBeUndefined();
  });

  it.each([
    ['member', { member: 37 }, 40, 37],
    ['guild', { guild: 397 }, 400, 397],
    ['bot', { bot: 3997 }, 4000, 3997],
  ] as const)('refuse one credit more than the %s may spend', (whose, spent, cap, credits) => {
    expect(asked({ spent })).toEqual({
      reason: 'cap',
      whose,
      cap,
      spent: credits,
      needed: 4,
      price: 1,
      freesAt: frees,
    });
  });

  it('name the member’s own cap first, then the guild’s', () => {
    expect(asked({ spent: { member: 40, guild: 400, bot: 4000 } })).toMatchObject({
      whose: 'member',
    });
    expect(asked({ spent: { guild: 400, bot: 4000 } })).toMatchObject({ whose: 'guild' });
  });

  it('promise nothing that waiting cannot bring: more than the whole cap never frees up', () => {
    expect(asked({ spent: { member: 1 }, caps: { member: 3 } })).toMatchObject({ freesAt: null });
    expect(asked({ caps: { member: 0 } })).toMatchObject({ cap: 0, freesAt: null });
    expect(asked({ spent: { member: 1 }, caps: { member: 4 } })).toMatchObject({ freesAt: frees });
  });

  it('refuse while a lowered cap is already overspent', () => {
    expect(asked({ spent: { member: 30 }, caps: { member: 20 }, credits: 1 })).toMatchObject({
      spent: 30,
      cap: 20,
    });
  });
});

describe('content refusals', () => {
  it.each([
    ['none', []],
    ['two of three allowed', [now - hour, now - 2 * hour]],
    ['three, but spread over more than 24 h', [now - hour, now - 2 * hour, now - hour - day - 1]],
    ['three, of which the last is 24 h ago', [now - day, now - day - 1, now - day - 2]],
  ])('let a member go on who had %s', (_, refusals) => {
    expect(asked({ refusals })).toBeUndefined();
  });

  it.each([
    ['a moment ago', [now, now - 1, now - 2], now + day],
    ['exactly 24 h apart', [now - hour, now - 2 * hour, now - hour - day], now - hour + day],
    ['almost a day ago', [now - day + 1, now - day, now - day - 1], now + 1],
    ['and more before', [now - hour, now - hour, now - hour, now - 2 * hour], now - hour + day],
  ])('pause a member for 24 h after the last of three: %s', (_, refusals, until) => {
    expect(asked({ refusals })).toEqual({ reason: 'content-refusals', count: 3, until });
  });

  it('come before caps, and count as the operator has set', () => {
    const given = { refusals: [now - hour], allowed: 1, spent: { member: 40 } };
    expect(asked(given)).toMatchObject({ reason: 'content-refusals', count: 1 });
    expect(asked({ ...given, allowed: 2 })).toMatchObject({ reason: 'cap' });
  });
});
