import { describe, expect, it } from 'vitest';
import type { Clock } from '../../../src/clock.ts';
import { startClaid } from '../../../src/playground/claid/claid.ts';
import { createForeignUser } from '../../../src/playground/image-api/foreign.ts';
import { limitHeaders } from '../../../src/playground/claid/limit-headers.ts';
import { defaultSettings } from '../../../src/playground/claid/settings.ts';
import { createWindows } from '../../../src/playground/image-api/windows.ts';
import { createShiftedClock } from '../../../src/playground/clock.ts';
import { ask } from './ask.ts';

/** A clock that stands still until it is told to go on. */
function stillClock(start = 1_000_000): Clock & { go(ms: number): void } {
  let now = start;
  return {
    now: () => now,
    id: () => 'id',
    setTimer: () => () => undefined,
    go(ms) {
      now += ms;
    },
  };
}

describe('sliding windows', () => {
  it('take 4 within any second and the fifth when the first has left', () => {
    const clock = stillClock();
    const windows = createWindows(clock, defaultSettings());
    const taken = [0, 300, 300, 300, 99, 0, 1, 0].map((waitMs) => {
      clock.go(waitMs);
      return windows.take().accepted;
    });
    expect(taken).toEqual([true, true, true, true, false, false, true, false]);
  });

  it('take 120 within any minute, at an even pace, and do not count what they refuse', () => {
    const clock = stillClock();
    const windows = createWindows(clock, defaultSettings());
    let accepted = 0;
    for (let ms = 0; ms < 60_000; ms += 250) {
      if (windows.take().accepted) accepted += 1;
      clock.go(250);
    }
    expect(accepted).toBe(120);
    expect(windows.take().accepted).toBe(true);
  });
});

describe('fixed windows', () => {
  const settings = {
    ...defaultSettings(),
    windows: 'fixed' as const,
    limits: [{ limit: 2, windowMs: 1_000 }],
    phasesMs: [400],
  };

  it('begin at their own phase, so that twice the limit passes across the border', () => {
    const clock = stillClock(1_000_300);
    const windows = createWindows(clock, settings);
    const take = (): boolean => windows.take().accepted;
    expect([take(), take(), take()]).toEqual([true, true, false]);
    clock.go(100);
    expect([take(), take(), take()]).toEqual([true, true, false]);
    expect(windows.read()?.resetMs).toBe(1_000);
    clock.go(999);
    expect([take(), windows.read()?.resetMs]).toEqual([false, 1]);
  });

  it('have a phase that depends on the seed where none is given', () => {
    const borders = [1, 2, 3, 4].map((seed) => {
      const clock = stillClock(0);
      return createWindows(clock, { ...settings, phasesMs: [], seed }).read()?.resetMs;
    });
    expect(new Set(borders).size).toBe(4);
  });
});

describe('the rate-limit headers', () => {
  const draft03 = (reading: Parameters<typeof limitHeaders>[1] | undefined): string[] =>
    reading === undefined ? [] : Object.values(limitHeaders('draft-03', reading));

  it('name the limit closest to exhaustion first', () => {
    const clock = stillClock();
    const windows = createWindows(clock, defaultSettings());
    expect(draft03(windows.take().reading)).toEqual(['4, 120;w=60, 4;w=1', '3', '1']);
    windows.take();
    clock.go(28_000);
    expect(draft03(windows.read())).toEqual(['120, 120;w=60, 4;w=1', '118', '32']);
  });

  it('say -1 where a request was refused', () => {
    const windows = createWindows(stillClock(), defaultSettings());
    const readings = Array.from({ length: 6 }, () => draft03(windows.take().reading));
    expect(readings.slice(3)).toEqual([
      ['4, 120;w=60, 4;w=1', '0', '1'],
      ['4, 120;w=60, 4;w=1', '-1', '1'],
      ['4, 120;w=60, 4;w=1', '-1', '1'],
    ]);
  });

  it.each([
    [
      'draft-03',
      {
        'RateLimit-Limit': '4, 120;w=60, 4;w=1',
        'RateLimit-Remaining': '3',
        'RateLimit-Reset': '1',
      },
    ],
    [
      'draft-04',
      {
        'RateLimit-Limit': '4',
        'RateLimit-Policy': '120;w=60, 4;w=1',
        'RateLimit-Remaining': '3',
        'RateLimit-Reset': '1',
      },
    ],
    [
      'draft-07',
      { RateLimit: 'limit=4, remaining=3, reset=1', 'RateLimit-Policy': '120;w=60, 4;w=1' },
    ],
    [
      'draft-08',
      {
        RateLimit: '"per1s";r=3;t=1',
        'RateLimit-Policy': '"per60s";q=120;w=60, "per1s";q=4;w=1',
      },
    ],
    ['none', {}],
  ] as const)('can be written as in %s', (style, headers) => {
    const windows = createWindows(stillClock(), defaultSettings());
    const { reading } = windows.take();
    expect(reading && limitHeaders(style, reading)).toEqual(headers);
  });
});

describe('windows over HTTP', () => {
  const hour = [{ limit: 2, windowMs: 3_600_000 }];

  it('answer 429 with the envelope in detail, and make room when the time has come', async () => {
    const clock = createShiftedClock();
    const claid = await startClaid({ clock, latencyMs: 0, pictures: 'small', limits: hour });
    const statuses = [];
    for (let i = 0; i < 3; i += 1) statuses.push((await ask(claid, { input: 'abc' })).status);
    expect(statuses).toEqual([200, 200, 429]);
    const refused = await ask(claid, { input: 'abc' });
    expect(refused.json).toEqual({
      detail: {
        error_code: '2001',
        error_type: 'general',
        error_message: 'Too Many Requests. Rate limit exceeded.',
        error_details: {},
      },
    });
    expect(refused.headers.get('ratelimit-limit')).toBe('2, 2;w=3600');
    expect(refused.headers.get('ratelimit-remaining')).toBe('-1');
    expect(Number(refused.headers.get('ratelimit-reset'))).toBeGreaterThan(3_000);
    expect(refused.headers.has('retry-after')).toBe(false);
    expect(claid.requests).toHaveLength(4);
    expect(claid.books.charges).toHaveLength(2);
    clock.advance(3_600_000);
    expect((await ask(claid, { input: 'abc' })).status).toBe(200);
    await claid.close();
  });

  it('count requests that break the contract, not those without a good key', async () => {
    const claid = await startClaid({ clock: createShiftedClock(), latencyMs: 0, limits: hour });
    await ask(claid, {}, { key: 'wrong' });
    await ask(claid, {}, { key: 'wrong' });
    expect((await ask(claid, {})).headers.get('ratelimit-remaining')).toBe('1');
    expect((await ask(claid, {})).status).toBe(422);
    expect((await ask(claid, {})).status).toBe(429);
    await claid.close();
  });

  it('are shared with whoever else uses the key', async () => {
    const claid = await startClaid({ clock: createShiftedClock(), latencyMs: 0, limits: hour });
    expect([claid.foreign.request(), claid.foreign.request(), claid.foreign.request()]).toEqual([
      true,
      true,
      false,
    ]);
    expect((await ask(claid, { input: 'abc' })).status).toBe(429);
    await claid.close();
  });

  it('send no headers when they are off', async () => {
    const claid = await startClaid({
      clock: createShiftedClock(),
      latencyMs: 0,
      windows: 'off',
      pictures: 'small',
    });
    const reply = await ask(claid, { input: 'abc' });
    expect([...reply.headers.keys()].filter((each) => each.startsWith('ratelimit'))).toEqual([]);
    await claid.close();
  });
});

describe('the foreign user', () => {
  it('comes at random intervals, about as often as told, the same for the same seed', () => {
    const run = (seed: number): number => {
      const clock = createShiftedClock();
      const closing = new AbortController();
      const windows = createWindows(clock, { ...defaultSettings(), windows: 'off' });
      const foreign = createForeignUser(clock, windows, closing.signal);
      foreign.every({ perMinute: 40, seed });
      clock.advance(600_000);
      closing.abort();
      const { accepted } = foreign.counts;
      clock.advance(600_000);
      expect(foreign.counts.accepted).toBe(accepted);
      return accepted;
    };
    expect(run(1)).toBe(run(1));
    expect(run(1)).toBeGreaterThan(300);
    expect(run(1)).toBeLessThan(500);
  });
});
