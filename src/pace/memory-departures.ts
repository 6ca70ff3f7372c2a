import type { Clock } from '../clock.ts';
import type { Departure, Departures } from './departures.ts';
import { ForeignUse } from './foreign.ts';
import { earliest } from './rule.ts';
import type { Rule } from './rule.ts';

// Departures are kept even while no limit is known: the first answer may name one.
const fewestKept = 200;
const longestForecast = 200;

/** The departures of one process, which has the account to itself. Begins with those of earlier runs. */
export class MemoryDepartures implements Departures {
  readonly #clock: Clock;
  readonly #foreign = new ForeignUse();
  #departures: number[];
  #booked = 0;

  /** @param earlier ms since the epoch, in any order */
  constructor(clock: Clock, earlier: readonly number[]) {
    this.#clock = clock;
    this.#departures = earlier.toSorted((a, b) => a - b);
  }

  book(rule: Rule): Promise<{ waitMs: number; departure: Departure | undefined }> {
    const now = this.#clock.now();
    const foreign = this.#foreign.count(now);
    const waitMs = earliest(rule, this.#recent(rule, now), foreign, now) - now;
    if (waitMs <= 0) {
      return Promise.resolve({ waitMs: 0, departure: this.add(now, rule) });
    }
    // What others used is forgotten at some point, and then more is allowed.
    const askAgainMs = foreign > 0 ? Math.min(waitMs, this.#foreign.forgottenInMs(now)) : waitMs;
    return Promise.resolve({ waitMs: Math.ceil(askAgainMs), departure: undefined });
  }

  /** Writes down a departure, whatever the rule says. */
  add(at: number, rule: Rule): Departure {
    this.#departures.push(at);
    this.#booked += 1;
    return { id: String(this.#booked), at, order: at, own: this.#own(rule, at) };
  }

  release(departure: Departure): void {
    const index = this.#departures.lastIndexOf(departure.at);
    if (index !== -1) this.#departures.splice(index, 1);
  }

  used(count: number, departure: Departure, rule: Rule): boolean {
    const now = this.#clock.now();
    const own = Math.max(departure.own, this.#own(rule, now));
    return this.#foreign.take(count, own, departure.order, rule, now);
  }

  paused(): void {
    // There is nobody else to tell.
  }

  forecastMs(rule: Rule, ahead: number): number {
    const now = this.#clock.now();
    const foreign = this.#foreign.count(now);
    const departures = [...this.#recent(rule, now)];
    let at = now;
    for (let n = 0; n <= Math.min(ahead, longestForecast); n += 1) {
      while ((departures[0] ?? Infinity) <= at - rule.holdMs) departures.shift();
      at = earliest(rule, departures, foreign, at);
      departures.push(at);
    }
    return at - now + Math.max(0, ahead - longestForecast) * rule.evenGapMs;
  }

  foreign(): number {
    return this.#foreign.count(this.#clock.now());
  }

  #own(rule: Rule, now: number): number {
    const since = now - rule.countMs;
    return this.#departures.filter((at) => at > since && at <= now).length;
  }

  #recent(rule: Rule, now: number): readonly number[] {
    const newest = this.#departures.at(-1);
    // A clock that was set back far must not hold everyone until the old time comes round again.
    if (newest !== undefined && newest > now + rule.holdMs) {
      this.#departures = this.#departures.map((at) => Math.min(at, now));
    }
    if (rule.limit === Infinity) {
      if (this.#departures.length > 2 * fewestKept) {
        this.#departures = this.#departures.slice(-fewestKept);
      }
      return this.#departures;
    }
    const since = now - rule.holdMs;
    const first = this.#departures.findIndex((at) => at > since);
    this.#departures.splice(0, first === -1 ? this.#departures.length : first);
    return this.#departures;
  }
}
