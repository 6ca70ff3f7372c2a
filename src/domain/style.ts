import type { Wish } from './wish.ts';

/** A style that moderators made: words around the prompt, and what is used where the member says nothing. */
export interface Style {
  /** 1–32 code points, unique within the guild whatever its case. */
  readonly name: string;
  /** With `{prompt}` where the member's words stand; without it, they stand before it. May be empty. */
  readonly text: string;
  /** What the pictures should not show. May be empty. */
  readonly negative: string;
  readonly options: StyleOptions;
}

/** Used where the member gave none and the model takes it. */
export type StyleOptions = Pick<Wish, 'aspect' | 'guidance' | 'steps' | 'scheduler'>;

/** In code points. */
export const styleRanges = {
  name: { min: 1, max: 32 },
  text: { min: 0, max: 500 },
  negative: { min: 0, max: 500 },
} as const;
