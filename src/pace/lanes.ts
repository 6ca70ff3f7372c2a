import Bottleneck from 'bottleneck';
import { Line } from './line.ts';

interface Lane {
  readonly limiter: Bottleneck;
  readonly line: Line<() => void>;
  /** Jobs handed to the limiter that it has not begun. */
  tickets: number;
  busy: number;
}

/** A limiter takes longer to make than to use, so as many as that are kept when their lane is empty. */
const mostIdle = 256;

/**
 * One bottleneck limiter for each key, with so many inside at once. The order of those who wait is
 * kept here, and the limiter's jobs are tickets that serve whoever is first when they come up: a
 * queued bottleneck job cannot be dropped, and the ticket of one who left serves the next.
 */
export class Lanes {
  readonly #concurrent: number;
  readonly #group: Bottleneck.Group;
  readonly #lanes = new Map<string, Lane>();
  /** The keys of the lanes that nobody is in, the one that was left first before the others. */
  readonly #idle = new Set<string>();

  constructor(concurrent: number) {
    this.#concurrent = concurrent;
    this.#group = new Bottleneck.Group({ maxConcurrent: concurrent });
  }

  /** How many keys have a limiter. */
  get size(): number {
    return this.#lanes.size;
  }

  /** How many jobs wait in bottleneck's queues. */
  get tickets(): number {
    let tickets = 0;
    for (const lane of this.#lanes.values()) tickets += lane.tickets;
    return tickets;
  }

  /** Whether someone who came now would not have to wait. */
  isOpen(key: string): boolean {
    const lane = this.#lanes.get(key);
    return lane === undefined || lane.busy + lane.line.length < this.#concurrent;
  }

  /**
   * Waits to be let in.
   *
   * @param rank lower is sooner
   * @returns what must be called to go out again; rejects with the signal's reason
   */
  async enter(key: string, rank: number, signal: AbortSignal): Promise<() => void> {
    const lane = this.#lane(key);
    const admitted = lane.line.enter(rank, signal);
    if (lane.tickets < lane.line.length) {
      lane.tickets += 1;
      void lane.limiter.schedule(() => this.#serve(key, lane));
    }
    try {
      return await admitted;
    } catch (error) {
      this.#tidy(key, lane);
      throw error;
    }
  }

  /** Sends away who waits, and stops the group's timer. */
  close(): void {
    for (const lane of this.#lanes.values()) lane.line.refuseAll(new Error('the pace is closed'));
    // bottleneck offers no way to stop its look for idle limiters, and the timer would keep the group alive.
    if (hasInterval(this.#group)) clearInterval(this.#group.interval);
  }

  #serve(key: string, lane: Lane): Promise<void> {
    return new Promise((free) => {
      lane.tickets -= 1;
      const leave = (): void => {
        lane.busy -= 1;
        free();
        this.#tidy(key, lane);
      };
      if (lane.line.admit(leave) !== undefined) lane.busy += 1;
      else free();
    });
  }

  #lane(key: string): Lane {
    let lane = this.#lanes.get(key);
    if (lane === undefined) {
      lane = { limiter: this.#group.key(key), line: new Line(), tickets: 0, busy: 0 };
      this.#lanes.set(key, lane);
    }
    this.#idle.delete(key);
    return lane;
  }

  // The group by itself would drop a limiter whose jobs take longer than its timeout, and with it
  // the count of what runs. So the lanes hold them, and drop them when there are too many.
  #tidy(key: string, lane: Lane): void {
    if (lane.busy > 0 || lane.line.length > 0 || this.#lanes.get(key) !== lane) return;
    this.#idle.add(key);
    const [longest] = this.#idle;
    if (this.#idle.size <= mostIdle || longest === undefined) return;
    this.#idle.delete(longest);
    this.#lanes.delete(longest);
    void this.#group.deleteKey(longest);
  }
}

function hasInterval(group: object): group is { interval: NodeJS.Timeout } {
  return 'interval' in group && typeof group.interval === 'object' && group.interval !== null;
}
