import type { ImageApi } from './api.ts';
import type { GenerateFault, PictureFault } from './faults.ts';
import { notAnImage } from './not-an-image.ts';
import type { Recipe } from './painting/recipe.ts';
import { pictureFormats } from './picture-type.ts';
import type { PictureType } from './picture-type.ts';

/** The pictures that one request makes. */
export interface WantedPictures extends Pick<Recipe, 'prompt' | 'width' | 'height' | 'type'> {
  readonly requestId: string;
  readonly images: number;
  /** Default: 5. */
  readonly guidance?: number | undefined;
  /** Default: another one each time for the same prompt. */
  readonly seed?: number | undefined;
  /** Whether the content filter blacks this one (from 0) out. Default: only the faults do. */
  black?(index: number): boolean;
  /**
   * The (decoded) path at which each (from 0) stands, under one of the folders of the stand-in, and
   * until when (ms since the epoch; `null`: for good). Where missing, none is served: for answers
   * that carry the bytes themselves.
   */
  place?(index: number): { readonly path: string; readonly expiresAt: number | null };
}

/** A picture that was made. */
export interface ServedPicture {
  /** From 0. */
  readonly index: number;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  readonly type: PictureType;
  readonly mime: string;
  readonly black: boolean;
  /** The whole address, or the one that a fault puts in its place. */
  readonly url: string;
  /** What an answer carries that holds the picture itself: its bytes, unless a fault spoils them. */
  readonly bytes: () => Promise<Buffer>;
}

/** Makes the pictures and puts them where they can be fetched. */
export async function makePictures(
  api: ImageApi,
  wanted: WantedPictures,
  faults: readonly GenerateFault[],
): Promise<readonly ServedPicture[]> {
  const { requestId, prompt, images, guidance = 5, width, height, type } = wanted;
  const seed = wanted.seed ?? api.nextSeed(prompt);
  const indexes = Array.from({ length: images }, (_, index) => index);
  return Promise.all(
    indexes.map(async (index) => {
      const black = isBlacked(faults, index) || wanted.black?.(index) === true;
      const recipe = { prompt, index, images, guidance, seed, black, width, height, type };
      const picture = api.make(recipe, requestId);
      const { path, expiresAt } = wanted.place?.(index) ?? {
        path: `/${requestId}/${index}`,
        expiresAt: null,
      };
      const ills = faultsOf(faults, index);
      api.shelf.put(path, { requestId, index, picture, expiresAt }, ills);
      // The answer says that the picture is there, so it must be.
      await picture.ready();
      const elsewhere = faults.find((it) => it.kind === 'address' && (it.index ?? index) === index);
      return {
        index,
        width: picture.width,
        height: picture.height,
        type: picture.type,
        mime: pictureFormats[picture.type].mime,
        black,
        url: elsewhere?.kind === 'address' ? elsewhere.url : `${api.origin()}${path}`,
        bytes: async () => spoilt(await picture.bytes(), ills[0]),
      };
    }),
  );
}

function isBlacked(faults: readonly GenerateFault[], index: number): boolean {
  return faults.some(
    (it) => it.kind === 'black' && (it.indexes === 'all' || it.indexes.includes(index)),
  );
}

function faultsOf(faults: readonly GenerateFault[], index: number): PictureFault[] {
  return faults.flatMap((it) =>
    it.kind === 'picture' && (it.index ?? index) === index ? [it.fault] : [],
  );
}

/** What a picture's fault means where there is no download. */
function spoilt(bytes: Buffer, fault: PictureFault | undefined): Buffer {
  switch (fault?.kind) {
    case 'gone':
      return Buffer.alloc(0);
    case 'cut':
      return bytes.subarray(0, fault.atByte);
    case 'not-image':
      return Buffer.from(notAnImage);
    case 'huge':
      return Buffer.concat([bytes], fault.bytes ?? 50_000_000);
    default:
      return bytes;
  }
}
