import type { Clock } from '../../../src/clock.ts';
import { createShiftedClock, type ShiftedClock } from '../../../src/playground/clock.ts';

/** A clock on which pauses pass at once. */
export interface HastyClock extends ShiftedClock {
  /** The pauses asked for, in order. */
  readonly pausesMs: readonly number[];
  /** The same time for the other side of the wire, whose pauses are not passed for its own sake. */
  readonly unhurried: Clock;
}

/** What is longer is no pause but a limit, which ends when the pauses before it have used it up. */
const longestPauseMs = 15_000;

/**
 * For waits that are not the subject: a pause of up to 15 s moves the time on by itself, so that what
 * asks again for minutes comes to its limit in no time, after as many questions as in earnest.
 */
export function createHastyClock(): HastyClock {
  const clock = createShiftedClock();
  const pausesMs: number[] = [];
  return {
    ...clock,
    pausesMs,
    unhurried: clock,
    setTimer(run, afterMs) {
      const cancel = clock.setTimer(run, afterMs);
      if (afterMs > longestPauseMs) return cancel;
      pausesMs.push(afterMs);
      const dueAt = clock.now() + afterMs;
      const passing = setImmediate(() => {
        clock.advance(Math.max(0, dueAt - clock.now()));
      });
      return () => {
        clearImmediate(passing);
        cancel();
      };
    },
  };
}
