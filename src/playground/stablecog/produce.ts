import type { GenerateFault } from '../image-api/faults.ts';
import type { Produced } from '../image-api/make-and-charge.ts';
import { makePictures } from '../image-api/make-pictures.ts';
import type { KeptGeneration } from './history.ts';
import { settingsOf } from './order.ts';
import type { Order } from './order.ts';
import type { StablecogServer } from './server.ts';

/** Where pictures stand on the picture server, one by one. */
export const pictureFolder = '/b.stablecog.com/';

/** What was made, the answer for it, and how the account keeps it. */
export interface StablecogProduced extends Produced {
  keep(completedAt: number): KeptGeneration;
}

/** Makes the pictures and puts them where they can be fetched, without an end. */
export async function produce(
  { api }: StablecogServer,
  requestId: string,
  order: Order,
  images: number,
  faults: readonly GenerateFault[],
): Promise<StablecogProduced> {
  const createdAt = api.clock.now();
  const { width, height, prompt, guidance, seed } = order;
  const isPublic = api.settings.plan === 'free';
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
      type: 'jpeg',
      place: () => ({ path: `${pictureFolder}${api.clock.id()}.jpeg`, expiresAt: null }),
    },
    faults,
  );
  const outputs = pictures
    .slice(0, Math.max(0, images - api.settings.droppedImages))
    .map(({ url }) => ({ id: api.clock.id(), url }));
  return {
    blackImages: pictures.filter(({ black }) => black).length,
    write: () => ({
      outputs: outputs.map(({ id, url }) => ({ id, url, image_url: url })),
      remaining_credits: creditsLeft(api.books),
      settings: settingsOf({ ...order, images }),
    }),
    keep: (completedAt) => ({
      id: api.clock.id(),
      promptId: api.clock.id(),
      negativePromptId: api.clock.id(),
      order: api.settings.translates ? { ...order, prompt: `translated: ${order.prompt}` } : order,
      outputs,
      public: isPublic,
      createdAt,
      completedAt,
    }),
  };
}

/** A number also for an account without an end. */
export function creditsLeft({
  creditsLeft: left,
  totalCost,
}: {
  readonly creditsLeft: number;
  readonly totalCost: number;
}): number {
  return Number.isFinite(left) ? left : 1_000_000 - totalCost;
}
