import type { StoredFile } from './file-store.ts';

/** How a stored message names one of its files, wherever the bot wrote `attachment://name` or the file's address. */
const mark = 'stored-file:';

export function markOf(file: StoredFile): string {
  return `${mark}${file.id}`;
}

/** The id of the file that a stored address stands for. */
export function markedFile(url: string): string | undefined {
  return url.startsWith(mark) ? url.slice(mark.length) : undefined;
}

/** An address in an embed or a component, and what it becomes. */
export type Replace = (url: string, path: string) => string | Record<string, unknown>;

/**
 * A copy of JSON in which every media address (`url`, `icon_url`) went through `replace`; an object
 * that it returns is merged into the object that holds the address.
 */
export function replaceMedia(value: unknown, replace: Replace, path = ''): unknown {
  if (Array.isArray(value))
    return value.map((item, index) => replaceMedia(item, replace, `${path}[${index}]`));
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    const at = path === '' ? key : `${path}.${key}`;
    if ((key !== 'url' && key !== 'icon_url') || typeof item !== 'string') {
      copy[key] = replaceMedia(item, replace, at);
      continue;
    }
    const replaced = replace(item, at);
    if (typeof replaced === 'string') copy[key] = replaced;
    else Object.assign(copy, replaced);
  }
  return copy;
}

/** The ids of the files that embeds or components of a stored message show. */
export function shownFiles(...parts: readonly unknown[]): Set<string> {
  const shown = new Set<string>();
  replaceMedia(parts, (url) => {
    const id = markedFile(url);
    if (id !== undefined) shown.add(id);
    return url;
  });
  return shown;
}
