import { constants } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, rmdir, stat, statfs } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { PictureError, type PictureKey } from '../domain/pictures.ts';
import { oneAtATime } from './one-at-a-time.ts';

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
}

/** Files that survive the process and the machine: `<folder>/<generation id>/<index>`. */
export interface Spool {
  /** Whether so many bytes may come in addition: by the bound, and by what is free on the disk. */
  hasRoom(bytes: number): Promise<boolean>;
  /** Resolves when the file is on the disk for good. @throws {PictureError} `no-room` or `later` */
  write(key: PictureKey, bytes: Uint8Array): Promise<void>;
  /** `undefined` where there is no such file. */
  read(key: PictureKey): Promise<Buffer<ArrayBuffer> | undefined>;
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
const partial = '.part';
const names = { folder: /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, file: /^\d{1,3}$/ };

/** Opens the folder and looks once through it for how much there is. */
export async function openSpool(options: SpoolOptions): Promise<Spool> {
  const { folder, maxBytes, minFreeBytes, clock, onSize } = options;
  let bytesKept = 0;
  let bytesComing = 0;
  let changes = 0;
  // Whatever counts the bytes and moves files does both in one go.
  const inOrder = oneAtATime();

  function count(change: number): void {
    bytesKept += change;
    changes++;
    onSize?.(bytesKept);
  }

  async function hasRoom(bytes: number): Promise<boolean> {
    if (bytesKept + bytesComing + bytes > maxBytes * admittedPart) return false;
    // A disk that cannot be asked is not one to write to.
    const disk = await statfs(folder).catch(() => undefined);
    return disk !== undefined && disk.bavail * disk.bsize - bytes >= minFreeBytes;
  }

  async function write(key: PictureKey, bytes: Uint8Array): Promise<void> {
    const path = pathOf(folder, key);
    if (bytesKept + bytesComing + bytes.length > maxBytes) {
      throw new PictureError('no-room', 'the spool is full');
    }
    bytesComing += bytes.length;
    const temporary = `${path}.${clock.id()}${partial}`;
    try {
      const file = await inOrder(async () => {
        await makeFolder(key.generationId);
        return await open(temporary, 'wx', 0o600);
      });
      await writeThrough(file, bytes, clock.now());
      await inOrder(async () => {
        const before = await sizeOf(path);
        await rename(temporary, path);
        count(bytes.length - before);
      });
      await sync(join(folder, key.generationId));
    } catch (cause) {
      await rm(temporary, { force: true }).catch(() => undefined);
      const full = isCode(cause, 'ENOSPC') || isCode(cause, 'EDQUOT');
      throw new PictureError(full ? 'no-room' : 'later', 'the picture cannot be kept', cause);
    } finally {
      bytesComing -= bytes.length;
    }
  }

  async function makeFolder(generationId: string): Promise<void> {
    const made = await mkdir(join(folder, generationId), { recursive: true });
    if (made !== undefined) await sync(folder);
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
    await inOrder(() => removeFile(path));
  }

  async function removeFile(path: string): Promise<void> {
    const size = await sizeOf(path);
    await rm(path, { force: true });
    count(-size);
  }

  async function removeAll(generationId: string): Promise<void> {
    checkId(generationId);
    await inOrder(async () => {
      const within = join(folder, generationId);
      for (const name of await list(within)) await removeFile(join(within, name));
      await removeFolder(within);
    });
  }

  async function prune(olderThan: number): Promise<number> {
    const changesBefore = changes;
    let removed = 0;
    let kept = 0;
    for (const generationId of await list(folder)) {
      if (!names.folder.test(generationId)) continue;
      const swept = await inOrder(() => sweep(join(folder, generationId), olderThan));
      removed += swept.removed;
      kept += swept.keptBytes;
      bytesKept -= swept.removedBytes;
    }
    // Another process may have removed what this one had counted.
    if (changes === changesBefore) bytesKept = kept;
    count(0);
    return removed;
  }

  async function sweep(within: string, olderThan: number): Promise<Swept> {
    const swept = { removed: 0, removedBytes: 0, keptBytes: 0 };
    for (const name of await list(within)) {
      const path = join(within, name);
      const found = await stat(path).catch(() => undefined);
      if (found === undefined || !found.isFile()) continue;
      if (name.endsWith(partial)) {
        if (found.mtimeMs < clock.now() - abandonedAfterMs) await rm(path, { force: true });
      } else if (names.file.test(name) && found.mtimeMs < olderThan) {
        await rm(path, { force: true });
        swept.removed++;
        swept.removedBytes += found.size;
      } else {
        swept.keptBytes += found.size;
      }
    }
    await removeFolder(within);
    return swept;
  }

  await mkdir(folder, { recursive: true });
  await prune(0);
  return { hasRoom, write, read, remove, removeAll, prune, size: () => bytesKept };
}

interface Swept {
  readonly removed: number;
  readonly removedBytes: number;
  readonly keptBytes: number;
}

async function writeThrough(file: FileHandle, bytes: Uint8Array, now: number): Promise<void> {
  try {
    await file.writeFile(bytes);
    // The age is told by the clock, as everything is.
    await file.utimes(now / 1000, now / 1000);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes a new name in the folder last. */
async function sync(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function list(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: unknown) => {
    if (isCode(error, 'ENOENT') || isCode(error, 'ENOTDIR')) return [];
    throw error;
  });
}

async function removeFolder(folder: string): Promise<void> {
  await rmdir(folder).catch((error: unknown) => {
    const expected = ['ENOTEMPTY', 'EEXIST', 'ENOENT', 'ENOTDIR'];
    if (!expected.some((code) => isCode(error, code))) throw error;
  });
}

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  return found?.size ?? 0;
}

function pathOf(folder: string, { generationId, index }: PictureKey): string {
  checkId(generationId);
  if (!names.file.test(String(index))) throw new RangeError('not an index of a picture');
  return join(folder, generationId, String(index));
}

/** Ids become names of folders, so nothing but an id may come this far. */
function checkId(generationId: string): void {
  if (!names.folder.test(generationId)) throw new RangeError('not an id of a generation');
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
