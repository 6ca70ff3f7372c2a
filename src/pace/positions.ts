import type { QueuePosition } from '../domain/pace.ts';
import type { Occupant, Places } from './places.ts';

interface Watch {
  readonly occupant: Occupant;
  told: number | undefined;
  tell(position: number): void;
}

/** Tells those who wait where they stand: at once when they begin to wait, then on each change. */
export class Positions {
  readonly #places: Places;
  /** Those who wait, by guild. */
  readonly #watches = new Map<string, Set<Watch>>();

  constructor(places: Places) {
    this.#places = places;
  }

  /**
   * Begins to tell.
   *
   * @param accountDelayMs how long the account will hold it at least
   * @returns what stops it
   */
  watch(
    occupant: Occupant,
    accountDelayMs: () => number,
    onPosition: (position: QueuePosition) => void,
  ): () => void {
    const { guildId } = occupant;
    const watch: Watch = {
      occupant,
      told: undefined,
      tell: (position) => {
        const running = this.#places.runningIn(guildId);
        onPosition({ position, running, accountDelayMs: accountDelayMs() });
      },
    };
    const watches = this.#watches.get(guildId) ?? new Set();
    this.#watches.set(guildId, watches.add(watch));
    this.#tell(watch);
    return () => {
      watches.delete(watch);
      if (watches.size === 0 && this.#watches.get(guildId) === watches) {
        this.#watches.delete(guildId);
      }
    };
  }

  /** To be called after each change in a guild. */
  changed(guildId: string): void {
    for (const watch of this.#watches.get(guildId) ?? []) this.#tell(watch);
  }

  #tell(watch: Watch): void {
    const position = this.#places.position(watch.occupant);
    if (position === 0 || position === watch.told) return;
    watch.told = position;
    try {
      watch.tell(position);
    } catch {
      // One who cannot be told must not stop the others, whose jobs go on in the same call.
    }
  }
}
