import type { Clock } from '../../clock.ts';

/** Discord's epoch, the first moment of 2015. Source: Reference, "Snowflakes". */
const epochMs = 1_420_070_400_000;

export interface Snowflakes {
  /** An id made now; ids grow. */
  next(): string;
  /** An id of something that was made before the stand-in started; these grow too. */
  old(): string;
}

/** Makes ids as Discord does: 42 bits of time, 10 of worker and process, 12 of a counter. */
export function createSnowflakes(clock: Clock): Snowflakes {
  const thirtyDaysMs = 30 * 86_400_000;
  let lastMs = 0;
  let counter = 0;
  let oldMs = clock.now() - thirtyDaysMs;
  return {
    next() {
      const nowMs = clock.now();
      if (nowMs > lastMs) {
        lastMs = nowMs;
        counter = 0;
      } else {
        counter += 1;
        // More than 4096 in one millisecond borrow from the next, so that ids keep growing.
        if (counter === 4096) {
          lastMs += 1;
          counter = 0;
        }
      }
      return compose(lastMs, counter);
    },
    old() {
      oldMs += 1;
      return compose(oldMs, 0);
    },
  };
}

function compose(timeMs: number, counter: number): string {
  return ((BigInt(timeMs - epochMs) << 22n) | (1n << 17n) | BigInt(counter)).toString();
}

/** When an id was made, ms since the epoch. */
export function snowflakeTime(id: string): number {
  return Number(BigInt(id) >> 22n) + epochMs;
}
