import { describe, expect, it } from 'vitest';
import type { Failure } from '../../src/domain/failure.ts';
import type { OperatorNotice } from '../../src/domain/operator.ts';
import type { Refusal } from '../../src/domain/refusal.ts';
import type { LimitSubject } from '../../src/domain/rule.ts';
import { en } from '../../src/messages/en.ts';

// Each record must name every member of its union, so that a new one cannot go without a sentence.

const at = Date.UTC(2026, 0, 15, 12, 0, 0, 500);

const sums = [
  { spent: 38, needed: 4, price: 1, freesAt: at, backAt: at, fits: 2 },
  { spent: 0, needed: 1, price: 1, freesAt: null, backAt: null, fits: 0 },
  { spent: 50, needed: 1, price: 1, freesAt: at, backAt: null, fits: 0 },
];

const subjects: readonly LimitSubject[] = [
  { kind: 'each-member' },
  { kind: 'role', roleId: '9'.repeat(19) },
  { kind: 'member', memberId: '9'.repeat(19) },
  { kind: 'guild' },
];

const refusals: Record<Refusal['reason'], readonly Refusal[]> = {
  option: [
    {
      reason: 'option',
      option: 'prompt',
      given: 'ab',
      allowed: { kind: 'length', min: 3, max: 1024, length: 2 },
    },
    {
      reason: 'option',
      option: 'images',
      given: '5',
      allowed: { kind: 'integer', min: 1, max: 4 },
    },
    {
      reason: 'option',
      option: 'guidance',
      given: '',
      allowed: { kind: 'number', min: 1, max: 49.99 },
    },
    { reason: 'option', option: 'private', given: 'yes', allowed: { kind: 'boolean' } },
    {
      reason: 'option',
      option: 'per',
      given: 'year',
      allowed: { kind: 'choice', choices: ['hour', 'day'] },
    },
    {
      reason: 'option',
      option: 'for',
      given: 'x',
      allowed: { kind: 'like', what: 'a role or a member', example: '@Regulars' },
    },
    {
      reason: 'option',
      option: 'image',
      given: 'fox.gif',
      allowed: { kind: 'picture', types: ['image/png'], maxBytes: 5_000_000 },
    },
    {
      reason: 'option',
      option: 'model-2',
      given: 'claid',
      allowed: { kind: 'different' },
    },
    {
      reason: 'option',
      option: 'strength',
      given: '0.5',
      allowed: { kind: 'only-with', other: 'image' },
    },
  ],
  'guild-only': [{ reason: 'guild-only' }],
  'guild-not-allowed': [{ reason: 'guild-not-allowed' }],
  blocked: [{ reason: 'blocked' }],
  'missing-permissions': [
    { reason: 'missing-permissions', permissions: ['Attach Files'] },
    {
      reason: 'missing-permissions',
      permissions: ['View Channel', 'Send Messages', 'Attach Files'],
    },
  ],
  'queue-full': [
    { reason: 'queue-full', whose: 'member', limit: 3, ahead: 4, backAt: at },
    { reason: 'queue-full', whose: 'guild', limit: 1, ahead: 1, backAt: at },
  ],
  cap: (['member', 'guild', 'bot'] as const).flatMap((whose) =>
    sums.map((sum) => ({ reason: 'cap', whose, cap: 40, ...sum })),
  ),
  limit: subjects.flatMap((subject) =>
    (['hour', 'day', 'week', 'month'] as const).flatMap((period) =>
      sums.map((sum) => ({ reason: 'limit', subject, period, limit: 40, granted: 3, ...sum })),
    ),
  ),
  'shut-out': [{ reason: 'shut-out', roleId: '9'.repeat(19) }],
  'too-many-pictures': [{ reason: 'too-many-pictures', most: 1, asked: 4 }],
  'cool-down': [{ reason: 'cool-down', until: at, seconds: 1 }],
  channel: [
    { reason: 'channel', allowedIn: [] },
    { reason: 'channel', allowedIn: ['1', '2'] },
  ],
  words: [
    {
      reason: 'words',
      hits: [{ rule: { id: 'a', kind: 'words', text: 'cat', dryRun: false }, found: 'C@T' }],
    },
    {
      reason: 'words',
      hits: ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => ({
        rule: { id, kind: 'pattern', text: '.*', dryRun: false },
        found: id + '*'.repeat(1000),
      })),
    },
  ],
  'blocked-here': [
    { reason: 'blocked-here', until: null, why: null },
    { reason: 'blocked-here', until: at, why: 'too many *cats*.' },
  ],
  stopped: [
    { reason: 'stopped', why: null },
    { reason: 'stopped', why: 'an exam.' },
  ],
  'not-moderator': [{ reason: 'not-moderator', needs: 'Manage Server' }],
  'above-operator': [
    {
      reason: 'above-operator',
      option: 'credits',
      given: 50_000,
      most: 40,
      setting: 'MEMBER_CREDITS_PER_DAY',
    },
  ],
  'not-set': (
    [
      'limit',
      'channel-rule',
      'word-rule',
      'log-channel',
      'moderator-role',
      'block',
      'grant',
    ] as const
  ).map((what) => ({ reason: 'not-set', what })),
  'no-change': (['rule', 'rules', 'stopped', 'started'] as const).map((what) => ({
    reason: 'no-change',
    what,
  })),
  'too-many-rules': (['limits', 'channels', 'words', 'blocks'] as const).map((what) => ({
    reason: 'too-many-rules',
    most: 1000,
    what,
  })),
  'bad-word-rule': [
    {
      reason: 'bad-word-rule',
      text: '(',
      problem: { kind: 'open-parenthesis' },
    },
    {
      reason: 'bad-word-rule',
      text: 'x',
      problem: { kind: 'too-long', of: 'words', length: 1001, most: 100 },
    },
  ],
  'everyones-role': [{ reason: 'everyones-role' }],
  'is-bot': [{ reason: 'is-bot' }],
  'cannot-post': [{ reason: 'cannot-post', channelId: '1', permissions: ['Send Messages'] }],
  'asked-already': [{ reason: 'asked-already' }],
  'content-refusals': [{ reason: 'content-refusals', count: 3, until: at }],
  'no-room': [{ reason: 'no-room' }],
  'account-closed': [{ reason: 'account-closed', until: at }],
  unavailable: [{ reason: 'unavailable', model: 'Stablecog FLUX.1', until: at }],
  'not-honoured': [
    {
      reason: 'not-honoured',
      model: 'Claid',
      closest: null,
      options: [
        { option: 'seed', given: '7', allowed: null },
        { option: 'guidance', given: '60', allowed: { kind: 'number', min: 1, max: 49.99 } },
        { option: 'images', given: '2', allowed: { kind: 'integer', min: 1, max: 1 } },
        {
          option: 'prompt',
          given: 'a fox',
          allowed: { kind: 'length', min: 3, max: 500, length: 1_024 },
        },
        { option: 'aspect', given: '1:3', allowed: { kind: 'choice', choices: ['1:1', '3:2'] } },
        {
          option: 'image',
          given: 'image/gif',
          allowed: { kind: 'picture', types: ['image/png', 'image/jpeg'], maxBytes: 5_000_000 },
        },
      ],
      can: ['Stablecog SDXL', 'Kidjig Flux'],
    },
    {
      reason: 'not-honoured',
      model: null,
      closest: 'Claid',
      options: [{ option: 'steps', given: '30', allowed: null }],
      can: [],
    },
  ],
  'model-not-allowed': [
    { reason: 'model-not-allowed', model: 'Claid', known: true, allowed: ['Stablecog SDXL'] },
    { reason: 'model-not-allowed', model: 'midjourney', known: false, allowed: [] },
  ],
  'no-model': [{ reason: 'no-model' }],
  'model-unsuitable': (['private', 'age-restricted'] as const).map((why) => ({
    reason: 'model-unsuitable',
    model: 'Stablecog FLUX.1',
    why,
    can: ['Claid'],
  })),
  'unknown-style': [
    { reason: 'unknown-style', style: 'noir', known: ['Ink', 'Anime'] },
    { reason: 'unknown-style', style: 'noir', known: [] },
  ],
  'style-words': [
    {
      reason: 'style-words',
      hits: [{ rule: { id: 'w1', kind: 'words', text: 'blood', dryRun: false }, found: 'BLOOD' }],
    },
  ],
  'too-many-models': [{ reason: 'too-many-models', most: 2, asked: 4 }],
  'price-changed': [{ reason: 'price-changed', credits: 7 }],
  'age-restricted': [{ reason: 'age-restricted' }],
  'style-exists': [{ reason: 'style-exists', style: 'Noir' }],
  stopping: [{ reason: 'stopping' }],
  'not-yours': [
    { reason: 'not-yours', needs: 'author' },
    { reason: 'not-yours', needs: 'author-or-manage-messages' },
  ],
  'too-late': [{ reason: 'too-late' }],
  over: [{ reason: 'over' }],
  gone: [{ reason: 'gone' }],
  bug: [{ reason: 'bug', incident: '1a2b3c4d', spentNothing: true }],
};

const failureKinds: Record<Failure['kind'], true> = {
  refused: true,
  invalid: true,
  busy: true,
  'no-credits': true,
  unauthorized: true,
  forbidden: true,
  unavailable: true,
  protocol: true,
  timeout: true,
  cancelled: true,
  stopped: true,
  expired: true,
  withdrawn: true,
  'account-closed': true,
  bug: true,
};

const notices: Record<OperatorNotice['kind'], readonly OperatorNotice[]> = {
  'account-closed': ['unauthorized', 'forbidden', 'no-credits', 'anything'].map((why) => ({
    kind: 'account-closed',
    provider: 'Claid',
    setting: 'CLAID_API_KEY',
    why,
    until: at,
  })),
  'provider-out': [
    { kind: 'provider-out', provider: 'Claid', why: 'Claid answered 503', until: at },
  ],
  'provider-back': [{ kind: 'provider-back', provider: 'Claid' }],
  spend: [{ kind: 'spend', cap: 4000, spent: 3200 }],
  'no-room': [{ kind: 'no-room' }],
};

function expectSentence(text: string): void {
  expect(text.trim()).toBe(text);
  expect(text.length).toBeGreaterThanOrEqual('Cancelled.'.length);
  expect(text.length).toBeLessThanOrEqual(1_000);
  expect(text).not.toMatch(/undefined|null|NaN|\[object|Infinity/);
  expect(text).toMatch(/[.`]$|[?:]$/);
}

describe('a refusal', () => {
  it.each(Object.values(refusals).flat())('says what it is and what to do: %j', (refusal) => {
    expectSentence(en.refusal(refusal));
  });

  it('says "Nothing was spent." wherever the member may wonder', () => {
    for (const reason of ['queue-full', 'no-room', 'account-closed', 'stopping', 'bug'] as const)
      for (const refusal of refusals[reason])
        expect(en.refusal(refusal)).toContain('Nothing was spent.');
  });

  it('rounds a moment up, so that nobody comes a second too early', () => {
    expect(en.refusal({ reason: 'content-refusals', count: 3, until: at })).toContain(
      `<t:${at / 1000 + 0.5}:R>`,
    );
  });

  it('offers the pictures that would still fit under a cap, at their price', () => {
    const cap = { reason: 'cap', whose: 'member', cap: 40, ...sums[0] } as const;
    expect(en.refusal({ ...cap, fits: 2 } as Refusal)).toContain('2 pictures would still fit.');
    expect(en.refusal({ ...cap, fits: 1 } as Refusal)).toContain('1 picture would still fit.');
    expect(en.refusal({ ...cap, fits: 0 } as Refusal)).not.toContain('still fit');
    expect(en.refusal({ ...cap, cap: 0, spent: 0, fits: 0 } as Refusal)).toContain(
      'Nothing can be made within this limit.',
    );
  });
});

describe('a failure', () => {
  const kinds = Object.keys(failureKinds) as Failure['kind'][];

  it.each(kinds)('that is %s is told in a sentence, whatever is known of it', (kind) => {
    for (const state of ['returned', 'unknown'] as const)
      for (const credits of [0, 1, 4]) {
        expectSentence(en.failure({ kind }, state, credits));
        expectSentence(
          en.failure(
            { kind, detail: 'Too long.', requestId: 'r1', incident: '1a2b3c4d' },
            state,
            credits,
          ),
        );
      }
  });

  it.each([
    [1, 'Your 1 credit is back.'],
    [4, 'Your 4 credits are back.'],
  ])('says that %i came back', (credits, told) => {
    expect(en.failure({ kind: 'busy' }, 'returned', credits)).toContain(told);
  });

  it('says nothing of credits where none were held', () => {
    expect(en.failure({ kind: 'busy' }, 'returned', 0)).not.toMatch(/back/);
  });

  it('shows an incident for a bug, and never claims that nothing was made when nobody can know', () => {
    const told = en.failure({ kind: 'bug', incident: '1a2b3c4d' }, 'unknown', 4);
    expect(told).toContain('`1a2b3c4d`');
    for (const kind of kinds) {
      expect(en.failure({ kind }, 'unknown', 4)).toContain('may still have been made');
      expect(en.failure({ kind }, 'unknown', 4)).not.toContain('Nothing was made');
    }
  });

  it('shows the provider’s id of the request, for its support, where there is one', () => {
    for (const state of ['returned', 'unknown'] as const) {
      const told = (failure: Failure): string => en.failure(failure, state, 4);
      expect(told({ kind: 'unavailable', requestId: 'b0f9-1' })).toContain('request id: `b0f9-1`');
      expect(told({ kind: 'unavailable' })).not.toContain('request id');
    }
  });

  it('shows what the API says of the input as plain text', () => {
    const detail = '[click](https://example.org) **@everyone** <@1>';
    for (const kind of ['invalid', 'refused'] as const) {
      const told = en.failure({ kind, detail }, 'returned', 4);
      expect(told).toContain('click');
      expect(told).not.toContain('](https://');
      expect(told).not.toContain('**');
      expect(told).not.toContain('<@1>');
    }
  });
});

describe('a notice to the operator', () => {
  it.each(Object.values(notices).flat())('says what to mend: %j', (notice) => {
    expectSentence(en.operator(notice));
  });
});

describe('results and usage', () => {
  it.each([
    en.result.pictures(1),
    en.result.settings.steps(1),
    en.result.settings.image(undefined),
    en.result.settings.image(0.5),
    en.result.negative('text'),
    en.result.insteadOf('Claid'),
    en.result.rewritten('a red fox'),
    ...Object.values(en.result.warnings),
    en.comparison.ask(2),
    en.comparison.model('Claid', 1, 1),
    en.comparison.begin(1),
    en.comparison.spent(1),
    en.comparison.took(9_949),
    en.comparison.took(240_000),
    en.commands.choice.model('Claid', 1),
    en.commands.choice.ownStyle('anime'),
    en.progress.comparing(4),
    en.result.fewer(3, 4),
    en.result.lost(1),
    en.result.lost(3),
    en.result.blank(1, 1),
    en.result.blank(4, 4),
    en.result.blank(1, 4),
    en.result.blank(3, 4),
    en.result.left(36, 40, 'day'),
    en.result.nextFrees(at),
    en.progress.waiting(1),
    en.progress.waiting(17),
    en.progress.ready(at),
    en.usage.left(3, 40, 'week', at, false),
    en.usage.left(0, 40, 'day', null, true),
    en.usage.granted(1),
    en.usage.spent(at, 1, 1),
    en.usage.totals({ credits: 1, pictures: 1, requests: 1, members: 1 }),
    en.usage.runsOut(at),
    en.usage.account('Claid', 97, at),
    en.usage.accountUnknown('Claid'),
    en.usage.accountCountable('Claid', 'CLAID_CREDITS'),
    en.usage.told('Stablecog', 1, at),
    en.usage.price(1, 1),
    en.usage.price(1, 4),
    en.waiting.offer(1, at),
    en.waiting.offer(3, at),
  ])('read well: %s', (text) => {
    expect(text).not.toMatch(/undefined|NaN|\[object|Infinity/);
    expect(text).not.toMatch(/\b1 (pictures|credits|requests)\b/);
  });
});
