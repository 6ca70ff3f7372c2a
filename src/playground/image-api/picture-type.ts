import sharp from 'sharp';
import * as jpeg from './jpeg.ts';
import * as png from './png.ts';
import * as webp from './webp.ts';

export type PictureType = 'png' | 'jpeg' | 'webp';

/** What is to be known of each kind of file. */
interface PictureFormat {
  readonly mime: string;
  /** Without the dot. */
  readonly extension: string;
  /** The same picture with a comment (Latin-1), which makes its bytes its own. */
  withComment(file: Buffer, comment: string): Buffer;
  /** By how much a comment of so many characters makes a file longer. */
  commentBytes(length: number): number;
  /**
   * The same picture in a file of exactly so many bytes.
   * @throws {RangeError} where it has too many already
   */
  paddedTo(file: Buffer, bytes: number): Buffer;
}

export const pictureFormats: Readonly<Record<PictureType, PictureFormat>> = {
  png: {
    mime: 'image/png',
    extension: 'png',
    withComment: png.withComment,
    commentBytes: png.commentBytes,
    paddedTo: png.paddedTo,
  },
  jpeg: {
    mime: 'image/jpeg',
    extension: 'jpeg',
    withComment: jpeg.withComment,
    commentBytes: jpeg.commentBytes,
    paddedTo: jpeg.paddedTo,
  },
  webp: {
    mime: 'image/webp',
    extension: 'webp',
    withComment: webp.withComment,
    commentBytes: webp.commentBytes,
    paddedTo: webp.paddedTo,
  },
};

/** The picture of a PNG file as a file of another type, which is what most image APIs send. */
export async function convertedTo(type: PictureType, file: Buffer): Promise<Buffer> {
  switch (type) {
    case 'png':
      return file;
    case 'jpeg':
      return sharp(file).jpeg({ quality: 85 }).toBuffer();
    case 'webp':
      return sharp(file).webp({ quality: 80, effort: 1 }).toBuffer();
  }
}
