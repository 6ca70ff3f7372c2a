import { createHash, randomUUID } from 'node:crypto';
import type { Recipe } from './painting/recipe.ts';
import { createRandom } from './painting/random.ts';
import { commentBytes, encodePng, paddedTo, withComment } from './png.ts';
import type { ClaidSettings } from './settings.ts';

/** A picture that can be asked for its bytes as often as wanted; they are always the same. */
export interface MadePicture {
  readonly width: number;
  readonly height: number;
  bytes(): Promise<Buffer>;
  /** Resolves when the bytes could be served without delay. */
  ready(): Promise<unknown>;
}

/** How many painted pictures are kept; any other is painted again when asked for. */
const keptPaintings = 64;

const commentOf = (requestId: string, index: number): string => `${requestId}/${index}`;

/** Makes pictures in the mode that the settings name at that moment. */
export function createPictures(
  settings: ClaidSettings,
  paint: (recipe: Recipe) => Promise<Buffer>,
): (recipe: Recipe, requestId: string) => MadePicture {
  const painted = new Map<string, Promise<Buffer>>();
  const fixed = new Map<string, Buffer>();
  const black = new Map<number, Buffer>();

  function blackPicture(side: number): Buffer {
    let bytes = black.get(side);
    if (bytes === undefined) {
      bytes = encodePng(side, side, new Uint8Array(side * side * 3), 9);
      black.set(side, bytes);
    }
    return bytes;
  }

  function paintOnce(recipe: Recipe): Promise<Buffer> {
    const key = JSON.stringify(recipe);
    let bytes = painted.get(key);
    if (bytes === undefined) {
      bytes = paint(recipe);
      painted.set(key, bytes);
      const [oldest] = painted.keys();
      if (painted.size > keptPaintings && oldest !== undefined) painted.delete(oldest);
    }
    return bytes;
  }

  /** All but the comment, which is what tells one request's pictures from another's. */
  function fixedBase(index: number, sizeBytes: number, commentLength: number): Buffer {
    const key = `${index} ${sizeBytes} ${commentLength}`;
    const room = commentBytes(commentLength);
    const base =
      fixed.get(key) ?? paddedTo(noisePicture(index, sizeBytes - room), sizeBytes - room);
    fixed.set(key, base);
    return base;
  }

  // Made before the first request, whose answer would otherwise be the slow one.
  if (settings.pictures === 'fixed') {
    const { length } = commentOf(randomUUID(), 0);
    for (let index = 0; index < 4; index += 1) fixedBase(index, settings.fixedBytes, length);
  }

  return (recipe, requestId) => {
    const side = settings.pictures === 'small' ? 64 : 1024;
    const sized = { width: side, height: side };
    const instant = (bytes: () => Buffer): MadePicture => ({
      ...sized,
      bytes: async () => bytes(),
      ready: async () => undefined,
    });
    if (recipe.black) return instant(() => blackPicture(side));
    if (settings.pictures === 'painted') {
      const bytes = (): Promise<Buffer> => paintOnce(recipe);
      return { ...sized, bytes, ready: bytes };
    }
    if (settings.pictures === 'small') {
      const bytes = smallPicture(recipe);
      return instant(() => bytes);
    }
    const sizeBytes = settings.fixedBytes;
    const comment = commentOf(requestId, recipe.index);
    return instant(() => withComment(fixedBase(recipe.index, sizeBytes, comment.length), comment));
  };
}

/** 64x64: a mirrored pattern of 8x8 blocks in two colours. */
function smallPicture(recipe: Recipe): Buffer {
  const name = JSON.stringify(recipe);
  const random = createRandom(name);
  const colour = (): number[] => [0, 1, 2].map(() => random.integer(30, 255));
  const colours = [colour(), colour()] as const;
  const rgb = new Uint8Array(64 * 64 * 3);
  const blocks = Array.from({ length: 32 }, () => colours[random.chance(0.5) ? 1 : 0]);
  for (let y = 0; y < 64; y += 1) {
    for (let x = 0; x < 64; x += 1) {
      const column = Math.floor(Math.min(x, 63 - x) / 8);
      rgb.set(blocks[Math.floor(y / 8) * 4 + column] ?? colours[0], (y * 64 + x) * 3);
    }
  }
  // Two patterns could be equal by chance; the comment never is.
  return withComment(encodePng(64, 64, rgb, 1), createHash('sha256').update(name).digest('hex'));
}

/** 1024x1024 of about so many bytes: rows of noise, which cannot be compressed, above a plain area. */
function noisePicture(index: number, sizeBytes: number): Buffer {
  const side = 1024;
  const rgb = new Uint8Array(side * side * 3).fill(60 + 40 * index);
  const noise = createRandom(`noise ${index}`);
  // What is plain costs a few thousand bytes, too.
  const noisyBytes = Math.max(0, Math.min(rgb.length, Math.floor(sizeBytes * 0.995) - 8_000));
  for (let i = 0; i < noisyBytes; i += 1) rgb[i] = noise.next() * 256;
  return encodePng(side, side, rgb, 6);
}
