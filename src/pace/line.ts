interface Waiter<T> {
  readonly rank: number;
  admit(value: T): void;
  refuse(error: unknown): void;
}

/** Those who wait for something, in the order of their rank. Whoever's signal aborts leaves at once. */
export class Line<T> {
  #waiters: Waiter<T>[] = [];

  get length(): number {
    return this.#waiters.length;
  }

  /**
   * Waits to be admitted.
   *
   * @param rank lower is sooner; equals in the order of arrival
   * @returns what it was admitted with; rejects with the signal's reason
   */
  enter(rank: number, signal: AbortSignal): Promise<T> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(asError(signal.reason));
        return;
      }
      const waiter: Waiter<T> = {
        rank,
        admit: (value) => {
          signal.removeEventListener('abort', leave);
          resolve(value);
        },
        refuse: (error) => {
          signal.removeEventListener('abort', leave);
          reject(asError(error));
        },
      };
      const leave = (): void => {
        this.#waiters = this.#waiters.filter((one) => one !== waiter);
        reject(asError(signal.reason));
      };
      signal.addEventListener('abort', leave, { once: true });
      const behind = this.#waiters.findIndex((one) => one.rank > rank);
      this.#waiters.splice(behind === -1 ? this.#waiters.length : behind, 0, waiter);
    });
  }

  /** Admits the first and returns its rank; `undefined` if nobody waits. */
  admit(value: T): number | undefined {
    const first = this.#waiters.shift();
    first?.admit(value);
    return first?.rank;
  }

  /** Sends everyone away. */
  refuseAll(error: unknown): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const waiter of waiters) waiter.refuse(error);
  }

  /** How many would be admitted before someone of this rank who came now. */
  ahead(rank: number): number {
    return this.#waiters.filter((one) => one.rank < rank).length;
  }
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error('aborted', { cause: reason });
}
