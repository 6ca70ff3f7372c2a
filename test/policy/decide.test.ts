import { describe, expect, it } from 'vitest';
import type { Standing } from '../../src/domain/ledger.ts';
import type { Refusal } from '../../src/domain/refusal.ts';
import { decide } from '../../src/policy/decide.ts';
import type { Terms } from '../../src/policy/terms.ts';
import { day, frees, hour, ids, limit, now, standing, terms } from './standing.ts';
import type { SpentBy } from './standing.ts';

const { artist, patron, member, neighbour } = ids;
const caps = { member: 40, guild: 400, bot: 4000 };

/** Four pictures at one credit each, where nothing else is said. */
function asked(
  by: Terms,
  given: {
    readonly spent?: SpentBy;
    readonly images?: number;
    readonly price?: number;
    readonly ledger?: Partial<Standing>;
  } = {},
): Refusal | { readonly fromGrant: number } {
  const { images = 4, price = 1 } = given;
  const admission = decide(by, standing(by, given.spent, given.ledger), { images, price, now });
  return admission.admitted ? { fromGrant: admission.fromGrant } : admission.refusal;
}

const passes = { fromGrant: 0 };

describe('the operator’s caps', () => {
  it.each([
    ['nothing is spent', terms({ caps }), {}],
    [
      'the last credit is just enough',
      terms({ caps }),
      { spent: { person: 36, guild: 396, bot: 3996 } },
    ],
    ['the whole cap is asked for at once', terms({ caps }), { images: 1, price: 40 }],
    ['there is no cap', terms(), { images: 4, price: 1_000_000 }],
    ['a free picture meets a spent cap', terms({ caps }), { spent: { person: 40 }, price: 0 }],
    [
      'a free picture meets a cap that was lowered',
      terms({ caps }),
      { spent: { person: 50 }, price: 0 },
    ],
    ['nothing can be spent and nothing is', terms({ caps: { bot: 0 } }), { price: 0 }],
  ])('let a request through when %s', (_, by, given) => {
    expect(asked(by, given)).toEqual(passes);
  });

  it.each([
    ['member', { person: 37 }, 40, 37],
    ['guild', { guild: 397 }, 400, 397],
    ['bot', { bot: 3997 }, 4000, 3997],
  ] as const)('refuse one credit more than the %s may spend', (whose, spent, cap, credits) => {
    expect(asked(terms({ caps }), { spent })).toEqual({
      reason: 'cap',
      whose,
      cap,
      spent: credits,
      needed: 4,
      price: 1,
      freesAt: frees,
      backAt: null,
      fits: 3,
    });
  });

  it('name the member’s own cap first, then the guild’s', () => {
    const by = terms({ caps });
    expect(asked(by, { spent: { person: 40, guild: 400, bot: 4000 } })).toMatchObject({
      whose: 'member',
    });
    expect(asked(by, { spent: { guild: 400, bot: 4000 } })).toMatchObject({ whose: 'guild' });
  });

  it('promise nothing that waiting cannot bring: more than the whole cap never frees up', () => {
    expect(asked(terms({ caps: { member: 3 } }), { spent: { person: 1 } })).toMatchObject({
      freesAt: null,
    });
    expect(asked(terms({ caps: { member: 0 } }))).toMatchObject({ cap: 0, freesAt: null, fits: 0 });
    expect(asked(terms({ caps: { member: 4 } }), { spent: { person: 1 } })).toMatchObject({
      freesAt: frees,
    });
  });

  it('refuse while a lowered cap is already overspent', () => {
    const by = terms({ caps: { member: 20 } });
    expect(asked(by, { spent: { person: 30 }, images: 1 })).toMatchObject({ spent: 30, fits: 0 });
  });

  it('are not lifted by granted credits', () => {
    const by = terms({ caps });
    expect(asked(by, { spent: { person: 38 }, ledger: { granted: 100 } })).toMatchObject({
      reason: 'cap',
      fits: 2,
    });
  });
});

describe('the limits on members', () => {
  it('refuse with the rule, all numbers, and how many pictures would pass', () => {
    const by = terms({ limits: [limit('each-member', 'week', 10)] });
    const given = { spent: { member: { week: 7 } }, price: 2, ledger: { granted: 1 } };
    expect(asked(by, given)).toEqual({
      reason: 'limit',
      subject: { kind: 'each-member' },
      period: 'week',
      limit: 10,
      spent: 7,
      needed: 8,
      price: 2,
      granted: 1,
      freesAt: frees,
      backAt: null,
      fits: 2,
    });
  });

  it.each([
    ['each member’s where nothing else is set', [limit('each-member', 'day', 3)], 'each-member'],
    [
      'a role’s in place of each member’s',
      [limit('each-member', 'day', 100), limit({ role: artist }, 'day', 3)],
      'role',
    ],
    [
      'the member’s own in place of all others',
      [
        limit('each-member', 'day', 100),
        limit({ role: artist }, 'day', 100),
        limit({ member }, 'day', 3),
      ],
      'member',
    ],
  ])('%s decide', (_, limits, kind) => {
    expect(asked(terms({ limits, roles: [artist] }))).toMatchObject({
      reason: 'limit',
      subject: { kind },
      limit: 3,
    });
  });

  it.each([
    [
      'a role’s where each member’s is spent',
      [limit('each-member', 'day', 0), limit({ role: artist }, 'day', 4)],
    ],
    [
      'the member’s own where their role is shut out',
      [limit({ role: artist }, 'day', 0), limit({ member }, 'week', 4)],
    ],
    [
      'one of several roles',
      [limit({ role: artist }, 'day', 1), limit({ role: patron }, 'hour', 4)],
    ],
    ['a role that the member does not have', [limit({ role: '9007199254740998' }, 'day', 0)]],
    ['another member’s, whose id is next', [limit({ member: neighbour }, 'day', 0)]],
  ])('let through by %s', (_, limits) => {
    expect(asked(terms({ limits, roles: [artist, patron] }))).toEqual(passes);
  });

  it('must all be kept where a subject has several', () => {
    const by = terms({
      limits: [limit('each-member', 'hour', 4), limit('each-member', 'week', 20)],
    });
    expect(asked(by)).toEqual(passes);
    expect(asked(by, { spent: { member: { hour: 1, week: 1 } } })).toMatchObject({
      period: 'hour',
    });
    expect(asked(by, { spent: { member: { week: 18 } } })).toMatchObject({ period: 'week' });
  });

  it('do not let a request through by the hour of one role and the week of another', () => {
    const limits = [
      limit({ role: artist }, 'hour', 10),
      limit({ role: artist }, 'week', 2),
      limit({ role: patron }, 'hour', 2),
      limit({ role: patron }, 'week', 10),
    ];
    expect(asked(terms({ limits, roles: [artist, patron] }))).toMatchObject({ reason: 'limit' });
  });

  it('of several roles tell the one that lets the member back first', () => {
    const limits = [limit({ role: artist }, 'month', 5), limit({ role: patron }, 'hour', 5)];
    const by = terms({ limits, roles: [artist, patron] });
    expect(asked(by, { spent: { member: 5 } })).toMatchObject({ period: 'hour' });
    expect(asked(by, { spent: { member: 5 }, images: 4, price: 2 })).toMatchObject({
      freesAt: null,
    });
  });

  it('a role’s 0 shuts out whatever other roles, granted credits or the price say', () => {
    const limits = [limit({ role: artist }, 'day', 100), limit({ role: patron }, 'week', 0)];
    const by = terms({ limits, roles: [artist, patron] });
    expect(asked(by, { ledger: { granted: 100 } })).toEqual({ reason: 'shut-out', roleId: patron });
    expect(asked(by, { price: 0 })).toEqual({ reason: 'shut-out', roleId: patron });
  });

  it.each([
    ['each member', limit('each-member', 'day', 0)],
    ['a member', limit({ member }, 'hour', 0)],
    ['the guild', limit('guild', 'month', 0)],
  ])('of 0 for %s refuse for good', (_, zero) => {
    expect(asked(terms({ limits: [zero] }), { images: 1 })).toMatchObject({
      reason: 'limit',
      subject: zero.subject,
      limit: 0,
      freesAt: null,
      backAt: null,
      fits: 0,
    });
  });

  it('let nobody’s roles count but those they have now: a member who left keeps only each member’s', () => {
    const limits = [limit({ role: artist }, 'day', 100), limit('each-member', 'day', 1)];
    expect(asked(terms({ limits, roles: [artist] }))).toEqual(passes);
    expect(asked(terms({ limits, roles: [] }))).toMatchObject({ subject: { kind: 'each-member' } });
  });
});

describe('granted credits', () => {
  it('pay what is above the allowance, and no more', () => {
    const by = terms({ limits: [limit('each-member', 'day', 10)] });
    expect(asked(by, { spent: { member: 8 }, ledger: { granted: 2 } })).toEqual({ fromGrant: 2 });
    expect(asked(by, { spent: { member: 20 }, ledger: { granted: 9 } })).toEqual({ fromGrant: 4 });
    expect(asked(by, { spent: { member: 6 }, ledger: { granted: 9 } })).toEqual(passes);
  });

  it('are asked for least by the role that leaves most', () => {
    const limits = [limit({ role: artist }, 'day', 1), limit({ role: patron }, 'day', 3)];
    const by = terms({ limits, roles: [artist, patron] });
    expect(asked(by, { ledger: { granted: 5 } })).toEqual({ fromGrant: 1 });
  });

  it('lift a member’s own limit of 0', () => {
    const by = terms({ limits: [limit({ member }, 'day', 0)] });
    expect(asked(by, { ledger: { granted: 4 } })).toEqual({ fromGrant: 4 });
  });

  it('do not lift the guild’s limit', () => {
    const by = terms({ limits: [limit('guild', 'day', 3)] });
    expect(asked(by, { ledger: { granted: 50 } })).toMatchObject({
      reason: 'limit',
      subject: { kind: 'guild' },
      granted: 0,
      fits: 3,
    });
  });

  it('count for how many pictures would pass, within what else holds', () => {
    const limits = [limit('each-member', 'day', 1)];
    const ledger = { granted: 2 };
    expect(asked(terms({ limits }), { ledger })).toMatchObject({ fits: 3 });
    expect(asked(terms({ limits, caps: { bot: 2 } }), { ledger })).toMatchObject({ fits: 2 });
    expect(asked(terms({ limits }), { ledger, price: 2 })).toMatchObject({ fits: 1 });
    expect(asked(terms({ limits }), { ledger, price: 4 })).toMatchObject({ fits: 0 });
  });
});

describe('where several limits refuse', () => {
  const all = (guild: number, own: number): Terms =>
    terms({ limits: [limit('guild', 'week', guild), limit('each-member', 'day', own)], caps });

  it('the longest window is told, since it takes longest', () => {
    expect(asked(all(10, 10), { spent: { member: 10, guild: 10 } })).toMatchObject({
      period: 'week',
    });
  });

  it('one that waiting cannot bring is told before all others', () => {
    expect(asked(all(10, 3), { spent: { member: 3, guild: 10 } })).toMatchObject({ period: 'day' });
  });

  it('of one length the member’s own is told before the guild’s and the operator’s', () => {
    const limits = [limit('guild', 'day', 10), limit('each-member', 'day', 10)];
    const spent = { member: 10, person: 40, guild: 400, bot: 4000 };
    expect(asked(terms({ limits, caps }), { spent })).toMatchObject({
      reason: 'limit',
      subject: { kind: 'each-member' },
    });
    expect(asked(terms({ limits: limits.slice(0, 1), caps }), { spent })).toMatchObject({
      reason: 'cap',
      whose: 'member',
    });
  });

  it('of the guild’s limit and the operator’s cap on it the narrower is told', () => {
    const limits = [limit('guild', 'day', 300)];
    const spent = { guild: 500 };
    expect(asked(terms({ limits, caps }), { spent })).toMatchObject({ reason: 'limit' });
    expect(asked(terms({ limits, caps: { guild: 200 } }), { spent })).toMatchObject({ cap: 200 });
  });
});

describe('the cool-down', () => {
  const by = terms({
    rules: {
      requests: { mostPictures: null, running: null, waiting: null, coolDownSeconds: 90 },
    },
  });

  it('refuses until so many seconds after the latest request began', () => {
    const lastBegunAt = now - 89_999;
    expect(asked(by, { ledger: { lastBegunAt } })).toEqual({
      reason: 'cool-down',
      until: now + 1,
      seconds: 90,
    });
    expect(asked(by, { ledger: { lastBegunAt: now - 90_000 } })).toEqual(passes);
    expect(asked(by)).toEqual(passes);
  });

  it('holds for free pictures too, and is told after what takes longer', () => {
    const ledger = { lastBegunAt: now };
    expect(asked(by, { ledger, price: 0 })).toMatchObject({ reason: 'cool-down' });
    const spent = terms({ rules: by.rules, caps: { member: 1 } });
    expect(asked(spent, { ledger })).toMatchObject({ reason: 'cap' });
  });
});

describe('content refusals', () => {
  it.each([
    ['none', []],
    ['two of three allowed', [now - hour, now - 2 * hour]],
    ['three, but spread over more than 24 h', [now - hour, now - 2 * hour, now - hour - day - 1]],
    ['three, of which the last is 24 h ago', [now - day, now - day - 1, now - day - 2]],
  ])('let a member go on who had %s', (_, contentRefusals) => {
    expect(asked(terms(), { ledger: { contentRefusals } })).toEqual(passes);
  });

  it.each([
    ['a moment ago', [now, now - 1, now - 2], now + day],
    ['exactly 24 h apart', [now - hour, now - 2 * hour, now - hour - day], now - hour + day],
    ['almost a day ago', [now - day + 1, now - day, now - day - 1], now + 1],
    ['and more before', [now - hour, now - hour, now - hour, now - 2 * hour], now - hour + day],
  ])('pause a member for 24 h after the last of three: %s', (_, contentRefusals, until) => {
    expect(asked(terms(), { ledger: { contentRefusals } })).toEqual({
      reason: 'content-refusals',
      count: 3,
      until,
    });
  });

  it('come before caps, and count as the operator has set', () => {
    const given = { spent: { person: 40 }, ledger: { contentRefusals: [now - hour] } };
    expect(asked(terms({ caps, contentRefusalsPerDay: 1 }), given)).toMatchObject({
      reason: 'content-refusals',
      count: 1,
    });
    expect(asked(terms({ caps, contentRefusalsPerDay: 2 }), given)).toMatchObject({
      reason: 'cap',
    });
  });
});

it('figures of other windows are not taken for these: it throws', () => {
  const by = terms({ caps });
  expect(() => decide(by, { ...standing(by), spent: [] }, { images: 1, price: 1, now })).toThrow(
    /standing/,
  );
});
