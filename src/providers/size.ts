/** In pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

export const size = (width: number, height: number): Size => ({ width, height });
