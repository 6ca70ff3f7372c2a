import type { ImageApi } from '../image-api/api.ts';
import type { Windows } from '../image-api/windows.ts';
import type { History } from './history.ts';
import type { Jobs } from './jobs.ts';
import type { StablecogSettings } from './settings.ts';

/** What the handlers of this stand-in share. */
export interface StablecogServer {
  readonly api: ImageApi<StablecogSettings>;
  readonly history: History;
  readonly jobs: Jobs;
  /** The pace of all that is only read. */
  readonly readWindows: Windows;
}
