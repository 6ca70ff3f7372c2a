import type { Clock } from '../clock.ts';

/** Of so many requests it is remembered how long they took. */
const remembered = 20;
/** What one that is overdue, or of which nothing is known, is thought to take still. */
const shortestMs = 1_000;

/** The requests of an account that are under way, and when there may be another. */
export class Slots {
  readonly #clock: Clock;
  readonly #concurrent: number;
  /** When those under way departed, the first one first. */
  readonly #taken = new Set<{ readonly at: number }>();
  #tookMs: readonly number[] = [];
  #wake: (() => void) | undefined;
  #closed = false;

  /** @param concurrent at least 1; undefined: no bound */
  constructor(clock: Clock, concurrent: number | undefined) {
    this.#clock = clock;
    this.#concurrent = Math.max(1, concurrent ?? Infinity);
  }

  get underWay(): number {
    return this.#taken.size;
  }

  /** How many more may be under way now. */
  get free(): number {
    return this.#concurrent - this.#taken.size;
  }

  /** Waits until a slot is free. One call at a time. */
  async freed(): Promise<void> {
    while (this.free < 1 && !this.#closed) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Takes a slot; returns what frees it, which does so once. */
  take(): () => void {
    const slot = { at: this.#clock.now() };
    this.#taken.add(slot);
    return () => {
      if (!this.#taken.delete(slot)) return;
      this.#tookMs = [...this.#tookMs, this.#clock.now() - slot.at].slice(-remembered);
      this.#wake?.();
    };
  }

  /**
   * In how many milliseconds there may be a slot for one with so many ahead of it, if requests go on
   * to take as long as the recent ones. 0 only if there is one now.
   */
  forecastMs(ahead: number): number {
    if (ahead < this.free) return 0;
    const now = this.#clock.now();
    const sorted = this.#tookMs.toSorted((a, b) => a - b);
    const typicalMs = Math.max(shortestMs, sorted[Math.floor(sorted.length / 2)] ?? 0);
    // If all take as long, slots come round in turn: those that are free now, then those under way.
    const rounds = Math.floor(ahead / this.#concurrent);
    const taken = [...this.#taken][(ahead % this.#concurrent) - this.free];
    const freeInMs = taken === undefined ? 0 : Math.max(shortestMs, taken.at + typicalMs - now);
    return freeInMs + rounds * typicalMs;
  }

  /** Nobody needs to wait for a slot any more. */
  close(): void {
    this.#closed = true;
    this.#wake?.();
  }
}
