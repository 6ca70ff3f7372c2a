import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { OptionValues } from '../discord/control.ts';
import type { TypedOptions } from './command-options.ts';

/** Typed options with the files that they name. */
export interface WithFiles {
  /** A file that cannot be read is its path. */
  readonly options: OptionValues;
  /** The paths of those. */
  readonly missing: readonly string[];
}

/** Reads the files that options name, from this machine; a relative path begins at the folder. */
export function withFiles(typed: TypedOptions, folder: string): WithFiles {
  const missing: string[] = [];
  const options = Object.entries(typed).map(([name, value]): [string, OptionValues[string]] => {
    if (typeof value !== 'object') return [name, value];
    const bytes = read(resolve(folder, value.path));
    if (bytes !== undefined) return [name, { filename: basename(value.path), bytes }];
    missing.push(value.path);
    return [name, value.path];
  });
  return { options: Object.fromEntries(options), missing };
}

function read(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
