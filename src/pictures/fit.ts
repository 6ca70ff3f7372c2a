import sharp from 'sharp';
import { PictureError, type FileLimits, type Picture } from '../domain/pictures.ts';
import { maxPixels } from './recognise.ts';

const qualities = [90, 80, 65, 50];
const smallestPx = 16;
/** The longest side that WebP can hold. */
const longestWebpPx = 16_383;

/**
 * The pictures within the limits, in their order. One that fits stays byte for byte as it is;
 * otherwise it becomes WebP at falling quality, then smaller. Where only the sum is too large, the
 * largest shrink first, until the sum fits.
 *
 * @throws {PictureError} `lost` where even a thumbnail would be too large
 */
export async function fitWithin(
  pictures: readonly Picture[],
  limits: FileLimits,
): Promise<Picture[]> {
  const fitted = [...pictures];
  const budget = shareOf(pictures.map(sizeOf), limits);
  let total = pictures.reduce((sum, picture) => sum + sizeOf(picture), 0);
  const largestFirst = [...pictures.entries()].sort(([, a], [, b]) => sizeOf(b) - sizeOf(a));
  for (const [index, picture] of largestFirst) {
    const size = sizeOf(picture);
    if (size <= limits.fileBytes && total <= limits.totalBytes) break;
    const smaller = await shrink(picture, budget);
    fitted[index] = smaller;
    total += sizeOf(smaller) - size;
  }
  return fitted;
}

function sizeOf({ bytes }: Picture): number {
  return bytes.length;
}

/** The largest size that every file may have so that all fit; smaller ones leave theirs to the rest. */
function shareOf(sizes: readonly number[], { fileBytes, totalBytes }: FileLimits): number {
  let left = totalBytes;
  const ascending = [...sizes].sort((a, b) => a - b);
  for (const [index, size] of ascending.entries()) {
    const share = Math.floor(left / (ascending.length - index));
    const taken = Math.min(size, fileBytes);
    if (taken > share) return share;
    left -= taken;
  }
  return fileBytes;
}

async function shrink(picture: Picture, budget: number): Promise<Picture> {
  const { width, height } = picture;
  let scale = Math.min(1, longestWebpPx / Math.max(width, height));
  for (;;) {
    const box = {
      width: Math.max(1, Math.round(width * scale)),
      height: Math.max(1, Math.round(height * scale)),
    };
    for (const quality of scale === 1 ? qualities : qualities.slice(-2)) {
      const smaller = await encode(picture, box, quality);
      if (smaller.bytes.length <= budget) return smaller;
    }
    if (Math.max(box.width, box.height) <= smallestPx) break;
    scale *= 0.7;
  }
  throw new PictureError('lost', `the picture cannot be made as small as ${budget} bytes`);
}

async function encode(
  picture: Picture,
  box: { width: number; height: number },
  quality: number,
): Promise<Picture> {
  // It was recognised before, so whatever of it can be decoded is better than nothing.
  const options = { limitInputPixels: maxPixels, failOn: 'none' } as const;
  const { data, info } = await sharp(picture.bytes, options)
    .resize({ ...box, fit: 'inside', withoutEnlargement: true })
    // Effort 2 takes two thirds of the time of the default for nearly the same size.
    .webp({ quality, effort: 2 })
    .toBuffer({ resolveWithObject: true });
  return {
    ...picture,
    bytes: data,
    type: 'webp',
    width: info.width,
    height: info.height,
    shrunk: true,
  };
}
