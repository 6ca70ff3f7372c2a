import Bottleneck from 'bottleneck';
import type { Departure } from './departures.ts';
import { Line } from './line.ts';
import type { Pacer } from './pacer.ts';

/**
 * The gate in front of an account's pacer: a bottleneck limiter that lets one at a time ask for a
 * departure. Who goes is decided when the time has come, so that one who came late may go first
 * and one who left holds up nobody.
 */
export class Gate {
  readonly #pacer: Pacer;
  readonly #limiter = new Bottleneck({ maxConcurrent: 1 });
  readonly #line = new Line<Departure>();
  #tickets = 0;
  /** How far the gate has come, and what each guild has used of it: start-time fair queueing. */
  #reached = 0;
  readonly #used = new Map<string, number>();

  constructor(pacer: Pacer) {
    this.#pacer = pacer;
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
    const rank = Math.max(this.#reached, this.#used.get(guildId) ?? 0);
    this.#used.set(guildId, rank + demand);
    return rank;
  }

  /** How many go before someone of this rank. */
  ahead(rank: number): number {
    return this.#line.ahead(rank);
  }

  /**
   * Waits for the account's turn.
   *
   * @param rank lower is sooner
   */
  pass(rank: number, signal: AbortSignal): Promise<Departure> {
    const departure = this.#line.enter(rank, signal);
    if (this.#tickets < this.#line.length) {
      this.#tickets += 1;
      void this.#limiter.schedule(() => this.#serve());
    }
    return departure;
  }

  /** Sends everyone away who waits. */
  refuseAll(error: unknown): void {
    this.#line.refuseAll(error);
  }

  async #serve(): Promise<void> {
    try {
      const departure = await this.#pacer.ready();
      const rank = this.#line.admit(departure);
      if (rank === undefined) this.#pacer.release(departure);
      else this.#reached = Math.max(this.#reached, rank);
      // With nobody left, no guild is behind another any more.
      if (this.#line.length === 0) this.#used.clear();
    } catch (error) {
      this.#line.refuseAll(error);
    } finally {
      this.#tickets -= 1;
    }
  }
}
