import type { ImageApi } from '../image-api/api.ts';
import type { GenerateFault } from '../image-api/faults.ts';
import type { Produced } from '../image-api/make-and-charge.ts';
import { makePictures, type ServedPicture } from '../image-api/make-pictures.ts';
import { pictureFormats, type PictureType } from '../image-api/picture-type.ts';
import type { KidjigBody } from './contract.ts';
import type { KidjigSettings } from './settings.ts';
import { sizeFor } from './sizes.ts';
import { inEnvelope } from './words.ts';

/** Where pictures stand on the picture server. */
export const filesFolder = '/files/';

/** How many pictures a request asks for. */
export function imagesOf({ parameters }: KidjigBody): number {
  const wanted = parameters['num_images'];
  return typeof wanted === 'number' ? wanted : 1;
}

/** Makes the pictures of a job, puts them where they can be fetched, and describes them as fal does. */
export async function produce(
  api: ImageApi<KidjigSettings>,
  requestId: string,
  body: KidjigBody,
  images: number,
  faults: readonly GenerateFault[],
  form: KidjigSettings['pictureForm'],
): Promise<Produced> {
  const { prompt, parameters } = body;
  const type = typeOf(parameters['output_format']);
  const seed = parameters['seed'] ?? api.nextSeed(prompt);
  const folder = `${filesFolder}${api.clock.id()}/`;
  const pictures = await makePictures(
    api,
    {
      requestId,
      prompt,
      images,
      seed: Number(seed),
      ...sizeFor(parameters),
      type,
      place: (index) => ({
        path: `${folder}${index + 1}.${pictureFormats[type].extension}`,
        expiresAt: api.clock.now() + api.settings.pictureLifeMs,
      }),
    },
    faults,
  );
  const urls = await Promise.all(pictures.map((picture) => urlOf(picture, form)));
  const named = placed(api.settings.images, pictures, urls);
  const fields = {
    ...named,
    seed,
    prompt,
    has_nsfw_concepts: pictures.map(({ black }) => black),
    timings: {},
  };
  return {
    blackImages: pictures.filter(({ black }) => black).length,
    write: () =>
      api.settings.images === 'list'
        ? { success: true, ...named }
        : inEnvelope(api.settings, fields),
  };
}

function typeOf(format: unknown): PictureType {
  return format === 'png' || format === 'webp' ? format : 'jpeg';
}

async function urlOf(
  { url, mime, bytes }: ServedPicture,
  form: KidjigSettings['pictureForm'],
): Promise<string> {
  if (form === 'address') return url;
  const all = await bytes();
  if (form === 'base64') return `data:${mime};base64,${all.toString('base64')}`;
  const encoded = all.toString('hex').replaceAll(/../g, (pair) => `%${pair}`);
  return `data:${mime},${encoded}`;
}

/** The pictures where the settings have them. */
function placed(
  images: KidjigSettings['images'],
  pictures: readonly ServedPicture[],
  urls: readonly string[],
): Readonly<Record<string, unknown>> {
  const described = pictures.map(({ index, width, height, mime }) => ({
    url: urls[index],
    width,
    height,
    content_type: mime,
  }));
  switch (images) {
    case 'images':
      return { images: described };
    case 'texts':
      return { images: urls };
    case 'image':
      return { image: described[0] };
    case 'output':
      return { output: urls };
    case 'imageUrl':
      return { imageUrl: urls[0] };
    case 'imageUrls':
      return { imageUrls: urls };
    case 'list':
      return { data: described };
  }
}
