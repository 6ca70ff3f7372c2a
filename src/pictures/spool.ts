import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { atMost } from '../at-most.ts';
import type { Clock } from '../clock.ts';
import { PictureError, type PictureKey } from '../domain/pictures.ts';
import { closeAged, diskFreeBytes, isCode, list } from './files.ts';
import { removeFolder, sizeOf, sync } from './files.ts';
import { createInventory } from './inventory.ts';
import { folderOf, isGeneration, isPicture, mark, nameOf, partial, pathOf } from './layout.ts';
import { sweep } from './sweep.ts';
import { createWriteThrough } from './write-through.ts';

export interface SpoolOptions {
  /** Made where it is missing. Of several processes that share it, each counts its own changes only. */
  readonly folder: string;
  /** The bound of all files together. */
  readonly maxBytes: number;
  /** What must stay free on the disk. */
  readonly minFreeBytes: number;
  readonly clock: Clock;
  /** Called with the bytes in the spool whenever they change. */
  readonly onSize?: (bytes: number) => void;
  /** How many bytes the folder's disk has free; the system is asked unless given. */
  readonly freeBytes?: (folder: string) => Promise<number>;
}

/**
 * Files that survive the process and the machine: `<folder>/<generation id>/<index>`. What was shown
 * makes room for what comes, whole generations at a time, the longest shown first.
 */
export interface Spool {
  /** Whether so many bytes may come in addition: by the bound, and by what is free on the disk. */
  hasRoom(bytes: number): Promise<boolean>;
  /** Resolves when the file is on the disk for good. @throws {PictureError} `no-room` or `later` */
  write(key: PictureKey, bytes: Uint8Array): Promise<void>;
  /** Whether it is there as far as this process knows; what another one brings it learns by pruning. */
  holds(key: PictureKey): boolean;
  /** `undefined` where there is no such file. */
  read(key: PictureKey): Promise<Buffer<ArrayBuffer> | undefined>;
  /** From now on the generation may make room. A mark that cannot be written ends with the process. */
  shown(generationId: string): Promise<void>;
  remove(key: PictureKey): Promise<void>;
  removeAll(generationId: string): Promise<void>;
  /** Removes files written before the time (ms since the epoch); returns how many. */
  prune(olderThan: number): Promise<number>;
  size(): number;
}

/** What is admitted stays below this part of the bound; the rest is for what is already paid for. */
const admittedPart = 0.9;
/** A file that was being written when the process died; a living write does not take that long. */
const abandonedAfterMs = 10 * 60_000;

/** How often a generation's folder is made for one picture. */
const mostFolders = 3;

/** Opens the folder and looks once through it for how much there is. */
export async function openSpool(options: SpoolOptions): Promise<Spool> {
  const { folder, maxBytes, minFreeBytes, clock, onSize } = options;
  const freeBytes = options.freeBytes ?? diskFreeBytes;
  const inventory = createInventory((bytes) => onSize?.(bytes));
  const writeThrough = createWriteThrough();
  let bytesComing = 0;
  // Whatever counts the bytes and moves files does both in one go.
  const inOrder = atMost(1);

  async function hasRoom(bytes: number): Promise<boolean> {
    return inOrder(async () => {
      if (!(await makeRoomInBound(bytes, maxBytes * admittedPart))) return false;
      // A disk that cannot be asked is not one to write to.
      const free = await freeBytes(folder).catch(() => undefined);
      if (free === undefined) return false;
      const lacking = bytes + minFreeBytes - free;
      // By what went, since some disks tell of it only later.
      return lacking <= 0 || (await evict(lacking)) >= lacking;
    });
  }

  async function makeRoomInBound(bytes: number, bound: number, except?: string): Promise<boolean> {
    // What would not fit into an empty spool costs nobody a place.
    if (bytes > bound) return false;
    const lacking = (): number => inventory.bytes + bytesComing + bytes - bound;
    for (const generationId of inventory.shown()) {
      if (lacking() <= 0) break;
      if (generationId !== except) await evictOne(generationId);
    }
    return lacking() <= 0;
  }

  /** Removes what was shown until the disk has so many bytes back; returns how many it has. */
  async function evict(bytes: number, except?: string): Promise<number> {
    let evicted = 0;
    for (const generationId of inventory.shown()) {
      if (evicted >= bytes) break;
      if (generationId !== except) evicted += await evictOne(generationId);
    }
    return evicted;
  }

  async function evictOne(generationId: string): Promise<number> {
    const within = join(folder, generationId);
    let evicted = 0;
    try {
      for (const name of await list(within)) {
        // What is just being written is not what was shown.
        if (!isPicture(name)) continue;
        const size = await sizeOf(join(within, name));
        await rm(join(within, name), { force: true });
        evicted += size;
      }
      // Last, so that what a crash leaves of it is still known as shown.
      await rm(join(within, mark), { force: true });
      await removeFolder(within);
      inventory.forget(generationId);
    } catch {
      // What the disk does not let go is no room; the next sweep counts it.
    }
    return evicted;
  }

  async function write(key: PictureKey, bytes: Uint8Array): Promise<void> {
    const path = pathOf(folder, key);
    const { generationId } = key;
    let coming = 0;
    const come = (): void => {
      bytesComing -= coming;
      coming = 0;
    };
    await inOrder(async () => {
      if (!(await makeRoomInBound(bytes.length, maxBytes, generationId))) {
        throw new PictureError('no-room', 'the spool is full');
      }
      coming = bytes.length;
      bytesComing += coming;
    });
    try {
      for (;;) {
        try {
          await put(path, key, bytes, come);
          return;
        } catch (cause) {
          const full = isCode(cause, 'ENOSPC', 'EDQUOT');
          // It is paid for, so it may have what must stay free before paying.
          if (full && (await inOrder(() => evict(bytes.length, generationId))) > 0) continue;
          throw new PictureError(full ? 'no-room' : 'later', 'the picture cannot be kept', cause);
        }
      }
    } finally {
      come();
    }
  }

  async function put(
    path: string,
    key: PictureKey,
    bytes: Uint8Array,
    onKept: () => void,
  ): Promise<void> {
    const temporary = `${path}.${clock.id()}${partial}`;
    try {
      await inFolder(key.generationId, () => writeThrough(temporary, bytes, clock.now()));
      await inOrder(async () => {
        await rename(temporary, path);
        onKept();
        inventory.add(key.generationId, nameOf(key), bytes.length);
      });
      await sync(join(folder, key.generationId));
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw error;
    }
  }

  async function shown(generationId: string): Promise<void> {
    const within = folderOf(folder, generationId);
    await inOrder(async () => {
      const now = clock.now();
      try {
        const file = await open(join(within, mark), 'w', 0o600);
        // Not through to the disk: a mark that a power cut takes only keeps the pictures for longer.
        await closeAged(file, now);
      } catch (error) {
        // Nothing of it is kept.
        if (isCode(error, 'ENOENT')) return;
      }
      inventory.markShown(generationId, now);
    });
  }

  /** Only a generation's first picture lacks its folder, or one that came when a sweep took the empty folder away. */
  async function inFolder(generationId: string, task: () => Promise<void>): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      try {
        return await task();
      } catch (error) {
        if (!isCode(error, 'ENOENT') || tries === mostFolders) throw error;
        // Of pictures that come together one makes it, and the others wait until it lasts.
        await inOrder(async () => {
          const made = await mkdir(join(folder, generationId), { recursive: true });
          if (made !== undefined) await sync(folder);
        });
      }
    }
  }

  function holds(key: PictureKey): boolean {
    return inventory.holds(key.generationId, nameOf(key));
  }

  async function read(key: PictureKey): Promise<Buffer<ArrayBuffer> | undefined> {
    const path = pathOf(folder, key);
    try {
      return await readFile(path);
    } catch (cause) {
      if (isCode(cause, 'ENOENT')) return undefined;
      throw new PictureError('later', 'the picture cannot be read', cause);
    }
  }

  async function remove(key: PictureKey): Promise<void> {
    const path = pathOf(folder, key);
    await inOrder(async () => {
      await rm(path, { force: true });
      inventory.remove(key.generationId, nameOf(key));
    });
  }

  async function removeAll(generationId: string): Promise<void> {
    const within = folderOf(folder, generationId);
    await inOrder(async () => {
      for (const name of await list(within)) await rm(join(within, name), { force: true });
      await removeFolder(within);
      inventory.forget(generationId);
    });
  }

  async function prune(olderThan: number): Promise<number> {
    let removed = 0;
    // Another process may have removed what this one had counted.
    for (const generationId of new Set([...(await list(folder)), ...inventory.all()])) {
      if (!isGeneration(generationId)) continue;
      removed += await inOrder(async () => {
        const swept = await sweep(join(folder, generationId), {
          pictures: olderThan,
          partials: clock.now() - abandonedAfterMs,
        });
        inventory.set(generationId, swept.kept, swept.shownAt);
        return swept.removed;
      });
    }
    onSize?.(inventory.bytes);
    return removed;
  }

  await mkdir(folder, { recursive: true });
  await prune(0);
  return {
    hasRoom,
    write,
    holds,
    read,
    shown,
    remove,
    removeAll,
    prune,
    size: () => inventory.bytes,
  };
}
