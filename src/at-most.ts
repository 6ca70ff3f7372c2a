/** Runs work as soon as there is a place for it, and resolves or rejects as the work does. */
export type AtMost = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * At most so many pieces of work at once; one that finds a place begins within the call, and those that
 * wait begin in the order in which they came. (A job of bottleneck takes timers and some 0.5 ms.)
 */
export function atMost(count: number): AtMost {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running < count) running += 1;
    else
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
    try {
      return await work();
    } finally {
      // A place goes straight to whoever is next, so that nobody who comes now takes it.
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
