import type { Alphabet } from './look-alikes.ts';

/**
 * How a letter's neighbours are told from it: an alphabet of `Alphabet`, Hangul, a script that is
 * written without spaces, or any other.
 */
export type Script = Alphabet | 'hangul' | 'spaceless' | 'other';

/** One letter, digit or sign of a text, as it is compared. */
export interface Cell {
  /** Bare and case folded, one character. */
  readonly text: string;
  readonly kind: 'letter' | 'digit' | 'sign';
  /** Of letters only. */
  readonly script: Script | null;
  /** Where it stands in the text as it was written; letters of a ligature share their place. */
  readonly start: number;
  readonly end: number;
  /** What stands between it and the cell before; empty where nothing does. */
  readonly gap: string;
}
