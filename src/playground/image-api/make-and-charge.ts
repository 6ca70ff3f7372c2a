import { sleep } from '../../schedule.ts';
import type { ImageApi, ReceivedRequest } from './api.ts';
import type { OpenBooks } from './books.ts';
import type { GenerateFault } from './faults.ts';
import { createRandom } from './painting/random.ts';

/** What a good request asks for. */
export interface Job {
  readonly prompt: string;
  readonly images: number;
  /** Credits of one picture. Default: 1. */
  readonly creditsPerImage?: number;
  /** Makes so many pictures and puts them where they can be fetched. */
  produce(images: number, faults: readonly GenerateFault[]): Promise<Produced>;
}

export interface Produced {
  /** How many of the pictures are black. */
  readonly blackImages: number;
  /** The good answer, as JSON; called when the pictures are charged. */
  write(): unknown;
}

/** How many pictures are made, whatever was asked, and what they cost. */
export function orderOf(
  job: Job,
  faults: readonly GenerateFault[],
): { readonly images: number; readonly cost: number } {
  const told = faults.find((it) => it.kind === 'makes');
  const images = told?.images ?? job.images;
  return { images, cost: images * (job.creditsPerImage ?? 1) };
}

/** Makes what a request asks for, which takes as long as settings and faults say, and charges it. */
export async function makeAndCharge(
  api: ImageApi,
  received: ReceivedRequest,
  job: Job,
  faults: readonly GenerateFault[],
  reserved: NonNullable<ReturnType<OpenBooks['reserve']>>,
): Promise<Produced> {
  const { images, cost } = orderOf(job, faults);
  const [produced] = await Promise.all([
    job.produce(images, faults),
    sleep(api.clock, slowMsOf(faults) + latencyMs(api, received), api.closing),
  ]);
  const charge = {
    at: api.clock.now(),
    requestId: received.requestId,
    prompt: job.prompt,
    images,
    blackImages: produced.blackImages,
    cost,
  };
  reserved.charge(charge);
  received.cost = cost;
  api.events.emit('charge', charge);
  return produced;
}

/** By how much the faults make a request longer. */
export function slowMsOf(faults: readonly GenerateFault[]): number {
  return faults.reduce((sum, it) => sum + (it.kind === 'slow' ? it.ms : 0), 0);
}

function latencyMs(api: ImageApi, received: ReceivedRequest): number {
  const { latencyMs: latency, seed } = api.settings;
  if (typeof latency === 'number') return latency;
  const random = createRandom(`latency ${seed} ${api.requests.indexOf(received)}`);
  return random.between(latency.min, latency.max);
}
