import type { Clock } from '../clock.ts';
import type { Departure, Departures } from './departures.ts';
import { MemoryDepartures } from './memory-departures.ts';
import type { RedisLink } from './redis-link.ts';
import { bookScript, pauseScript, releaseScript, usedScript } from './redis-scripts.ts';
import type { Rule } from './rule.ts';

export interface RedisDeparturesOptions {
  readonly clock: Clock;
  readonly link: RedisLink;
  /** What the keys begin with, one for each account. */
  readonly prefix: string;
  /** How many processes share the account while Redis is away. */
  readonly processes: number;
  /** Departures of earlier runs, ms since the epoch; Redis has its own memory of them. */
  readonly earlier: readonly number[];
}

// What is asked of one process holds the bookings of all; past this each asks the API for itself.
const longestSharedPauseMs = 60_000;

/**
 * The departures of several processes that share an account. While Redis is away each process
 * keeps an even pace that leaves room for the others; what departed meanwhile, or what Redis lost,
 * is written into it again.
 */
export class RedisDepartures implements Departures {
  readonly #options: RedisDeparturesOptions;
  readonly #memory: MemoryDepartures;
  readonly #keys: { departures: string; foreign: string; order: string; pause: string };
  /** Own departures that still count, oldest first. */
  #own: Departure[] = [];
  #mayBeMissing = false;
  #foreign = 0;
  #aheadMs = 0;

  constructor(options: RedisDeparturesOptions) {
    this.#options = options;
    this.#memory = new MemoryDepartures(options.clock, options.earlier);
    // The braces keep an account's keys together in a Redis cluster.
    const prefix = `{${options.prefix}}`;
    this.#keys = {
      departures: `${prefix}:departures`,
      foreign: `${prefix}:foreign`,
      order: `${prefix}:order`,
      pause: `${prefix}:pause`,
    };
  }

  async book(rule: Rule): Promise<{ waitMs: number; departure: Departure | undefined }> {
    if (rule.limit === Infinity) return this.#memory.book(rule);
    this.#own = this.#own.filter(({ at }) => at > this.#options.clock.now() - rule.holdMs);
    try {
      return (await this.#bookShared(rule)) ?? (await this.#bookAlone(rule));
    } catch {
      return this.#bookAlone(rule);
    }
  }

  release(departure: Departure): void {
    this.#memory.release(departure);
    this.#own = this.#own.filter(({ id }) => id !== departure.id);
    this.#send(releaseScript, [this.#keys.departures], [departure.id]);
  }

  used(count: number, departure: Departure, rule: Rule): boolean {
    const { departures, foreign, order } = this.#keys;
    const changed = this.#memory.used(count, departure, rule);
    const values = [count, departure.own, departure.order, rule.countMs, Math.ceil(rule.windowMs)];
    this.#send(usedScript, [departures, foreign, order], values);
    return changed;
  }

  paused(forMs: number): void {
    const sharedMs = Math.ceil(Math.min(forMs, longestSharedPauseMs));
    if (sharedMs >= 1) this.#send(pauseScript, [this.#keys.pause], [sharedMs]);
  }

  forecastMs(rule: Rule, ahead: number): number {
    return this.#memory.forecastMs(rule, ahead);
  }

  foreign(): number {
    return this.#foreign;
  }

  /** Undefined when Redis keeps forgetting. */
  async #bookShared(
    rule: Rule,
  ): Promise<{ waitMs: number; departure: Departure | undefined } | undefined> {
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const { lost, now, waitMs, own, foreign, id } = await this.#callBook(rule);
      this.#aheadMs = now - this.#options.clock.now();
      this.#mayBeMissing = lost;
      if (lost) continue;
      this.#foreign = foreign;
      const at = this.#options.clock.now() + waitMs;
      const departure = { id, at, order: now + waitMs, own };
      this.#memory.add(at, rule);
      this.#own.push(departure);
      return { waitMs, departure };
    }
    return undefined;
  }

  async #callBook(rule: Rule): Promise<{
    readonly lost: boolean;
    readonly now: number;
    readonly waitMs: number;
    readonly own: number;
    readonly foreign: number;
    readonly id: string;
  }> {
    const { clock, link } = this.#options;
    const { departures, foreign, pause } = this.#keys;
    const id = clock.id();
    const [lost, now, waitMs, own, others] = await link.run(
      bookScript,
      [departures, foreign, pause],
      [
        id,
        rule.holdMs,
        rule.limit,
        rule.burstGapMs,
        rule.evenGapMs,
        // What is booked holds up all processes, so one that yields books no further ahead than others.
        rule.aheadMs - rule.leftMs,
        rule.countMs,
        this.#mayBeMissing ? '' : this.#lastThatCounts(rule),
        ...(this.#mayBeMissing
          ? this.#own.flatMap((one) => [Math.round(one.at - clock.now()), one.id])
          : []),
      ],
    );
    if (now === undefined || waitMs === undefined || own === undefined || others === undefined) {
      throw new Error('the booking script answered something else');
    }
    return { lost: lost === 1, now, waitMs, own, foreign: others, id };
  }

  // One that is nearly past the window may be gone for good reason.
  #lastThatCounts(rule: Rule): string {
    const last = this.#own.at(-1);
    return last !== undefined && last.at > this.#options.clock.now() - 0.9 * rule.holdMs
      ? last.id
      : '';
  }

  async #bookAlone(rule: Rule): Promise<{ waitMs: number; departure: Departure | undefined }> {
    const { clock, processes } = this.#options;
    const offer = await this.#memory.book({
      ...rule,
      aheadMs: 0,
      evenGapMs: rule.evenGapMs * processes,
    });
    if (offer.departure === undefined) return offer;
    const { at, own } = offer.departure;
    const departure = { id: clock.id(), at, order: Math.ceil(at + this.#aheadMs), own };
    this.#own.push(departure);
    return { waitMs: offer.waitMs, departure };
  }

  // What is lost while Redis is away is no loss: it is about the last minute only.
  #send(script: string, keys: readonly string[], values: readonly (string | number)[]): void {
    this.#options.link.run(script, keys, values).catch(() => undefined);
  }
}
