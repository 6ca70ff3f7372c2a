import Bottleneck from 'bottleneck';
import type { Clock } from '../clock.ts';
import type { Departure } from './departures.ts';
import { Line } from './line.ts';
import type { Pacer } from './pacer.ts';
import type { Slots } from './slots.ts';

/** What the gate lets a request go with. */
export interface Leave {
  readonly departure: Departure;
  /** Frees the request's slot; to be called when the request is under way no longer. */
  readonly end: () => void;
}

/** A guild that has more requests than so many here is a flood to those that have fewer. */
const fewAtOnce = 4;

/** Who comes to the gate. */
export interface Comer {
  readonly guildId: string;
  /** Lower is sooner. */
  readonly rank: number;
  /** How many jobs of the guild run or wait, this one included. */
  readonly demand: number;
}

/**
 * The gate in front of an account's slots and pacer: a bottleneck limiter that lets one at a time
 * ask for a slot and then for a departure. Who goes is decided when the time has come, so that one
 * who came late may go first and one who left holds up nobody.
 */
export class Gate {
  readonly #clock: Clock;
  readonly #pacer: Pacer;
  readonly #slots: Slots;
  /** How many wait of guilds that ask for little. */
  #few = 0;
  /** When each of those guilds was here last; none that has come to ask for much since. */
  readonly #fewAt = new Map<string, number>();
  readonly #limiter = new Bottleneck({ maxConcurrent: 1 });
  readonly #line = new Line<Leave>();
  #tickets = 0;
  /** How far the gate has come, and what each guild has used of it: start-time fair queueing. */
  #reached = 0;
  readonly #used = new Map<string, number>();

  constructor(clock: Clock, pacer: Pacer, slots: Slots) {
    this.#clock = clock;
    this.#pacer = pacer;
    this.#slots = slots;
  }

  get length(): number {
    return this.#line.length;
  }

  /**
   * The rank of a guild's next job. Guilds take turns, however many jobs each has here: one that did
   * not use the gate lately goes before the second job of another. A turn costs as much as the guild
   * asks for, so that of what is scarce those who ask for little have it first, and a flood what they
   * leave; where all ask for much they share alike.
   *
   * @param demand how many jobs of the guild run or wait, this one included
   */
  rankOf(guildId: string, demand: number): number {
    // With nobody left, no guild is behind another any more; but where slots are scarce, whose
    // request is under way has had its turn.
    const nobodyWaits = this.#line.length === 0;
    if (nobodyWaits && (this.#slots.underWay === 0 || this.#slots.free === Infinity))
      this.#used.clear();
    const rank = Math.max(this.#reached, this.#used.get(guildId) ?? 0);
    this.#used.set(guildId, rank + demand);
    return rank;
  }

  /** How many go before someone of this rank. */
  ahead(rank: number): number {
    return this.#line.ahead(rank);
  }

  /**
   * Waits for the account's turn. While guilds that ask for little come again and again, a flood goes
   * at the even pace and leaves a little of what the API allows, so that they need not wait for it.
   */
  async pass({ guildId, rank, demand }: Comer, signal: AbortSignal): Promise<Leave> {
    const isOfFew = demand <= fewAtOnce;
    const leave = this.#line.enter(rank, signal);
    if (isOfFew) {
      this.#few += 1;
      this.#fewAt.set(guildId, this.#clock.now());
      this.#pacer.hurry();
    } else this.#fewAt.delete(guildId);
    if (this.#tickets < this.#line.length) {
      this.#tickets += 1;
      void this.#limiter.schedule(() => this.#serve());
    }
    try {
      return await leave;
    } finally {
      if (isOfFew) {
        this.#few -= 1;
        // Unless it has come to ask for much meanwhile.
        if (this.#fewAt.has(guildId)) this.#fewAt.set(guildId, this.#clock.now());
      }
    }
  }

  /** Sends everyone away who waits. */
  refuseAll(error: unknown): void {
    this.#line.refuseAll(error);
  }

  /** Whether only floods wait here, and others are to be expected. */
  #isFlood(): boolean {
    const now = this.#clock.now();
    for (const [guildId, at] of this.#fewAt)
      // Also where the clock was set back.
      if (at > now || at <= now - this.#pacer.windowMs) this.#fewAt.delete(guildId);
    return this.#few === 0 && this.#fewAt.size > 0;
  }

  async #serve(): Promise<void> {
    try {
      // The slot first: a departure that is booked has to be used.
      await this.#slots.freed();
      const departure = await this.#pacer.ready(() => this.#isFlood());
      if (this.#line.length === 0) {
        this.#pacer.release(departure);
        return;
      }
      const rank = this.#line.admit({ departure, end: this.#slots.take() });
      this.#reached = Math.max(this.#reached, rank ?? 0);
    } catch (error) {
      this.#line.refuseAll(error);
    } finally {
      this.#tickets -= 1;
    }
  }
}
