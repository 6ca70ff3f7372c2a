type Turns = <T>(work: () => Promise<T>) => Promise<T>;

/** Runs one piece of work after the other, in the order in which they came; the first at once. */
export function createTurns(): Turns {
  let last: Promise<unknown> | undefined;
  return async (work) => {
    const before = last;
    const running = before === undefined ? work() : before.then(work);
    // Whoever comes next waits for its end, not for its success.
    const ended = running.then(
      () => undefined,
      () => undefined,
    );
    last = ended;
    try {
      return await running;
    } finally {
      if (last === ended) last = undefined;
    }
  };
}
