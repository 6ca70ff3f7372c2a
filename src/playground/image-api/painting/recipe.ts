import type { PictureType } from '../picture-type.ts';

/** All that decides what a picture looks like: equal recipes give equal pictures. */
export interface Recipe {
  readonly prompt: string;
  /** Which of the request's pictures it is, from 0. */
  readonly index: number;
  /** How many pictures the request makes. */
  readonly images: number;
  readonly guidance: number;
  readonly seed: number;
  /** A picture that the content filter blacked out. */
  readonly black: boolean;
  /** In pixels, a whole number. Default: 1024. */
  readonly width?: number | undefined;
  /** In pixels, a whole number. Default: 1024. */
  readonly height?: number | undefined;
  /** Default: PNG. */
  readonly type?: PictureType | undefined;
}
