import type { ImageApi } from '../image-api/api.ts';
import type { GenerateFault } from '../image-api/faults.ts';
import type { Produced } from '../image-api/make-and-charge.ts';
import { makePictures } from '../image-api/make-pictures.ts';
import { pictureFormats } from '../image-api/picture-type.ts';
import type { Dialect } from './dialect.ts';
import type { Order } from './order.ts';
import type { OpenaiSettings } from './settings.ts';

/** Makes the pictures and puts those that go by address where they can be fetched. */
export async function produce(
  api: ImageApi<OpenaiSettings>,
  dialect: Dialect,
  requestId: string,
  order: Order,
  images: number,
  faults: readonly GenerateFault[],
): Promise<Produced> {
  const { settings } = api;
  const { prompt, guidance, seed, width, height, type } = order;
  const { extension } = pictureFormats[type];
  const inBytes = (index: number): boolean => {
    if (settings.pictureForm === 'mixed') return index % 2 === 0;
    return (settings.pictureForm === 'usual' ? order.form : settings.pictureForm) === 'bytes';
  };
  const pictures = await makePictures(
    api,
    {
      requestId,
      prompt,
      images,
      guidance,
      seed,
      width,
      height,
      type,
      place: () => ({
        path: `${dialect.pictureFolder}b64${api.clock.id()}.${extension}`,
        expiresAt: api.clock.now() + settings.pictureLifeMs,
      }),
    },
    faults,
  );
  const answered = await Promise.all(
    pictures.map(async ({ index, url, bytes }) => ({
      url,
      b64: inBytes(index) ? (await bytes()).toString('base64') : undefined,
    })),
  );
  return {
    blackImages: pictures.filter(({ black }) => black).length,
    write: () =>
      dialect.write({
        order,
        pictures: answered,
        created: Math.floor(api.clock.now() / 1000),
        id: requestId,
        settings,
      }),
  };
}
