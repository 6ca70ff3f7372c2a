import type { RateLimitReading, RateWindow } from '../../src/domain/pace.ts';

export type WindowKind = 'sliding' | 'fixed' | 'counter' | 'bucket';

export interface SimulatedAnswer {
  readonly accepted: boolean;
  readonly reading: RateLimitReading;
}

interface Meter {
  readonly window: RateWindow;
  remaining(now: number): number;
  resetMs(now: number): number;
  count(now: number): void;
}

/** The rules of an API with request windows; the answer's reading is of the window closest to exhaustion. */
export class SimulatedApi {
  readonly #meters: readonly Meter[];
  readonly #headers: 'all' | 'none' | 'no-policy';

  constructor(
    kind: WindowKind,
    windows: readonly RateWindow[],
    random: () => number,
    headers: 'all' | 'none' | 'no-policy' = 'all',
  ) {
    this.#headers = headers;
    this.#meters = windows.map((window) => meters[kind](window, random));
  }

  /** A request arrives. A refused one is not counted. */
  arrive(now: number): SimulatedAnswer {
    const full = this.#meters.find((meter) => meter.remaining(now) < 1);
    if (full !== undefined) {
      return { accepted: false, reading: this.#reading(full, now, -1) };
    }
    for (const meter of this.#meters) meter.count(now);
    const closest = this.#meters.reduce((a, b) => (share(b, now) < share(a, now) ? b : a));
    return {
      accepted: true,
      reading: this.#reading(closest, now, Math.floor(closest.remaining(now))),
    };
  }

  #reading(meter: Meter, now: number, remaining: number): RateLimitReading {
    if (this.#headers === 'none') {
      return {
        limit: undefined,
        remaining: undefined,
        resetMs: undefined,
        windows: [],
        retryAfterMs: undefined,
      };
    }
    return {
      limit: meter.window.limit,
      remaining,
      // Whole seconds, as in the header.
      resetMs: Math.ceil(meter.resetMs(now) / 1000) * 1000,
      windows: this.#headers === 'all' ? this.#meters.map((one) => one.window) : [],
      retryAfterMs: undefined,
    };
  }
}

function share(meter: Meter, now: number): number {
  return meter.remaining(now) / meter.window.limit;
}

const meters: Record<WindowKind, (window: RateWindow, random: () => number) => Meter> = {
  sliding(window) {
    let log: number[] = [];
    const recent = (now: number): number[] =>
      (log = log.filter((at) => at > now - window.windowMs));
    return {
      window,
      remaining: (now) => window.limit - recent(now).length,
      resetMs: (now) => (recent(now)[0] ?? now) + window.windowMs - now,
      count: (now) => log.push(now),
    };
  },
  fixed(window, random) {
    const phase = random() * window.windowMs;
    let index = -1;
    let count = 0;
    const enter = (now: number): void => {
      const current = Math.floor((now + phase) / window.windowMs);
      if (current !== index) count = 0;
      index = current;
    };
    return {
      window,
      remaining: (now) => {
        enter(now);
        return window.limit - count;
      },
      resetMs: (now) => window.windowMs - ((now + phase) % window.windowMs),
      count: (now) => {
        enter(now);
        count += 1;
      },
    };
  },
  counter(window, random) {
    const phase = random() * window.windowMs;
    const counts = new Map<number, number>();
    return {
      window,
      remaining: (now) => {
        const index = Math.floor((now + phase) / window.windowMs);
        const passed = ((now + phase) % window.windowMs) / window.windowMs;
        return (
          window.limit - (counts.get(index - 1) ?? 0) * (1 - passed) - (counts.get(index) ?? 0)
        );
      },
      resetMs: (now) => window.windowMs - ((now + phase) % window.windowMs),
      count: (now) => {
        const index = Math.floor((now + phase) / window.windowMs);
        counts.set(index, (counts.get(index) ?? 0) + 1);
      },
    };
  },
  bucket(window) {
    let level = window.limit;
    let last = -Infinity;
    const fill = (now: number): void => {
      level = Math.min(
        window.limit,
        level + (Math.max(0, now - last) * window.limit) / window.windowMs,
      );
      last = now;
    };
    return {
      window,
      remaining: (now) => {
        fill(now);
        return level;
      },
      resetMs: () => window.windowMs / window.limit,
      count: (now) => {
        fill(now);
        level -= 1;
      },
    };
  },
};
