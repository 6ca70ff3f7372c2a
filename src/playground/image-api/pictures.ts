import { createHash, randomUUID } from 'node:crypto';
import type { Recipe } from './painting/recipe.ts';
import { createRandom } from './painting/random.ts';
import { convertedTo, pictureFormats } from './picture-type.ts';
import type { PictureType } from './picture-type.ts';
import { encodePng } from './png.ts';
import type { ImageApiSettings } from './settings.ts';

/** A picture that can be asked for its bytes as often as wanted; they are always the same. */
export interface MadePicture {
  readonly width: number;
  readonly height: number;
  readonly type: PictureType;
  bytes(): Promise<Buffer>;
  /** Resolves when the bytes could be served without delay. */
  ready(): Promise<unknown>;
}

interface Form {
  readonly width: number;
  readonly height: number;
  readonly type: PictureType;
}

/** PNGs are there at once, other files when sharp has written them. */
type File = Buffer | Promise<Buffer>;

/** The size of pictures where none was asked for. */
const usualPx = 1024;

/** The longer side of pictures in the mode `small`. */
const smallPx = 64;

/** How many painted pictures are kept; any other is painted again when asked for. */
const keptPaintings = 64;

const commentOf = (requestId: string, index: number): string => `${requestId}/${index}`;

/** Makes pictures in the mode that the settings name at that moment. */
export function createPictures(
  settings: ImageApiSettings,
  paint: (recipe: Recipe) => Promise<Buffer>,
): (recipe: Recipe, requestId: string) => MadePicture {
  const painted = new Map<string, Promise<Buffer>>();
  const fixed = new Map<string, File>();
  const black = new Map<string, File>();

  function blackPicture(form: Form): File {
    return keptIn(black, nameOf(form), () =>
      fileOf(form, new Uint8Array(form.width * form.height * 3), 9),
    );
  }

  function paintOnce(recipe: Recipe, type: PictureType): Promise<Buffer> {
    const key = JSON.stringify(recipe);
    let bytes = painted.get(key);
    if (bytes === undefined) {
      bytes = paint(recipe).then((png) => convertedTo(type, png));
      painted.set(key, bytes);
      const [oldest] = painted.keys();
      if (painted.size > keptPaintings && oldest !== undefined) painted.delete(oldest);
    }
    return bytes;
  }

  /** All but the comment, which is what tells one request's pictures from another's. */
  function fixedBase(index: number, form: Form, sizeBytes: number, commentLength: number): File {
    const format = pictureFormats[form.type];
    const baseBytes = sizeBytes - format.commentBytes(commentLength);
    return keptIn(fixed, `${index} ${nameOf(form)} ${baseBytes}`, () =>
      then(noisePicture(index, form, baseBytes), (noise) => format.paddedTo(noise, baseBytes)),
    );
  }

  // Made before the first request, whose answer would otherwise be the slow one.
  if (settings.pictures === 'fixed') {
    const { length } = commentOf(randomUUID(), 0);
    const form: Form = { width: usualPx, height: usualPx, type: 'png' };
    for (let index = 0; index < 4; index += 1) {
      void fixedBase(index, form, settings.fixedBytes, length);
    }
  }

  return (recipe, requestId) => {
    const form = formOf(recipe, settings.pictures);
    const madeOf = (file: () => File): MadePicture => ({
      ...form,
      bytes: async () => file(),
      ready: async () => (form.type === 'png' ? undefined : file()),
    });
    if (recipe.black) return madeOf(() => blackPicture(form));
    if (settings.pictures === 'painted') {
      const bytes = (): Promise<Buffer> => paintOnce(recipe, form.type);
      return { ...form, bytes, ready: bytes };
    }
    if (settings.pictures === 'small') {
      const bytes = smallPicture(recipe, form);
      return madeOf(() => bytes);
    }
    const sizeBytes = settings.fixedBytes;
    const comment = commentOf(requestId, recipe.index);
    return madeOf(() =>
      then(fixedBase(recipe.index, form, sizeBytes, comment.length), (base) =>
        pictureFormats[form.type].withComment(base, comment),
      ),
    );
  };
}

function formOf(recipe: Recipe, mode: ImageApiSettings['pictures']): Form {
  const { width = usualPx, height = usualPx, type = 'png' } = recipe;
  if (mode !== 'small') return { width, height, type };
  const scale = smallPx / Math.max(width, height);
  const scaled = (px: number): number => Math.max(1, Math.round(px * scale));
  return { width: scaled(width), height: scaled(height), type };
}

function nameOf({ width, height, type }: Form): string {
  return `${width}x${height} ${type}`;
}

/** Blocks of an eighth of the longer side, mirrored, in two colours. */
function smallPicture(recipe: Recipe, form: Form): File {
  const { width, height, type } = form;
  const name = JSON.stringify(recipe);
  const random = createRandom(name);
  const colour = (): number[] => [0, 1, 2].map(() => random.integer(30, 255));
  const colours = [colour(), colour()] as const;
  const rgb = new Uint8Array(width * height * 3);
  const blocks = Array.from({ length: 32 }, () => colours[random.chance(0.5) ? 1 : 0]);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const column = Math.floor(Math.min(x, width - 1 - x) / 8);
      rgb.set(blocks[Math.floor(y / 8) * 4 + column] ?? colours[0], (y * width + x) * 3);
    }
  }
  // Two patterns could be equal by chance; the comment never is.
  const comment = createHash('sha256').update(name).digest('hex');
  return then(fileOf(form, rgb, 1), (file) => pictureFormats[type].withComment(file, comment));
}

/** At most about so many bytes: rows of noise, which cannot be compressed, above a plain area. */
function noisePicture(index: number, form: Form, sizeBytes: number): File {
  const rgb = new Uint8Array(form.width * form.height * 3).fill(60 + 40 * index);
  const noise = createRandom(`noise ${index}`);
  // What is plain costs a few thousand bytes, too; JPEG and WebP make a quarter of the noise.
  const wanted =
    form.type === 'png' ? Math.floor(sizeBytes * 0.995) - 8_000 : (sizeBytes - 10_000) * 3;
  const noisyBytes = Math.max(0, Math.min(rgb.length, wanted));
  for (let i = 0; i < noisyBytes; i += 1) rgb[i] = noise.next() * 256;
  return fileOf(form, rgb, 6);
}

/** Encodes 8-bit RGB rows. `level` is deflate's, 0–9, for PNGs and on the way to the others. */
function fileOf({ width, height, type }: Form, rgb: Uint8Array, level: number): File {
  const png = encodePng(width, height, rgb, level);
  return type === 'png' ? png : convertedTo(type, png);
}

function keptIn(files: Map<string, File>, name: string, make: () => File): File {
  const file = files.get(name) ?? make();
  files.set(name, file);
  return file;
}

function then(file: File, change: (bytes: Buffer) => Buffer): File {
  return file instanceof Promise ? file.then(change) : change(file);
}
