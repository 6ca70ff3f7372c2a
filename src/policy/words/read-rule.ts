import { readLine } from './line.ts';
import type { Line } from './line.ts';

/** A rule of words as it is compared: who blocks "kill!" means the word. */
export function readRule(text: string, segmenter: Intl.Segmenter): Line {
  return readLine(text.replaceAll(shouts, ' '), segmenter);
}

const shouts = /(?<![\p{L}\p{N}])[!¡]+|[!¡]+(?![\p{L}\p{N}])/gu;
