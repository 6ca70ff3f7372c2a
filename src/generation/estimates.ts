import type { QueuePosition } from '../domain/pace.ts';

/** How long runs take, from the median of the recent ones. */
export interface Estimates {
  /** Notes how long a run took, in ms. */
  note(provider: string, tookMs: number): void;
  /** How long until the pictures are there, in ms; `null` while no run is known. */
  untilReadyMs(provider: string, position?: QueuePosition): number | null;
}

const kept = 20;

/** @param guildConcurrent how many jobs of a guild run at once */
export function createEstimates(guildConcurrent: number): Estimates {
  const recent = new Map<string, number[]>();
  return {
    note(provider, tookMs) {
      const runs = recent.get(provider) ?? [];
      runs.push(tookMs);
      recent.set(provider, runs.slice(-kept));
    },
    untilReadyMs(provider, position) {
      const runs = recent.get(provider)?.toSorted((a, b) => a - b);
      const median = runs?.[Math.floor(runs.length / 2)];
      if (median === undefined) return null;
      if (!position) return median;
      const rounds = Math.ceil(position.position / guildConcurrent);
      return Math.max(position.accountDelayMs, rounds * median) + median;
    },
  };
}
