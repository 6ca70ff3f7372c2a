import { darker, lighter } from './colour.ts';
import type { Palette } from './palette.ts';
import type { Random } from './random.ts';

/** What a figure is drawn with: its own colour in three tones, in the light of the scene. */
export interface Brush {
  readonly main: string;
  readonly light: string;
  readonly dark: string;
  /** For eyes, noses, windows' frames. */
  readonly ink: string;
  /** A natural white. */
  readonly white: string;
  /** Any other natural colour. */
  tint(colour: string): string;
  readonly random: Random;
}

/**
 * Draws a figure in its own small world: the foot at (0, 0), about 200 high, from -100 to 100 wide,
 * y downwards.
 */
export type Figure = (brush: Brush) => string;

export function brushFor(colour: string, palette: Palette, random: Random): Brush {
  const tint = (natural: string): string => palette.tintFigure(natural);
  const main = tint(colour);
  return {
    main,
    light: lighter(main, 0.28),
    dark: darker(main, 0.26),
    ink: '#20222f',
    white: tint('#fbf7ef'),
    tint,
    random,
  };
}

/** The same shapes on both sides of the middle. */
export function mirrored(svg: string): string {
  return `${svg}<g transform="scale(-1 1)">${svg}</g>`;
}
