import { describe, expect, it } from 'vitest';
import type { RateLimitReading, RateWindow } from '../../src/domain/pace.ts';
import { MemoryDepartures } from '../../src/pace/memory-departures.ts';
import { Pacer } from '../../src/pace/pacer.ts';
import { claidWindows, simulate } from './simulation.ts';
import { settled, VirtualClock } from './virtual-clock.ts';

const long: RateWindow = { limit: 120, windowMs: 60_000 };
const nothingSaid: RateLimitReading = {
  limit: undefined,
  remaining: undefined,
  resetMs: undefined,
  windows: [],
  retryAfterMs: undefined,
};

describe('a full queue for three minutes', () => {
  for (const kind of ['sliding', 'fixed', 'bucket'] as const) {
    for (const headers of ['all', 'none'] as const) {
      const said = headers === 'all' ? 'its headers' : 'no headers at all';
      it(`alone at an API with ${kind} windows and ${said} has no 429 and 98 % of the allowance`, async () => {
        for (const seed of [1, 2, 3]) {
          for (const latencyMs of [300, 3_000, 12_000]) {
            const { accepted, refused } = await simulate({ kind, seed, headers, latencyMs });
            expect(refused).toBe(0);
            expect(accepted).toBeGreaterThanOrEqual(0.98 * 360);
          }
        }
      });
    }

    it(`goes on after a restart at 75 s without a 429 (${kind} windows)`, async () => {
      for (const seed of [1, 2, 3]) {
        const { accepted, refused } = await simulate({ kind, seed, restartAtMs: 75_000 });
        expect(refused).toBe(0);
        expect(accepted).toBeGreaterThanOrEqual(0.98 * 360);
      }
    });
  }

  it('does nearly as well at an API that weighs the window before', async () => {
    for (const seed of [1, 2, 3]) {
      const { accepted, refused } = await simulate({ kind: 'counter', seed });
      expect(refused).toBeLessThanOrEqual(1);
      expect(accepted).toBeGreaterThanOrEqual(0.97 * 360);
    }
  });

  it('makes room for others who use the key, and takes what they leave', async () => {
    for (const kind of ['sliding', 'fixed'] as const) {
      for (const seed of [1, 2, 3]) {
        const result = await simulate({ kind, seed, foreignPerMinute: 40 });
        expect(result.refused).toBeLessThanOrEqual(12);
        expect(result.accepted).toBeGreaterThanOrEqual(0.95 * (360 - result.foreignAccepted));
        expect(result.open).toBe(0);
        expect(result.accepted + result.refused).toBe(result.departures.length);
      }
    }
  });

  it('reads remaining without a policy just as well', async () => {
    const options = { kind: 'sliding', seed: 1, foreignPerMinute: 40 } as const;
    const result = await simulate({ ...options, headers: 'no-policy' });
    expect(result.refused).toBeLessThanOrEqual(12);
    expect(result.accepted).toBeGreaterThanOrEqual(0.95 * (360 - result.foreignAccepted));
  });

  it('follows an account whose limits are lower than documented', async () => {
    const windows = [
      { limit: 60, windowMs: 60_000 },
      { limit: 2, windowMs: 1_000 },
    ];
    const options = { kind: 'sliding', seed: 1, windows, assumed: claidWindows } as const;
    const { accepted, refused } = await simulate(options);
    expect(refused).toBeLessThanOrEqual(3);
    expect(accepted).toBeGreaterThanOrEqual(0.95 * 180);
  });
});

describe('windows of other sizes', () => {
  const cases: readonly (readonly [string, readonly RateWindow[], number])[] = [
    [
      '120 in 0.6 s and 4 in 10 ms',
      [
        { limit: 120, windowMs: 600 },
        { limit: 4, windowMs: 10 },
      ],
      100,
    ],
    [
      '12000 in 60 s and 400 in 1 s',
      [
        { limit: 12_000, windowMs: 60_000 },
        { limit: 400, windowMs: 1_000 },
      ],
      100,
    ],
    ['one window of 120 in 0.6 s', [{ limit: 120, windowMs: 600 }], 100],
    ['one window of 120 in 60 s', [long], 1],
    ['one window of 10 in 60 s', [{ limit: 10, windowMs: 60_000 }], 1],
  ];
  for (const [name, windows, speed] of cases) {
    it(`keeps to ${name} without a 429`, async () => {
      const durationMs = 180_000 / speed;
      const options = { windows, speed, durationMs, seed: 1 };
      const { limit, windowMs } = windows[0] ?? long;
      for (const kind of ['sliding', 'fixed'] as const) {
        const { accepted, refused } = await simulate({ ...options, kind });
        expect(refused).toBe(0);
        // Timers of a millisecond cost a good part of a gap of five.
        expect(accepted).toBeGreaterThanOrEqual((0.8 * limit * durationMs) / windowMs);
      }
    });
  }

  it('without any limit lets a hundred depart at once', async () => {
    const clock = new VirtualClock();
    const pacer = new Pacer(clock, new MemoryDepartures(clock, []), []);
    for (let n = 0; n < 100; n += 1) await pacer.ready();
    expect(clock.timers).toBe(0);
    expect(pacer.allowance).toBe(Infinity);
  });

  it('begins to pace when an answer names the first limit', async () => {
    const { clock, pacer } = setUp([]);
    const departure = await pacer.ready();
    pacer.observe({ ...nothingSaid, windows: claidWindows }, departure);
    const next = departureOf(pacer);
    await clock.advance(349);
    expect(next.at).toBeUndefined();
    await clock.advance(1);
    expect(next.at).toBe(departure.at + 350);
  });
});

describe('the pacer', () => {
  it('lets the first twenty go closely and the rest evenly', async () => {
    const { departures } = await simulate({ kind: 'sliding', seed: 1, durationMs: 30_000 });
    const gaps = departures.slice(1).map((at, n) => at - (departures[n] ?? 0));
    expect(gaps.slice(0, 19)).toEqual(Array.from({ length: 19 }, () => 350));
    expect(new Set(gaps.slice(19))).toEqual(new Set([505]));
  });

  it('lets hardly any go closely when the queue goes on being full', async () => {
    const { departures } = await simulate({ kind: 'sliding', seed: 1, durationMs: 600_000 });
    const gaps = departures.slice(1).map((at, n) => at - (departures[n] ?? 0));
    expect(gaps.slice(120).filter((gap) => gap < 400).length).toBeLessThanOrEqual(10);
    expect(departures.length).toBeGreaterThanOrEqual(0.98 * 1_200);
  });

  it('pauses as long as Retry-After asks, whatever else is said', async () => {
    expect(
      await pauseAfter({ ...nothingSaid, limit: 4, resetMs: 1_000, retryAfterMs: 7_000 }),
    ).toBe(7_000);
  });

  it('pauses for the short window when that one was full', async () => {
    expect(await pauseAfter({ ...nothingSaid, limit: 4, remaining: -1, resetMs: 30_000 })).toBe(
      1_000,
    );
  });

  it('pauses until the reset of the long window, five seconds at most', async () => {
    expect(await pauseAfter({ ...nothingSaid, limit: 120, remaining: 0, resetMs: 3_000 })).toBe(
      3_000,
    );
    expect(await pauseAfter({ ...nothingSaid, limit: 120, remaining: 0, resetMs: 33_000 })).toBe(
      5_000,
    );
    expect(await pauseAfter(undefined)).toBe(5_000);
  });

  it('does not ask again at once when the reset is said to be over', async () => {
    expect(await pauseAfter({ ...nothingSaid, limit: 120, resetMs: 0 })).toBe(505);
    expect(await pauseAfter({ ...nothingSaid, retryAfterMs: 0 })).toBe(505);
  });

  it('takes requests that it did not send for those of others', async () => {
    const { pacer } = setUp(claidWindows);
    const departure = await pacer.ready();
    pacer.observe({ ...nothingSaid, limit: 120, remaining: 79 }, departure);
    expect(pacer.allowance).toBe(80);
  });

  it('does not take what departed while the answer was on its way for that of others', async () => {
    const { clock, pacer } = setUp(claidWindows);
    const first = await pacer.ready();
    await clock.advance(350);
    await pacer.ready();
    pacer.observe({ ...nothingSaid, limit: 120, remaining: 118 }, first);
    expect(pacer.allowance).toBe(120);
  });

  it('nor what departed long before a slow answer', async () => {
    const { clock, pacer } = setUp(claidWindows);
    await pacer.ready();
    await clock.advance(350);
    const second = await pacer.ready();
    await clock.advance(90_000);
    pacer.observe({ ...nothingSaid, limit: 120, remaining: 118 }, second);
    expect(pacer.allowance).toBe(120);
  });

  it('does not let a short pause end a long one', () => {
    const { clock, pacer } = setUp(claidWindows);
    pacer.pause({ ...nothingSaid, retryAfterMs: 20_000 });
    pacer.pause({ ...nothingSaid, limit: 4 });
    expect(pacer.pausedUntil).toBe(clock.now() + 20_000);
  });

  it('learns nothing of the long window from the reading of the short one', async () => {
    const { pacer } = setUp(claidWindows);
    const departure = await pacer.ready();
    pacer.observe({ ...nothingSaid, limit: 4, remaining: 0 }, departure);
    expect(pacer.allowance).toBe(120);
  });

  it('waits for the reset when nothing is left of a limit that it does not know, five seconds at most', async () => {
    const spent = { ...nothingSaid, limit: 10, remaining: 0 };
    for (const windows of [[], [{ limit: 5, windowMs: 1_000 }]]) {
      expect(await heldAfter(windows, { ...spent, resetMs: 3_000 })).toBe(3_000);
      expect(await heldAfter(windows, { ...spent, limit: undefined, resetMs: 900_000 })).toBe(
        5_000,
      );
    }
  });

  it('does not wait when some is left, the reset is over or unknown, or the API asks for a wait itself', async () => {
    const said = { ...nothingSaid, limit: 10, remaining: 0, resetMs: 3_000 };
    expect(await heldAfter([], { ...said, remaining: 1 })).toBe(0);
    expect(await heldAfter([], { ...said, resetMs: 0 })).toBe(0);
    expect(await heldAfter([], { ...said, resetMs: undefined })).toBe(0);
    expect(await heldAfter([], { ...said, retryAfterMs: 1_000 })).toBe(0);
  });

  it('does not raise its windows to a limit that is named without one', async () => {
    const { pacer } = setUp([{ limit: 5, windowMs: 1_000 }]);
    const departure = await pacer.ready();
    pacer.observe({ ...nothingSaid, limit: 10, remaining: 9, resetMs: 1_000 }, departure);
    expect(pacer.allowance).toBe(5);
    expect(pacer.forecastMs(0)).toBe(204);
  });

  it('ignores the late answer to a request sent before the last one taken', async () => {
    const { clock, pacer } = setUp(claidWindows);
    const first = await pacer.ready();
    await clock.advance(350);
    const second = await pacer.ready();
    pacer.observe({ ...nothingSaid, limit: 120, remaining: 108 }, second);
    pacer.observe({ ...nothingSaid, limit: 120, remaining: 0 }, first);
    expect(pacer.allowance).toBe(110);
  });

  it('forgets what others used a minute after the last answer', async () => {
    const { clock, pacer } = setUp(claidWindows);
    const departure = await pacer.ready();
    pacer.observe({ ...nothingSaid, limit: 120, remaining: 0 }, departure);
    expect(pacer.allowance).toBe(1);
    await clock.advance(60_000);
    expect(pacer.allowance).toBe(120);
  });

  it('lets the waiting one go when it turns out that others use less', async () => {
    const { clock, pacer } = setUp(claidWindows);
    const first = await pacer.ready();
    await clock.advance(350);
    const second = await pacer.ready();
    pacer.observe({ ...nothingSaid, limit: 120, remaining: 0 }, first);
    const next = departureOf(pacer);
    await clock.advance(5_000);
    expect(next.at).toBeUndefined();
    pacer.observe({ ...nothingSaid, limit: 120, remaining: 118 }, second);
    await clock.advance(0);
    expect(next.at).toBe(clock.now());
  });

  it('says how long those who wait will be held', async () => {
    const { clock, pacer } = setUp(claidWindows);
    expect(pacer.forecastMs(0)).toBe(0);
    await pacer.ready();
    expect(pacer.forecastMs(0)).toBe(350);
    expect(pacer.forecastMs(1)).toBe(700);
    pacer.pause({ ...nothingSaid, retryAfterMs: 20_000 });
    expect(pacer.forecastMs(0)).toBe(20_000);
    await clock.advance(21_000);
    expect(pacer.forecastMs(0)).toBe(0);
  });

  it('forecasts what then comes true', async () => {
    const { clock, pacer } = setUp(claidWindows);
    const forecast = [0, 5, 19, 40, 119, 130].map((ahead) => pacer.forecastMs(ahead));
    const begin = clock.now();
    const departures: number[] = [];
    const all = (async () => {
      for (let n = 0; n <= 130; n += 1) departures.push((await pacer.ready()).at - begin);
    })();
    await clock.advance(120_000);
    await all;
    expect(forecast).toEqual([0, 5, 19, 40, 119, 130].map((n) => departures[n]));
  });

  it('is not held up by stamps of a clock that was an hour ahead', async () => {
    const clock = new VirtualClock();
    const earlier = [clock.now() + 3_600_000];
    const pacer = new Pacer(clock, new MemoryDepartures(clock, earlier), claidWindows);
    const next = departureOf(pacer);
    await clock.advance(1_000);
    expect(next.at).toBeDefined();
  });

  it('leaves no timer behind when it is closed, and lets nobody go any more', async () => {
    const { clock, pacer } = setUp(claidWindows);
    await pacer.ready();
    const waiting = pacer.ready();
    await settled();
    expect(clock.timers).toBe(1);
    pacer.close();
    await expect(waiting).rejects.toThrow('closed');
    expect(clock.timers).toBe(0);
    await expect(pacer.ready()).rejects.toThrow('closed');
  });

  /** How long the next departure is held after an answer that was no 429. */
  async function heldAfter(
    windows: readonly RateWindow[],
    reading: RateLimitReading,
  ): Promise<number> {
    const { clock, pacer } = setUp(windows);
    const departure = await pacer.ready();
    // Its own pace does not matter any more.
    await clock.advance(2_000);
    pacer.observe(reading, departure);
    const begin = clock.now();
    const next = departureOf(pacer);
    await clock.advance(60_000);
    return (next.at ?? Infinity) - begin;
  }
  async function pauseAfter(reading: RateLimitReading | undefined): Promise<number> {
    const { clock, pacer } = setUp(claidWindows);
    pacer.pause(reading);
    const begin = clock.now();
    const next = departureOf(pacer);
    await clock.advance(60_000);
    return (next.at ?? Infinity) - begin;
  }
});

function setUp(windows: readonly RateWindow[]): { clock: VirtualClock; pacer: Pacer } {
  const clock = new VirtualClock();
  return { clock, pacer: new Pacer(clock, new MemoryDepartures(clock, []), windows) };
}

/** Asks for a departure; `at` is filled when it is given. */
function departureOf(pacer: Pacer): { at: number | undefined } {
  const result: { at: number | undefined } = { at: undefined };
  void pacer.ready().then((departure) => {
    result.at = departure.at;
  });
  return result;
}
