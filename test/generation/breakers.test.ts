import { expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import type { Clock } from '../../src/clock.ts';
import type { OperatorNotice } from '../../src/domain/operator.ts';
import { ProviderError } from '../../src/domain/provider.ts';
import type { Provider, ProviderErrorKind } from '../../src/domain/provider.ts';
import { createBreakers, leftAloneMs } from '../../src/generation/breakers.ts';
import type { Breakers } from '../../src/generation/breakers.ts';

const provider: Provider = {
  name: 'some',
  title: 'Some service',
  keySetting: 'SOME_API_KEY',
  account: 'some:1',
  trustedHosts: [],
  pace: { windows: [] },
  models: () => [],
  generate: () => Promise.reject(new Error('not asked')),
  check: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

interface Scene {
  /** Stands still until it is moved. */
  readonly clock: Clock & { advance(ms: number): void };
  readonly breakers: Breakers;
  readonly told: OperatorNotice[];
  /** Asks the API, which fails in this way. */
  readonly fail: (kind?: ProviderErrorKind) => Promise<unknown>;
  readonly answer: () => Promise<unknown>;
}

function scene(): Scene {
  let at = Date.UTC(2026, 0, 1);
  const clock = {
    ...systemClock,
    now: () => at,
    advance(ms: number) {
      at += ms;
    },
  };
  const told: OperatorNotice[] = [];
  const breakers = createBreakers(clock, { tell: (notice) => void told.push(notice) });
  const ask = (task: () => Promise<unknown>): Promise<unknown> =>
    breakers.run(provider, task).catch((error: unknown) => error);
  return {
    clock,
    breakers,
    told,
    fail: (kind = 'unavailable') =>
      ask(() => Promise.reject(new ProviderError(kind, 'unknown', 'away'))),
    answer: () => ask(() => Promise.resolve('an answer')),
  };
}

async function broken(): Promise<Scene> {
  const found = scene();
  for (const kind of ['unavailable', 'timeout', 'protocol', 'unavailable', 'timeout'] as const)
    await found.fail(kind);
  return found;
}

test('an API that fails five times in a row is left alone, and the operator is told once', async () => {
  const { breakers, clock, told, answer } = await broken();
  expect(breakers.outUntil(provider)).toBe(clock.now() + leftAloneMs);
  expect(await answer()).toMatchObject({ kind: 'unavailable', outcome: 'nothing-made' });
  expect(told).toEqual([
    {
      kind: 'provider-out',
      provider: 'Some service',
      why: 'away',
      until: clock.now() + leftAloneMs,
    },
  ]);
});

test('four failures and an answer between them change nothing', async () => {
  const { breakers, fail, answer, told } = scene();
  for (let round = 0; round < 3; round += 1) {
    for (let failure = 0; failure < 4; failure += 1) await fail();
    expect(await answer()).toBe('an answer');
  }
  expect(breakers.outUntil(provider)).toBeUndefined();
  expect(told).toEqual([]);
});

test.each(['busy', 'invalid', 'refused', 'no-credits', 'unauthorized', 'cancelled'] as const)(
  'what is no trouble of the API itself does not count: %s',
  async (kind) => {
    const { breakers, fail } = scene();
    for (let failure = 0; failure < 20; failure += 1) await fail(kind);
    expect(breakers.outUntil(provider)).toBeUndefined();
  },
);

test('a refusal among failures shows that it is there', async () => {
  const { breakers, fail } = scene();
  for (let round = 0; round < 3; round += 1) {
    for (let failure = 0; failure < 4; failure += 1) await fail();
    await fail('invalid');
  }
  expect(breakers.outUntil(provider)).toBeUndefined();
});

test('after a minute one request tries it, and the others wait for what becomes of it', async () => {
  const { breakers, clock, told, answer } = await broken();
  clock.advance(leftAloneMs);
  expect(breakers.outUntil(provider)).toBeUndefined();
  const reply = Promise.withResolvers<string>();
  const trying = breakers.run(provider, () => reply.promise);
  expect(breakers.outUntil(provider)).toBe(clock.now() + leftAloneMs);
  expect(await answer()).toMatchObject({ kind: 'unavailable', outcome: 'nothing-made' });
  reply.resolve('here again');
  expect(await trying).toBe('here again');
  expect(breakers.outUntil(provider)).toBeUndefined();
  expect(await answer()).toBe('an answer');
  expect(told.map(({ kind }) => kind)).toEqual(['provider-out', 'provider-back']);
});

test('where that one fails it is left alone for another minute, of which nobody is told again', async () => {
  const { breakers, clock, told, fail } = await broken();
  clock.advance(leftAloneMs);
  await fail();
  expect(breakers.outUntil(provider)).toBe(clock.now() + leftAloneMs);
  expect(told).toHaveLength(1);
});

test('a try that was answered, if only by a refusal, shows that it is back', async () => {
  const { breakers, clock, fail } = await broken();
  clock.advance(leftAloneMs);
  await fail('refused');
  expect(breakers.outUntil(provider)).toBeUndefined();
});

test('each account has its own', async () => {
  const { breakers } = await broken();
  expect(breakers.outUntil({ account: 'another' })).toBeUndefined();
});
