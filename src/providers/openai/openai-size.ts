import { aspects, type Aspect } from '../../domain/aspect.ts';
import { size, type Size } from '../size.ts';

/** A model's size for each ratio that it can paint; the square is always among them. */
export type Sizes = ReadonlyMap<Aspect, Size>;

/** Of every GPT image model. Source: OpenAI's OpenAPI document, `CreateImageRequest.size`. */
export const gptImageSizes: Sizes = new Map<Aspect, Size>([
  ['1:1', size(1024, 1024)],
  ['3:2', size(1536, 1024)],
  ['2:3', size(1024, 1536)],
]);

/** Not quite 16:9, but nearer to it than to any other ratio. Source: as above. */
export const dallE3Sizes: Sizes = new Map<Aspect, Size>([
  ['1:1', size(1024, 1024)],
  ['16:9', size(1792, 1024)],
  ['9:16', size(1024, 1792)],
]);

/** Squares of 256, 512 and 1024: the largest that is within the side. Source: as above. */
export function dallE2Sizes(sidePixels: number): Sizes {
  const px = [1024, 512].find((it) => it <= sidePixels) ?? 256;
  return new Map<Aspect, Size>([['1:1', size(px, px)]]);
}

/** What every family of models that people run themselves can paint. */
const stepPixels = 64;
/** How far ratio and area may be from what they should be, as natural logarithms. */
const mostOffRatio = 0.08;
const mostOffArea = 0.3;

/**
 * For models that paint any size: in steps of 64 pixels, each of about as many pixels as the square of
 * that side. A ratio that comes out as another one, which small sides do to most, is left out.
 */
export function sizesAround(sidePixels: number): Sizes {
  return new Map(
    aspects.flatMap((aspect): [Aspect, Size][] => {
      const near = nearest(aspect, sidePixels);
      return near === undefined ? [] : [[aspect, near]];
    }),
  );
}

function nearest(aspect: Aspect, sidePixels: number): Size | undefined {
  const ratio = ratioOf(aspect);
  const widths = stepsAround(sidePixels * Math.sqrt(ratio));
  const heights = stepsAround(sidePixels / Math.sqrt(ratio));
  const offRatio = ({ width, height }: Size): number => Math.abs(Math.log(width / height / ratio));
  const offArea = ({ width, height }: Size): number =>
    Math.abs(Math.log((width * height) / sidePixels ** 2));
  const off = (it: Size): number => 2 * offRatio(it) + offArea(it);
  const [best] = widths
    .flatMap((width) => heights.map((height) => size(width, height)))
    .sort((a, b) => off(a) - off(b));
  // Whatever the side, there is a square.
  if (best === undefined || aspect === '1:1') return best;
  return offRatio(best) <= mostOffRatio && offArea(best) <= mostOffArea ? best : undefined;
}

function ratioOf(aspect: Aspect): number {
  const [width = 1, height = 1] = aspect.split(':').map(Number);
  return width / height;
}

function stepsAround(px: number): readonly number[] {
  const below = Math.max(stepPixels, Math.floor(px / stepPixels) * stepPixels);
  return [below, below + stepPixels];
}
