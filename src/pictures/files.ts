import { constants } from 'node:fs';
import { open, readdir, rmdir, stat, statfs } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

/** Sets the file's time (ms since the epoch) and closes it. */
export async function closeAged(file: FileHandle, now: number): Promise<void> {
  try {
    await file.utimes(now / 1000, now / 1000);
  } finally {
    await file.close();
  }
}

/** Makes a new name in the folder last. */
export async function sync(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The names in a folder; none where it is no folder. */
export async function list(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: unknown) => {
    if (isCode(error, 'ENOENT', 'ENOTDIR')) return [];
    throw error;
  });
}

/** Removes the folder if it is there and empty. */
export async function removeFolder(folder: string): Promise<void> {
  await rmdir(folder).catch((error: unknown) => {
    if (!isCode(error, 'ENOTEMPTY', 'EEXIST', 'ENOENT', 'ENOTDIR')) throw error;
  });
}

/** Bytes of the file; 0 where there is none. */
export async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  return found?.size ?? 0;
}

/** What is free for us on the folder's disk. */
export async function diskFreeBytes(folder: string): Promise<number> {
  const disk = await statfs(folder);
  return disk.bavail * disk.bsize;
}

/** Whether the system refused something for one of these reasons. */
export function isCode(error: unknown, ...codes: string[]): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    codes.includes(error.code)
  );
}
