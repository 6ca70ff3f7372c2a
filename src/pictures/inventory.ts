/** The files of a generation by their names, with their bytes. */
export type Files = ReadonlyMap<string, number>;

/** What the spool holds, by generation. Kept in memory and set right by every sweep of the folder. */
export interface Inventory {
  /** Bytes of all generations together. */
  readonly bytes: number;
  holds(generationId: string, name: string): boolean;
  /** A new file, or one in the place of another. */
  add(generationId: string, name: string, bytes: number): void;
  remove(generationId: string, name: string): void;
  /** What a sweep found; no files and no mark forget the generation. */
  set(generationId: string, files: Files, shownAt: number | undefined): void;
  /** Its member can see it since then (ms since the epoch). */
  markShown(generationId: string, at: number): void;
  forget(generationId: string): void;
  /** The generations that were shown, the longest shown first; those taken away on the way are left out. */
  shown(): Iterable<string>;
  all(): string[];
}

/** @param onBytes called with the bytes whenever they change */
export function createInventory(onBytes: (bytes: number) => void): Inventory {
  const generations = new Map<string, Map<string, number>>();
  /** The longest shown first, unless a sweep has just found some. */
  const shownSince = new Map<string, number>();
  let isInOrder = true;
  let total = 0;

  function put(generationId: string, files: Map<string, number>): void {
    const change = sum(files) - sum(generations.get(generationId));
    if (files.size === 0) generations.delete(generationId);
    else generations.set(generationId, files);
    if (change === 0) return;
    total += change;
    onBytes(total);
  }

  return {
    get bytes() {
      return total;
    },
    holds: (generationId, name) => generations.get(generationId)?.has(name) === true,
    add(generationId, name, bytes) {
      put(generationId, new Map(generations.get(generationId)).set(name, bytes));
    },
    remove(generationId, name) {
      // Another process may have brought what is taken away here, so it was never counted.
      const files = new Map(generations.get(generationId));
      files.delete(name);
      put(generationId, files);
    },
    set(generationId, files, shownAt) {
      put(generationId, new Map(files));
      if (shownAt === shownSince.get(generationId)) return;
      shownSince.delete(generationId);
      if (shownAt === undefined) return;
      shownSince.set(generationId, shownAt);
      isInOrder = false;
    },
    markShown(generationId, at) {
      shownSince.delete(generationId);
      shownSince.set(generationId, at);
    },
    forget(generationId) {
      put(generationId, new Map());
      shownSince.delete(generationId);
    },
    *shown() {
      if (!isInOrder) {
        const inOrder = [...shownSince].toSorted(([, one], [, other]) => one - other);
        shownSince.clear();
        for (const [id, at] of inOrder) shownSince.set(id, at);
        isInOrder = true;
      }
      yield* shownSince.keys();
    },
    all: () => [...new Set([...generations.keys(), ...shownSince.keys()])],
  };
}

function sum(files: Files = new Map()): number {
  return [...files.values()].reduce((total, bytes) => total + bytes, 0);
}
