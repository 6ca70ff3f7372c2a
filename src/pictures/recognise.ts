import sharp, { type Sharp } from 'sharp';
import { PictureError, type Picture, type PictureType } from '../domain/pictures.ts';

/** A few kilobytes of a malicious file could otherwise fill the memory when decoded. */
export const maxPixels = 8192 * 8192;

/** As many rows as are decoded to see that an ordinary picture is not black. */
const stripRows = 8;

/**
 * What the bytes are: type, size, and whether every pixel is black whatever its transparency. Only
 * a picture whose first rows are black is decoded as a whole.
 *
 * @throws {PictureError} `lost` where they are no picture of a known type, cannot be decoded, or have
 * more than {@link maxPixels}
 */
export async function recognise(bytes: Uint8Array<ArrayBuffer>): Promise<Picture> {
  const type = typeOf(bytes);
  if (type === undefined) throw new PictureError('lost', 'the bytes are no picture');
  try {
    const { width, height, space } = pngSize(bytes, type) ?? (await open(bytes).metadata());
    // In print colours black is not 0, and no filter answers in them.
    const blank = space !== 'cmyk' && (await isBlank(bytes, { width, height }));
    return { bytes, type, width, height, blank, shrunk: false };
  } catch (cause) {
    throw new PictureError('lost', 'the picture cannot be decoded', cause);
  }
}

/**
 * A PNG says its size first and has no print colours, so that it need not be opened twice.
 *
 * @see PNG (Third Edition), 5.2 and 11.2.1: after 8 bytes the chunk IHDR, with width and height first
 */
function pngSize(
  { buffer, byteOffset, byteLength }: Uint8Array,
  type: PictureType,
): { width: number; height: number; space: undefined } | undefined {
  if (type !== 'png' || byteLength < 24) return undefined;
  const view = new DataView(buffer, byteOffset + 16, 8);
  return { width: view.getUint32(0), height: view.getUint32(4), space: undefined };
}

function open(bytes: Uint8Array): Sharp {
  return sharp(bytes, {
    limitInputPixels: maxPixels,
    sequentialRead: true,
    // A colour profile must not turn black into something else.
    ignoreIcc: true,
    // Decoders warn of trifles, and viewers show such pictures all the same.
    failOn: 'truncated',
  });
}

async function isBlank(
  bytes: Uint8Array,
  { width, height }: { width: number; height: number },
): Promise<boolean> {
  const strip = await open(bytes)
    .extract({ left: 0, top: 0, width, height: Math.min(height, stripRows) })
    .removeAlpha()
    .raw()
    .toBuffer();
  if (strip.some((value) => value !== 0)) return false;
  // Statistics keep the picture's own depth, so that the dimmest pixel of 16 bits counts too.
  const { hasAlpha } = await open(bytes).metadata();
  const { channels } = await open(bytes).stats();
  const colours = hasAlpha ? channels.slice(0, -1) : channels;
  return colours.every((channel) => channel.max === 0);
}

/** The type by the first bytes, as each format's specification fixes them. */
function typeOf(bytes: Uint8Array): PictureType | undefined {
  const head = Buffer.from(bytes.subarray(0, 64)).toString('latin1');
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'gif';
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'webp';
  // The brands of the file type box: the main one, a version, then the compatible ones.
  if (head.slice(4, 8) === 'ftyp' && /avi[fs]/.test(head.slice(8, boxEnd(bytes)))) return 'avif';
  return undefined;
}

function boxEnd(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0);
}
