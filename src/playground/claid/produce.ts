import type { ImageApi } from '../image-api/api.ts';
import type { GenerateFault } from '../image-api/faults.ts';
import type { Produced } from '../image-api/make-and-charge.ts';
import { makePictures } from '../image-api/make-pictures.ts';
import type { GenerateBody } from './contract.ts';
import { bucketFolder, tmpFolder } from './folders.ts';
import type { ClaidSettings } from './settings.ts';
import { describeObject } from './storages.ts';
import type { OutputFolder, StoredObject } from './storages.ts';

/** `data` of a good answer. */
interface GenerateData {
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

/** Makes the pictures, puts them where they can be fetched, and describes them as Claid does. */
export async function produce(
  api: ImageApi<ClaidSettings>,
  requestId: string,
  body: GenerateBody,
  output: OutputFolder | undefined,
  images: number,
  faults: readonly GenerateFault[],
): Promise<Produced> {
  const jobFolder = `${tmpFolder}${api.clock.id()}/`;
  const name = api.clock.id().replaceAll('-', '');
  const fileName = (index: number): string => `${name}_${index + 1}.png`;
  const objectOf = (index: number): StoredObject | undefined =>
    output === undefined ? undefined : describeObject(output, fileName(index));

  const pictures = await makePictures(
    api,
    {
      requestId,
      prompt: body.prompt,
      images,
      guidance: body.guidance,
      black: (index) => isFiltered(body.prompt, index),
      place(index) {
        const object = objectOf(index);
        return object === undefined
          ? {
              path: `${jobFolder}${fileName(index)}`,
              expiresAt: api.clock.now() + api.settings.pictureLifeMs,
            }
          : {
              path: `${bucketFolder(object.object_bucket)}${object.object_key}`,
              expiresAt: null,
            };
      },
    },
    faults,
  );
  const data: GenerateData = {
    input: { text: body.prompt },
    output: pictures.map(({ index, width, height, mime, url }) => {
      const object = objectOf(index);
      return {
        ext: 'png',
        mps: (width * height) / 1_000_000,
        mime,
        format: 'PNG',
        width,
        height,
        ...tmpUrl(object === undefined ? url : undefined, api.settings.tmpUrlWithOutput),
        ...object,
      };
    }),
  };
  return { blackImages: pictures.filter(({ black }) => black).length, write: () => ({ data }) };
}

/** The content filter: the word `forbidden` blacks out all, `partly forbidden` the second and the fourth. */
function isFiltered(prompt: string, index: number): boolean {
  if (/\bpartly forbidden\b/i.test(prompt)) return index % 2 === 1;
  return /\bforbidden\b/i.test(prompt);
}

function tmpUrl(
  url: string | undefined,
  otherwise: 'absent' | 'empty',
): { readonly tmp_url?: string } {
  if (url !== undefined) return { tmp_url: url };
  return otherwise === 'empty' ? { tmp_url: '' } : {};
}
