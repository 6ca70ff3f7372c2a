import type { PictureType } from '../domain/pictures.ts';

const longest = 40;

/**
 * A short, safe name for the n-th picture (from 0): the prompt's words in ASCII, a number, and the
 * ending of what the bytes are, for example `a-fox-in-the-snow-1.png`.
 */
export function fileName(prompt: string, index: number, type: PictureType): string {
  const words = prompt
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  let name = '';
  for (const word of words) {
    const longer = name === '' ? word.slice(0, longest) : `${name}-${word}`;
    if (longer.length > longest) break;
    name = longer;
  }
  return `${name || 'picture'}-${index + 1}.${type === 'jpeg' ? 'jpg' : type}`;
}
