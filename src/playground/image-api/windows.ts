import type { Clock } from '../../clock.ts';
import type { RateWindow } from '../../domain/pace.ts';
import { createRandom } from './painting/random.ts';
import type { ImageApiSettings } from './settings.ts';

/** What the windows say at one moment. */
export interface WindowReading {
  /** The limit closest to exhaustion, by the share that is left. */
  readonly limit: number;
  /** What is left of it: -1 when a request was just refused by it. */
  readonly remaining: number;
  /** Until it gives room again (sliding: until its oldest request leaves it). */
  readonly resetMs: number;
  readonly windows: readonly RateWindow[];
}

export interface Windows {
  /** Counts one request if every window has room. */
  take(): { readonly accepted: boolean; readonly reading: WindowReading | undefined };
  /** What the headers would say now; `undefined` where nothing is counted. */
  read(): WindowReading | undefined;
}

/**
 * The rate limits of an API: a request is counted in all windows or, when one of them is full, in none.
 * Sliding and fixed windows look at the same log of accepted requests.
 */
export function createWindows(clock: Clock, settings: ImageApiSettings): Windows {
  let accepted: number[] = [];

  function inspect(now: number): { window: RateWindow; used: number; resetMs: number }[] {
    return settings.limits.map((window, index) => {
      if (settings.windows === 'fixed') {
        const start = fixedStart(window, phaseOf(settings, window, index), now);
        const used = accepted.filter((at) => at >= start).length;
        return { window, used, resetMs: start + window.windowMs - now };
      }
      const inside = accepted.filter((at) => at > now - window.windowMs);
      const oldest = inside[0] ?? now;
      return { window, used: inside.length, resetMs: oldest + window.windowMs - now };
    });
  }

  function reading(now: number, refused: boolean): WindowReading | undefined {
    const left = inspect(now).map((state) => ({
      ...state,
      remaining:
        state.window.limit - state.used - (refused && state.used >= state.window.limit ? 1 : 0),
    }));
    const [first, ...others] = left;
    if (first === undefined) return undefined;
    const share = (state: typeof first): number => state.remaining / state.window.limit;
    const closest = others.reduce((best, next) => (share(next) < share(best) ? next : best), first);
    return {
      limit: closest.window.limit,
      remaining: closest.remaining,
      resetMs: closest.resetMs,
      windows: settings.limits,
    };
  }

  return {
    take() {
      if (settings.windows === 'off') return { accepted: true, reading: undefined };
      const now = clock.now();
      const longest = Math.max(0, ...settings.limits.map((window) => window.windowMs));
      accepted = accepted.filter((at) => at > now - 2 * longest);
      const full = inspect(now).some((state) => state.used >= state.window.limit);
      if (!full) accepted.push(now);
      return { accepted: !full, reading: reading(now, full) };
    },
    read: () => (settings.windows === 'off' ? undefined : reading(clock.now(), false)),
  };
}

function fixedStart(window: RateWindow, phaseMs: number, now: number): number {
  return Math.floor((now - phaseMs) / window.windowMs) * window.windowMs + phaseMs;
}

function phaseOf(settings: ImageApiSettings, window: RateWindow, index: number): number {
  return (
    settings.phasesMs[index] ??
    Math.floor(createRandom(`phase ${settings.seed} ${index}`).next() * window.windowMs)
  );
}
