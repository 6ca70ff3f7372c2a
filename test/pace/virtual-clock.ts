import type { Clock } from '../../src/clock.ts';

interface Timer {
  readonly at: number;
  readonly order: number;
  run(): void;
}

/** A clock that stands still until it is told to go on; three minutes take as long as what happens in them. */
export class VirtualClock implements Clock {
  #now: number;
  #timers: Timer[] = [];
  #count = 0;

  constructor(now = 1_700_000_000_000) {
    this.#now = now;
  }

  get timers(): number {
    return this.#timers.length;
  }

  now(): number {
    return this.#now;
  }

  id(): string {
    this.#count += 1;
    return `id-${this.#count}`;
  }

  setTimer(run: () => void, afterMs: number): () => void {
    this.#count += 1;
    const timer = { at: this.#now + Math.max(0, afterMs), order: this.#count, run };
    const behind = this.#timers.findIndex((other) => other.at > timer.at);
    this.#timers.splice(behind === -1 ? this.#timers.length : behind, 0, timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Runs every timer that is due within so many milliseconds, one after the other, with what follows from each. */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms;
    await settled();
    for (;;) {
      const next = this.#timers[0];
      if (next === undefined || next.at > until) break;
      this.#timers.shift();
      this.#now = Math.max(this.#now, next.at);
      next.run();
      await settled();
    }
    this.#now = until;
  }
}

/** After all promises that are resolved already have had their say. */
export function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
