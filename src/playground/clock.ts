import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';

/** Real time plus an offset that only grows. */
export interface ShiftedClock extends Clock {
  /**
   * Moves the time on and fires the timers that became due, in the order of their times, before it
   * returns; each of them reads its own due time as `now()` at the earliest. Timers that these set
   * fire as well when they are due within the step.
   */
  advance(ms: number): void;
}

interface Timer {
  readonly dueAt: number;
  readonly order: number;
  readonly run: () => void;
  handle: NodeJS.Timeout | undefined;
}

/** A clock for tests and the playground, whose 15 minutes pass when they say so. */
export function createShiftedClock(): ShiftedClock {
  const timers = new Set<Timer>();
  let offsetMs = 0;
  let order = 0;
  // While a step is under way, time stands still at the timer that fires.
  let steppedTo: number | undefined;

  const real = (): number => Date.now() + offsetMs;
  const now = (): number => steppedTo ?? real();

  function arm(timer: Timer): NodeJS.Timeout {
    return setTimeout(() => fire(timer), Math.min(Math.max(timer.dueAt - real(), 0), 2 ** 31 - 1));
  }

  function fire(timer: Timer): void {
    if (timer.dueAt > now()) {
      timer.handle = arm(timer);
      return;
    }
    clearTimeout(timer.handle);
    if (timers.delete(timer)) timer.run();
  }

  function earliestUntil(time: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of timers) {
      if (timer.dueAt > time) continue;
      const earlier =
        first === undefined ||
        timer.dueAt < first.dueAt ||
        (timer.dueAt === first.dueAt && timer.order < first.order);
      if (earlier) first = timer;
    }
    return first;
  }

  return {
    now,
    id: () => randomUUID(),
    setTimer(run, afterMs) {
      const timer: Timer = {
        dueAt: now() + Math.max(afterMs, 0),
        order: (order += 1),
        run,
        handle: undefined,
      };
      timer.handle = arm(timer);
      timers.add(timer);
      return () => {
        clearTimeout(timer.handle);
        timers.delete(timer);
      };
    },
    advance(ms) {
      if (ms < 0) throw new RangeError('time does not go back');
      if (steppedTo !== undefined) throw new Error('advance() was called by a timer of advance()');
      const end = real() + ms;
      steppedTo = real();
      try {
        for (;;) {
          const timer = earliestUntil(end);
          if (timer === undefined) break;
          steppedTo = Math.max(steppedTo, timer.dueAt);
          fire(timer);
        }
      } finally {
        steppedTo = undefined;
        offsetMs += ms;
        for (const timer of timers) {
          clearTimeout(timer.handle);
          timer.handle = arm(timer);
        }
      }
    },
  };
}
