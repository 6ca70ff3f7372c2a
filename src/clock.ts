import { randomUUID } from 'node:crypto';

/** Time, timers and random ids: everything that tests must be able to steer. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** A random id, unique across processes. */
  id(): string;
  /** Calls `run` once, after so many milliseconds of this clock. Returns a function that cancels it. */
  setTimer(run: () => void, afterMs: number): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  id: () => randomUUID(),
  setTimer(run, afterMs) {
    const timer = setTimeout(run, afterMs);
    return () => {
      clearTimeout(timer);
    };
  },
};
