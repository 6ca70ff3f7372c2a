import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { pagesOf } from './buffers.ts';
import { isCode } from './files.ts';

/**
 * Writes a new file, or one in the place of what is left of another try, so that its bytes last. Its
 * age (ms since the epoch) is told by the clock, as everything is. Rejects with the system's error:
 * `ENOENT` where the folder is missing, `ENOSPC` or `EDQUOT` where the disk is full.
 */
export type WriteThrough = (path: string, bytes: Uint8Array, now: number) => Promise<void>;

type Open = (path: string, flags: number, mode: number) => Promise<FileHandle>;

/** O_DIRECT is undefined where the system does not know it. */
const { O_WRONLY, O_CREAT, O_TRUNC, O_DIRECT } = constants as Partial<typeof constants> &
  Pick<typeof constants, 'O_WRONLY' | 'O_CREAT' | 'O_TRUNC'>;

/**
 * Bytes that stand in whole pages go to the disk as they are, past the system's cache: hardly anybody
 * reads a picture again, and the cached copy of one costs more CPU than all else that a delivery does
 * with it (measured: 7 of 9 ms). Where the disk does not take that, and for other bytes, it is an
 * ordinary write.
 *
 * @param openFile the system's unless given
 */
export function createWriteThrough(openFile: Open = open): WriteThrough {
  let takesDirect = O_DIRECT !== undefined;

  return async function writeThrough(path, bytes, now) {
    const ordinary = { flags: 0, written: bytes, length: bytes.length, now };
    const pages = takesDirect ? pagesOf(bytes) : undefined;
    if (pages === undefined) return write(openFile, path, ordinary);
    try {
      await write(openFile, path, { ...ordinary, flags: O_DIRECT ?? 0, written: pages });
    } catch (error) {
      // The system's word for a disk that does not do it, or not in such pages.
      if (!isCode(error, 'EINVAL')) throw error;
      await write(openFile, path, ordinary);
      takesDirect = false;
    }
  };
}

async function write(
  openFile: Open,
  path: string,
  what: {
    readonly flags: number;
    readonly written: Uint8Array;
    /** What the file is cut to. */
    readonly length: number;
    readonly now: number;
  },
): Promise<void> {
  const { flags, written, length, now } = what;
  const file = await openFile(path, O_WRONLY | O_CREAT | O_TRUNC | flags, 0o600);
  try {
    for (let at = 0; at < written.length;) at += (await file.write(written, at)).bytesWritten;
    if (written.length > length) await file.truncate(length);
    await file.utimes(now / 1000, now / 1000);
    await file.sync();
  } finally {
    await file.close();
  }
}
