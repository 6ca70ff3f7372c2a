import { join } from 'node:path';
import type { PictureKey } from '../domain/pictures.ts';

/** A file that is still being written, or was when the process died, ends so. */
export const partial = '.part';
/** An empty file beside a generation's pictures; its time is when they were shown. */
export const mark = 'shown';
const names = { folder: /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, file: /^\d{1,3}$/ };

/** @throws {RangeError} where it would not name a file of the spool */
export function pathOf(folder: string, key: PictureKey): string {
  return join(folderOf(folder, key.generationId), nameOf(key));
}

/**
 * The name of a picture's file in its generation's folder.
 *
 * @throws {RangeError} where it would be none
 */
export function nameOf({ index }: PictureKey): string {
  const name = String(index);
  if (!isPicture(name)) throw new RangeError('not an index of a picture');
  return name;
}

/**
 * Ids become names of folders, so nothing but an id may come this far.
 *
 * @throws {RangeError} where it is none
 */
export function folderOf(folder: string, generationId: string): string {
  if (!isGeneration(generationId)) throw new RangeError('not an id of a generation');
  return join(folder, generationId);
}

/** Whether a folder of this name is a generation's. */
export function isGeneration(name: string): boolean {
  return names.folder.test(name);
}

/** Whether a file of this name is a picture. */
export function isPicture(name: string): boolean {
  return names.file.test(name);
}
