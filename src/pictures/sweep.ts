import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { list, removeFolder } from './files.ts';
import type { Files } from './inventory.ts';
import { isPicture, mark, partial } from './layout.ts';

/** What a generation's folder holds after a sweep. */
export interface Swept {
  /** How many pictures went. */
  readonly removed: number;
  readonly kept: Files;
  /** Since when its member can see them (ms since the epoch). */
  readonly shownAt: number | undefined;
}

/** Removes from a generation's folder what is too old (ms since the epoch), and the folder where it is empty then. */
export async function sweep(
  within: string,
  tooOld: { readonly pictures: number; readonly partials: number },
): Promise<Swept> {
  let removed = 0;
  const kept = new Map<string, number>();
  let shownAt: number | undefined;
  for (const name of await list(within)) {
    const path = join(within, name);
    const found = await stat(path).catch(() => undefined);
    if (found === undefined || !found.isFile()) continue;
    if (name === mark) {
      shownAt = found.mtimeMs;
    } else if (name.endsWith(partial)) {
      if (found.mtimeMs < tooOld.partials) await rm(path, { force: true });
    } else if (isPicture(name) && found.mtimeMs < tooOld.pictures) {
      await rm(path, { force: true });
      removed++;
    } else {
      kept.set(name, found.size);
    }
  }
  if (kept.size === 0 && shownAt !== undefined) {
    await rm(join(within, mark), { force: true });
    shownAt = undefined;
  }
  await removeFolder(within);
  return { removed, kept, shownAt };
}
