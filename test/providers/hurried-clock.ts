import { systemClock, type Clock } from '../../src/clock.ts';

/** Real time, but pauses of up to 15 s pass at once. */
export interface HurriedClock extends Clock {
  /** The pauses asked for, in order. */
  readonly pausesMs: readonly number[];
}

/** For what waits between two tries, where the wait is not the subject. */
export function createHurriedClock(): HurriedClock {
  const pausesMs: number[] = [];
  return {
    ...systemClock,
    pausesMs,
    setTimer(run, afterMs) {
      if (afterMs > 15_000) return systemClock.setTimer(run, afterMs);
      pausesMs.push(afterMs);
      const immediate = setImmediate(run);
      return () => {
        clearImmediate(immediate);
      };
    },
  };
}
