import { bucketFolder, tmpFolder } from './api.ts';
import type { Api } from './api.ts';
import type { Charge } from './books.ts';
import type { GenerateBody } from './contract.ts';
import type { GenerateFault } from './faults.ts';
import { describeObject } from './storages.ts';
import type { OutputFolder, StoredObject } from './storages.ts';

/** `data` of a good answer. */
export interface GenerateData {
  readonly input: { readonly text: string };
  readonly output: readonly (OutputPicture & Partial<StoredObject>)[];
}

interface OutputPicture {
  readonly ext: string;
  readonly mps: number;
  readonly mime: string;
  readonly format: string;
  readonly width: number;
  readonly height: number;
  readonly tmp_url?: string;
}

/** Makes the pictures, puts them where they can be fetched, and says what it costs. */
export async function produce(
  api: Api,
  requestId: string,
  body: GenerateBody,
  output: OutputFolder | undefined,
  images: number,
  faults: readonly GenerateFault[],
): Promise<{ readonly data: GenerateData; readonly charge: Omit<Charge, 'at' | 'requestId'> }> {
  const seed = api.nextSeed(body.prompt);
  const indexes = Array.from({ length: images }, (_, index) => index);
  const black = indexes.filter((index) => isBlack(body.prompt, index, faults));
  const jobFolder = `${tmpFolder}${api.clock.id()}/`;
  const name = api.clock.id().replaceAll('-', '');

  const pictures = await Promise.all(
    indexes.map(async (index) => {
      const recipe = {
        prompt: body.prompt,
        index,
        images,
        guidance: body.guidance,
        seed,
        black: black.includes(index),
      };
      const picture = api.make(recipe, requestId);
      const fileName = `${name}_${index + 1}.png`;
      const object = output === undefined ? undefined : describeObject(output, fileName);
      const path =
        object === undefined
          ? `${jobFolder}${fileName}`
          : `${bucketFolder(object.object_bucket)}${object.object_key}`;
      const expiresAt = object === undefined ? api.clock.now() + api.settings.pictureLifeMs : null;
      api.shelf.put(path, { requestId, index, picture, expiresAt }, pictureFaults(faults, index));
      // The answer says that the picture is there, so it must be.
      await picture.ready();
      const elsewhere = faults.find((it) => it.kind === 'address' && (it.index ?? index) === index);
      const url = elsewhere?.kind === 'address' ? elsewhere.url : `${api.origin()}${path}`;
      return {
        ext: 'png',
        mps: (picture.width * picture.height) / 1_000_000,
        mime: 'image/png',
        format: 'PNG',
        width: picture.width,
        height: picture.height,
        ...tmpUrl(object === undefined ? url : undefined, api.settings.tmpUrlWithOutput),
        ...object,
      };
    }),
  );
  return {
    data: { input: { text: body.prompt }, output: pictures },
    charge: { prompt: body.prompt, images, blackImages: black.length, cost: images },
  };
}

/** The content filter: the word `forbidden` blacks out all, `partly forbidden` the second and the fourth. */
function isBlack(prompt: string, index: number, faults: readonly GenerateFault[]): boolean {
  const wanted = faults.some(
    (it) => it.kind === 'black' && (it.indexes === 'all' || it.indexes.includes(index)),
  );
  if (wanted) return true;
  if (/\bpartly forbidden\b/i.test(prompt)) return index % 2 === 1;
  return /\bforbidden\b/i.test(prompt);
}

function pictureFaults(
  faults: readonly GenerateFault[],
  index: number,
): Extract<GenerateFault, { kind: 'picture' }>['fault'][] {
  return faults.flatMap((it) =>
    it.kind === 'picture' && (it.index ?? index) === index ? [it.fault] : [],
  );
}

function tmpUrl(
  url: string | undefined,
  otherwise: 'absent' | 'empty',
): { readonly tmp_url?: string } {
  if (url !== undefined) return { tmp_url: url };
  return otherwise === 'empty' ? { tmp_url: '' } : {};
}
