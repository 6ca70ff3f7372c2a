import * as fc from 'fast-check';
import type { Caps } from '../../../src/domain/ledger.ts';
import type { Period } from '../../../src/domain/rule.ts';

/** Two guilds, three members and three roles; numbers below these name them. */
export const world = { guilds: 2, members: 3, roles: 3 } as const;

export type Subject =
  | { readonly of: 'each-member' | 'guild' }
  | { readonly of: 'role' | 'member'; readonly index: number };

/** How a generation goes on; what is not possible where it stands must change nothing. */
const everyStep = [
  'send',
  'settle',
  'return-queued',
  'return-sent',
  'refuse-content',
  'write-off',
  'blank',
  'lapse',
] as const;
export type Step = (typeof everyStep)[number];

/** One thing that happens. Numbers that choose are taken modulo what there is. */
export type Action =
  | {
      readonly do: 'ask';
      readonly guild: number;
      readonly member: number;
      readonly images: number;
      readonly price: number;
    }
  | { readonly do: 'repeat'; readonly which: number }
  | {
      readonly do: 'end';
      readonly which: number;
      readonly steps: readonly Step[];
      /** So many pictures fewer than asked for were made. */
      readonly fewer: number;
    }
  | {
      readonly do: 'limit';
      readonly guild: number;
      readonly subject: Subject;
      readonly period: Period;
      /** `null` removes it. */
      readonly credits: number | null;
    }
  | {
      readonly do: 'requests';
      readonly guild: number;
      readonly coolDownSeconds: number | null;
      readonly mostPictures: number | null;
    }
  | {
      readonly do: 'grant';
      readonly guild: number;
      readonly member: number;
      readonly credits: number;
    }
  | { readonly do: 'reset'; readonly guild: number; readonly member: number }
  | {
      readonly do: 'roles';
      readonly guild: number;
      readonly member: number;
      readonly roles: readonly number[];
    }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'restart' };

export interface Sequence {
  readonly caps: Caps;
  readonly contentRefusalsPerDay: number;
  /** How far into an hour it begins, ms. */
  readonly offsetMs: number;
  readonly actions: readonly Action[];
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

// Most of it in one place, where it meets.
const guild = fc.constantFrom(0, 0, 0, 0, 1);
const member = fc.constantFrom(0, 0, 0, 1, 2);
const role = fc.constantFrom(0, 0, 1, 2);
const which = fc.nat(30);
const period = fc.constantFrom<Period>('hour', 'day', 'week', 'month');

const subject: fc.Arbitrary<Subject> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ of: fc.constant('each-member' as const) }) },
  { weight: 4, arbitrary: fc.record({ of: fc.constant('role' as const), index: role }) },
  { weight: 2, arbitrary: fc.record({ of: fc.constant('member' as const), index: member }) },
  { weight: 2, arbitrary: fc.record({ of: fc.constant('guild' as const) }) },
);

const limit: fc.Arbitrary<Action> = fc.record({
  do: fc.constant('limit' as const),
  guild,
  subject,
  period,
  credits: fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 1, max: 10 }) },
    { weight: 2, arbitrary: fc.constant(0) },
  ),
});

const steps: fc.Arbitrary<readonly Step[]> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Step[]>(['send', 'settle']) },
  {
    weight: 3,
    arbitrary: fc.constantFrom<Step[]>(
      ['return-queued'],
      ['send', 'return-sent'],
      ['send', 'refuse-content'],
      ['send', 'write-off'],
      ['send', 'settle', 'blank'],
      ['send', 'settle', 'lapse'],
    ),
  },
  {
    weight: 2,
    arbitrary: fc.array(fc.constantFrom(...everyStep), { minLength: 1, maxLength: 3 }),
  },
);

/** Minutes to weeks, and the very edges of windows. */
const ms = fc.oneof(
  fc.constantFrom(1, hour - 1, hour, hour + 1, day - 1, day, day + 1, 7 * day, 30 * day),
  fc.integer({ min: 1, max: 180 }).map((n) => n * minute),
  fc.integer({ min: 1, max: 40 }).map((n) => n * 6 * hour),
);

const roles: fc.Arbitrary<Action> = fc.record({
  do: fc.constant('roles' as const),
  guild,
  member,
  roles: fc.uniqueArray(role, { maxLength: world.roles }),
});

const requests: fc.Arbitrary<Action> = fc.record({
  do: fc.constant('requests' as const),
  guild,
  coolDownSeconds: fc.constantFrom(null, 0, 60, 3600, 90_000),
  mostPictures: fc.constantFrom(null, null, 4, 3, 2),
});

const grant: fc.Arbitrary<Action> = fc.record({
  do: fc.constant('grant' as const),
  guild,
  member,
  credits: fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 1, max: 12 }) },
    { weight: 1, arbitrary: fc.integer({ min: -12, max: -1 }) },
  ),
});

const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 110,
    arbitrary: fc.record({
      do: fc.constant('ask' as const),
      guild,
      member,
      images: fc.integer({ min: 1, max: 4 }),
      price: fc.constantFrom(1, 1, 2, 2, 3, 0),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('repeat' as const), which }) },
  {
    weight: 40,
    arbitrary: fc.record({ do: fc.constant('end' as const), which, steps, fewer: fc.nat(4) }),
  },
  { weight: 30, arbitrary: limit },
  {
    weight: 8,
    arbitrary: limit.map((given): Action => ({ ...given, credits: null }) as Action),
  },
  { weight: 8, arbitrary: requests },
  { weight: 24, arbitrary: grant },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('reset' as const), guild, member }) },
  { weight: 16, arbitrary: roles },
  { weight: 32, arbitrary: fc.record({ do: fc.constant('wait' as const), ms }) },
  { weight: 1, arbitrary: fc.constant({ do: 'restart' as const }) },
);

/** What moderators begin with. */
const first = fc.oneof(
  { weight: 4, arbitrary: limit },
  { weight: 2, arbitrary: roles },
  grant,
  requests,
);

const cap = (max: number): fc.Arbitrary<number | null> =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constant(null) },
    { weight: 4, arbitrary: fc.integer({ min: 8, max }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 8 }) },
  );

export const sequences: fc.Arbitrary<Sequence> = fc.record({
  caps: fc.record({ member: cap(30), guild: cap(50), bot: cap(80) }),
  contentRefusalsPerDay: fc.integer({ min: 1, max: 3 }),
  offsetMs: fc.nat(hour - 1),
  actions: fc
    .tuple(
      fc.array(first, { maxLength: 5 }),
      fc.array(action, { minLength: 6, maxLength: 26, size: 'max' }),
    )
    .map(([set, then]) => [...set, ...then]),
});
