/** What the spool holds, by generation. Kept in memory and set right by every sweep of the folder. */
export interface Inventory {
  /** Bytes of all generations together. */
  readonly bytes: number;
  add(generationId: string, bytes: number): void;
  /** What a sweep found; no bytes and no mark forget the generation. */
  set(generationId: string, bytes: number, shownAt: number | undefined): void;
  /** Its member can see it since then (ms since the epoch). */
  markShown(generationId: string, at: number): void;
  /** Returns how many bytes it was counted with. */
  forget(generationId: string): number;
  /** The generations that were shown, the longest shown first. */
  shown(): string[];
  all(): string[];
}

/** @param onBytes called with the bytes whenever they change */
export function createInventory(onBytes: (bytes: number) => void): Inventory {
  const sizes = new Map<string, number>();
  const shownSince = new Map<string, number>();
  let total = 0;

  function put(generationId: string, bytes: number): void {
    const change = bytes - (sizes.get(generationId) ?? 0);
    if (bytes === 0) sizes.delete(generationId);
    else sizes.set(generationId, bytes);
    if (change === 0) return;
    total += change;
    onBytes(total);
  }

  return {
    get bytes() {
      return total;
    },
    // Another process may have brought what is taken away here, so it was never counted.
    add: (generationId, bytes) =>
      put(generationId, Math.max(0, (sizes.get(generationId) ?? 0) + bytes)),
    set(generationId, bytes, shownAt) {
      put(generationId, bytes);
      if (shownAt === undefined) shownSince.delete(generationId);
      else shownSince.set(generationId, shownAt);
    },
    markShown: (generationId, at) => void shownSince.set(generationId, at),
    forget(generationId) {
      const bytes = sizes.get(generationId) ?? 0;
      put(generationId, 0);
      shownSince.delete(generationId);
      return bytes;
    },
    shown: () => [...shownSince].toSorted(([, one], [, other]) => one - other).map(([id]) => id),
    all: () => [...new Set([...sizes.keys(), ...shownSince.keys()])],
  };
}
