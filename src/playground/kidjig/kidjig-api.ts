import type { ServerResponse } from 'node:http';
import type { ImageApi } from '../image-api/api.ts';
import type { Jobs } from './jobs.ts';
import type { KidjigSettings } from './settings.ts';

/** All that the handlers of the stand-in share. */
export interface KidjigApi {
  readonly api: ImageApi<KidjigSettings>;
  readonly jobs: Jobs;
  /** Answers a wrong key, under the status that the settings have for it. */
  refuseKey(response: ServerResponse, headers: Readonly<Record<string, string>>): void;
}
