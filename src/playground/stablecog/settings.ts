import { defaultImageApiSettings } from '../image-api/settings.ts';
import type { ImageApiSettings } from '../image-api/settings.ts';
import { stablecogModels } from './models.ts';
import type { StablecogModel } from './models.ts';

export type StablecogPlan = 'free' | 'starter' | 'pro' | 'ultimate';

/** How the stand-in behaves; every field may be changed while it runs and holds from the next request on. */
export interface StablecogSettings extends ImageApiSettings {
  /** It decides how many jobs run at once, and on `free` whatever is made is public. */
  plan: StablecogPlan;
  /** The active models. */
  models: readonly StablecogModel[];
  /** Whether the account is banned. */
  banned: boolean;
  /**
   * After so long without an answer the proxy before the server says an HTML 524; the job goes on. In
   * ms of the clock; `Infinity` for never.
   */
  proxyTimeoutMs: number;
  /** A job that takes longer is given up and given back. In ms of the clock. */
  workerTimeoutMs: number;
  /** So many pictures of each job are dropped, though charged. */
  droppedImages: number;
  /** Whether the list shows a translation of the prompt instead of what was sent. */
  translates: boolean;
}

export function defaultSettings(): StablecogSettings {
  return {
    ...defaultImageApiSettings(),
    limits: [{ limit: 5, windowMs: 1_000 }],
    plan: 'free',
    models: stablecogModels,
    banned: false,
    proxyTimeoutMs: 100_000,
    workerTimeoutMs: 240_000,
    droppedImages: 0,
    translates: false,
  };
}
