import sharp from 'sharp';

/** A place for a picture, in px of the view. */
interface Tile {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const gapPx = 4;
const cornerPx = 8;

/**
 * Pictures side by side as the channel shows them: one large in its own shape, two in a row, one and two,
 * or two by two.
 */
export async function drawGallery(
  pictures: readonly Uint8Array[],
  x: number,
  y: number,
  widthPx: number,
  scale: number,
): Promise<{ readonly svg: string; readonly heightPx: number }> {
  const [first] = pictures;
  const tiles =
    pictures.length === 1 && first
      ? [await tileForOne(first, widthPx)]
      : tilesFor(pictures.length, widthPx);
  const heightPx = Math.max(0, ...tiles.map((tile) => tile.y + tile.height));
  const images = await Promise.all(
    tiles.map(async (tile, index) => {
      const bytes = await sharp(pictures[index])
        .resize(Math.round(tile.width * scale), Math.round(tile.height * scale), { fit: 'cover' })
        .png({ compressionLevel: 1 })
        .toBuffer();
      return `<image x="${x + tile.x}" y="${y + tile.y}" width="${tile.width}" height="${tile.height}" href="data:image/png;base64,${bytes.toString('base64')}"/>`;
    }),
  );
  const clip = `<clipPath id="gallery"><rect x="${x}" y="${y}" width="${widthOf(tiles)}" height="${heightPx}" rx="${cornerPx}"/></clipPath>`;
  return { svg: `${clip}<g clip-path="url(#gallery)">${images.join('')}</g>`, heightPx };
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
