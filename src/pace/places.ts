import type { MemberLimits, QueueFull } from '../domain/pace.ts';

export interface PlacesOptions {
  readonly guildConcurrent: number;
  readonly guildQueue: number;
  readonly memberConcurrent: number;
  readonly memberQueue: number;
  /** Called after the order or the number of a guild's places changed. */
  onChange(guildId: string): void;
}

/** A place taken by one job. */
export interface Occupant {
  readonly guildId: string;
  readonly memberId: string;
  /** By arrival over all guilds; lower came earlier. */
  readonly order: number;
  readonly running: boolean;
}

interface Entry extends Occupant {
  running: boolean;
}

/**
 * The book of places: who waits and who runs in each guild. Counted here and not asked of the
 * limiters, so that two requests at once cannot both take the last place, and a place is free the
 * moment it is given up.
 */
export class Places {
  readonly #options: PlacesOptions;
  /** Each guild's places by arrival. */
  readonly #guilds = new Map<string, Entry[]>();
  #arrivals = 0;
  #waiting = 0;
  #running = 0;

  constructor(options: PlacesOptions) {
    this.#options = options;
  }

  get waiting(): number {
    return this.#waiting;
  }

  get running(): number {
    return this.#running;
  }

  /** Whether there are not so many places for this member now. */
  full(
    guildId: string,
    memberId: string,
    limits?: MemberLimits,
    places = 1,
  ): QueueFull | undefined {
    const { guildConcurrent, guildQueue } = this.#options;
    const memberQueue = Math.min(limits?.waiting ?? Infinity, this.#options.memberQueue);
    const memberConcurrent = Math.min(limits?.running ?? Infinity, this.#options.memberConcurrent);
    const entries = this.#guilds.get(guildId) ?? [];
    const own = entries.filter((entry) => entry.memberId === memberId).length;
    const ofMember = memberConcurrent + memberQueue;
    if (own + places > ofMember)
      return { full: 'member', limit: memberQueue, ahead: own, places: ofMember };
    const ofGuild = guildConcurrent + guildQueue;
    if (entries.length + places > ofGuild)
      return { full: 'guild', limit: guildQueue, ahead: entries.length, places: ofGuild };
    return undefined;
  }

  /** Takes a place; {@link full} must have been asked. */
  take(guildId: string, memberId: string): Occupant {
    this.#arrivals += 1;
    const entry: Entry = { guildId, memberId, order: this.#arrivals, running: false };
    const entries = this.#guilds.get(guildId);
    if (entries === undefined) this.#guilds.set(guildId, [entry]);
    else entries.push(entry);
    this.#waiting += 1;
    this.#options.onChange(guildId);
    return entry;
  }

  /** It waits no longer but runs. */
  start(occupant: Occupant): void {
    const entry = this.#entry(occupant);
    if (entry === undefined || entry.running) return;
    entry.running = true;
    this.#waiting -= 1;
    this.#running += 1;
    this.#options.onChange(occupant.guildId);
  }

  /** Gives the place up; harmless if it was. */
  leave(occupant: Occupant): void {
    const entry = this.#entry(occupant);
    if (entry === undefined) return;
    const rest = this.#of(occupant.guildId).filter((other) => other !== entry);
    if (rest.length > 0) this.#guilds.set(occupant.guildId, rest);
    else this.#guilds.delete(occupant.guildId);
    if (entry.running) this.#running -= 1;
    else this.#waiting -= 1;
    this.#options.onChange(occupant.guildId);
  }

  /** Its place among those of the guild that wait, 1 = next; 0 when it does not wait. */
  position(occupant: Occupant): number {
    const waiting = this.#of(occupant.guildId).filter((entry) => !entry.running);
    return waiting.findIndex((entry) => entry === occupant) + 1;
  }

  /** How many of the guild run or wait. */
  demandOf(guildId: string): number {
    return this.#of(guildId).length;
  }

  /** How many of the guild run. */
  runningIn(guildId: string): number {
    return this.#of(guildId).filter((entry) => entry.running).length;
  }

  #entry(occupant: Occupant): Entry | undefined {
    return this.#of(occupant.guildId).find((entry) => entry === occupant);
  }

  #of(guildId: string): readonly Entry[] {
    return this.#guilds.get(guildId) ?? [];
  }
}
