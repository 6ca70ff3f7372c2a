import sharp from 'sharp';
import { colours } from './colours.ts';
import type { TextSetter } from './text-setting.ts';

/** A picture of a gallery. */
interface Shown {
  readonly bytes: Uint8Array;
  /** It is covered until somebody clicks on it. */
  readonly spoiler: boolean;
}

/** A place for a picture, in px of the view. */
interface Tile {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const gapPx = 4;
const cornerPx = 8;
const coverSizePx = 15;

/** How much of a covered picture can be made out: a blur of this many px. */
const blurPx = 24;

/**
 * Pictures side by side as the channel shows them: one large in its own shape, two in a row, one and two,
 * or two by two. Spoilers are covered as the client does before a click.
 */
export async function drawGallery(
  setter: TextSetter,
  pictures: readonly Shown[],
  x: number,
  y: number,
  { widthPx, scale }: { readonly widthPx: number; readonly scale: number },
): Promise<{ readonly svg: string; readonly heightPx: number }> {
  const [first] = pictures;
  const tiles =
    pictures.length === 1 && first
      ? [await tileForOne(first.bytes, widthPx)]
      : tilesFor(pictures.length, widthPx);
  const heightPx = Math.max(0, ...tiles.map((tile) => tile.y + tile.height));
  const images = await Promise.all(
    pictures.map(async ({ bytes, spoiler }, index) => {
      const tile = tiles[index];
      if (tile === undefined) return '';
      const picture = sharp(bytes).resize(
        Math.round(tile.width * scale),
        Math.round(tile.height * scale),
        { fit: 'cover' },
      );
      if (spoiler) picture.blur(blurPx * scale);
      const png = await picture.png({ compressionLevel: 1 }).toBuffer();
      const at = { ...tile, x: x + tile.x, y: y + tile.y };
      return (
        `<image x="${at.x}" y="${at.y}" width="${at.width}" height="${at.height}" href="data:image/png;base64,${png.toString('base64')}"/>` +
        (spoiler ? drawCover(setter, at) : '')
      );
    }),
  );
  const id = `gallery-${Math.round(y)}`;
  const clip = `<clipPath id="${id}"><rect x="${x}" y="${y}" width="${widthOf(tiles)}" height="${heightPx}" rx="${cornerPx}"/></clipPath>`;
  return { svg: `${clip}<g clip-path="url(#${id})">${images.join('')}</g>`, heightPx };
}

/** A shade over the picture, and the word in its middle. */
function drawCover(setter: TextSetter, { x, y, width, height }: Tile): string {
  const word = [{ text: 'SPOILER', colour: colours.name, bold: true }];
  const { widthPx } = setter.line(word, 0, 0, coverSizePx);
  const middle = { x: x + width / 2, y: y + height / 2 };
  const left = middle.x - widthPx / 2;
  return (
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${colours.background}" fill-opacity="0.35"/>` +
    `<rect x="${left - 14}" y="${middle.y - 17}" width="${widthPx + 28}" height="34" rx="17" fill="${colours.codeBack}" fill-opacity="0.8"/>` +
    setter.line(word, left, middle.y + coverSizePx * 0.36, coverSizePx).svg
  );
}

function widthOf(tiles: readonly Tile[]): number {
  return Math.max(0, ...tiles.map((tile) => tile.x + tile.width));
}

/** As large as has room: the whole width, or a height of four fifths of it. */
async function tileForOne(picture: Uint8Array, widthPx: number): Promise<Tile> {
  const { width, height } = await sharp(picture).metadata();
  const factor = Math.min(widthPx / width, (widthPx * 0.8) / height);
  return { x: 0, y: 0, width: width * factor, height: height * factor };
}

function tilesFor(count: number, widthPx: number): Tile[] {
  const half = (widthPx - gapPx) / 2;
  const right = half + gapPx;
  const square = (x: number, y: number, side: number): Tile => ({
    x,
    y,
    width: side,
    height: side,
  });
  switch (count) {
    case 0:
      return [];
    case 2:
      return [square(0, 0, half), square(right, 0, half)];
    case 3: {
      const large = (widthPx * 2 - gapPx) / 3;
      const small = (large - gapPx) / 2;
      const after = large + gapPx;
      return [square(0, 0, large), square(after, 0, small), square(after, small + gapPx, small)];
    }
    default:
      return Array.from({ length: count }, (_, index) =>
        square(index % 2 === 0 ? 0 : right, Math.floor(index / 2) * right, half),
      );
  }
}
