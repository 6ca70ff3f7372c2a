import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { SeenMessage } from '../discord/control.ts';

/** Puts pictures that appeared in a channel into a folder, each once. */
export interface SavedPictures {
  /** The path of a message's file, which is written when it is asked for first. */
  pathOf(message: SeenMessage, fileId: string): string | undefined;
}

/** Files keep their names; where two answers have the same ones, the later gets a number before it. */
export function savePicturesIn(folder: string): SavedPictures {
  const paths = new Map<string, string>();
  const taken = new Set<string>();
  mkdirSync(folder, { recursive: true });

  function freePath(name: string): string {
    for (let number = 1; ; number += 1) {
      const path = join(folder, number === 1 ? name : `${number}-${name}`);
      if (!taken.has(path)) return path;
    }
  }

  return {
    pathOf(message, fileId) {
      const known = paths.get(fileId);
      const file = message.files.find(({ id }) => id === fileId);
      if (known !== undefined || file === undefined) return known;
      const path = freePath(basename(file.filename));
      writeFileSync(path, file.bytes);
      taken.add(path);
      paths.set(fileId, path);
      return path;
    },
  };
}
