import type { Clock } from '../clock.ts';
import type { RateLimitReading, RateWindow } from '../domain/pace.ts';
import { sleep } from '../schedule.ts';
import type { Departure, Departures } from './departures.ts';
import { allowance, ruleOf, sortedWindows, yielding } from './rule.ts';
import type { Rule } from './rule.ts';

const longestUnaskedPauseMs = 5_000;
const shortestPauseMs = 100;

/** Decides when an account's next request may depart; follows what the answers say. */
export class Pacer {
  readonly #clock: Clock;
  readonly #departures: Departures;
  #windows: readonly RateWindow[];
  #rule: Rule;
  #pausedUntil = 0;
  #nap = new AbortController();
  #closed = false;

  /** @param windows the documented limits, until an answer names others; none = unlimited */
  constructor(clock: Clock, departures: Departures, windows: readonly RateWindow[]) {
    this.#clock = clock;
    this.#departures = departures;
    this.#windows = sortedWindows(windows);
    this.#rule = ruleOf(windows);
  }

  /** Ms since the epoch; in the past when the account is not paused. */
  get pausedUntil(): number {
    return this.#pausedUntil;
  }

  /** The longest window; 0 without limits. */
  get windowMs(): number {
    return this.#rule.windowMs;
  }

  /** How many departures the long window allows us now; Infinity without limits. */
  get allowance(): number {
    return allowance(this.#rule, this.#departures.foreign());
  }

  /**
   * Waits until a request may depart. One call at a time. Rejects when closed.
   *
   * @param yields whether whoever goes next leaves room for others who are not here now
   */
  async ready(yields: () => boolean = () => false): Promise<Departure> {
    for (;;) {
      await this.#pauseOver();
      const calm = this.#ruleNow();
      const rule = yields() ? yielding(calm) : calm;
      const { waitMs, departure } = await this.#departures.book(rule);
      if (departure === undefined) {
        await this.#sleep(waitMs);
        continue;
      }
      const at = this.#clock.now() + waitMs;
      while (!this.#closed && !this.#isPaused() && this.#clock.now() < at) {
        await this.#sleep(at - this.#clock.now());
      }
      if (!this.#closed && !this.#isPaused()) return departure;
      this.#departures.release(departure);
    }
  }

  /** Who waits may go sooner now. */
  hurry(): void {
    if (!this.#isPaused()) this.#nap.abort();
  }

  /** Gives back a departure that nobody used. */
  release(departure: Departure): void {
    this.#departures.release(departure);
  }

  /** Takes what the answer to this departure said. */
  observe(reading: RateLimitReading, departure: Departure): void {
    const windows = sortedWindows(reading.windows);
    if (windows.length > 0 && !sameWindows(windows, this.#windows)) {
      this.#windows = windows;
      this.#rule = ruleOf(windows);
      this.#nap.abort();
    }
    this.#waitForReset(reading);
    // While a shorter window is closer to exhaustion the answer says nothing about the long one.
    if (reading.limit !== this.#rule.limit || reading.remaining === undefined) return;
    const used = this.#rule.limit - Math.max(0, reading.remaining);
    if (this.#departures.used(used, departure, this.#rule)) this.#nap.abort();
  }

  /** Stops departures after a 429, as long as its reading asks for. */
  pause(reading: RateLimitReading | undefined): void {
    // A pause that is over already would mean to ask again at once, and again.
    this.#pauseFor(Math.max(this.#pauseMs(reading), this.#rule.evenGapMs || shortestPauseMs));
  }

  /** How long a job with so many ahead of it has to wait at least. */
  forecastMs(ahead: number): number {
    const pauseMs = this.#pausedUntil - this.#clock.now();
    return Math.max(
      0,
      Math.ceil(Math.max(pauseMs, this.#departures.forecastMs(this.#ruleNow(), ahead))),
    );
  }

  close(): void {
    this.#closed = true;
    this.#nap.abort();
  }

  /**
   * Nothing is left of a limit whose window is unknown: all that can be done is to wait for its reset.
   * What is known is kept to by its window, and needs no pause.
   */
  #waitForReset({ limit, remaining, resetMs, retryAfterMs }: RateLimitReading): void {
    const isKnown = this.#windows.some((window) => window.limit === limit);
    if (isKnown || retryAfterMs !== undefined || (remaining ?? 1) > 0 || !resetMs) return;
    this.#pauseFor(Math.min(longestUnaskedPauseMs, resetMs));
  }

  #pauseFor(forMs: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#clock.now() + forMs);
    this.#departures.paused(forMs);
    this.#nap.abort();
  }

  #pauseMs(reading: RateLimitReading | undefined): number {
    if (reading?.retryAfterMs !== undefined) return reading.retryAfterMs;
    const long = this.#windows.at(-1);
    const short = this.#windows.find((window) => window.limit === reading?.limit);
    if (short !== undefined && short !== long) return short.windowMs;
    const untilResetMs = reading?.resetMs ?? long?.windowMs ?? longestUnaskedPauseMs;
    return Math.min(longestUnaskedPauseMs, untilResetMs);
  }

  /** What a pause held back is not made up for: it would bring about the next one. */
  #ruleNow(): Rule {
    const isCalm = this.#clock.now() - this.#pausedUntil > this.#rule.windowMs;
    return isCalm ? this.#rule : { ...this.#rule, aheadMs: 0 };
  }

  #isPaused(): boolean {
    return this.#pausedUntil > this.#clock.now();
  }

  async #pauseOver(): Promise<void> {
    for (;;) {
      if (this.#closed) throw new Error('the pace is closed');
      const forMs = this.#pausedUntil - this.#clock.now();
      if (forMs <= 0) return;
      await this.#sleep(forMs);
    }
  }

  /** Sleeps, but no longer than until something changes. */
  async #sleep(ms: number): Promise<void> {
    if (this.#closed) return;
    this.#nap = new AbortController();
    await sleep(this.#clock, Math.ceil(ms), this.#nap.signal).catch(() => undefined);
  }
}

function sameWindows(a: readonly RateWindow[], b: readonly RateWindow[]): boolean {
  return (
    a.length === b.length &&
    a.every(
      ({ limit, windowMs }, index) => b[index]?.limit === limit && b[index]?.windowMs === windowMs,
    )
  );
}
