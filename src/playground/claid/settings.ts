import { defaultImageApiSettings } from '../image-api/settings.ts';
import type { ImageApiSettings } from '../image-api/settings.ts';

/** How the stand-in behaves; every field may be changed while it runs and holds from the next request on. */
export interface ClaidSettings extends ImageApiSettings {
  /** In which form the API tells its pace. Claid's documented one is `draft-03`. */
  headers: 'draft-03' | 'draft-04' | 'draft-07' | 'draft-08' | 'none';
  /** Whether the figures in the headers are those of the request's arrival or of its answer. */
  headersAt: 'arrival' | 'answer';
  /** Whether a 429 carries `Retry-After` too, which Claid does not document. */
  retryAfter: boolean;
  /** What the key may do. */
  scopes: readonly string[];
  /** The storages that the account has connected. */
  storages: readonly ClaidStorage[];
  /** What `tmp_url` is when a storage was given as output. */
  tmpUrlWithOutput: 'absent' | 'empty';
}

/** A connected storage. Objects go to `bucket` under `path` (empty or ending in `/`). */
export interface ClaidStorage {
  readonly name: string;
  readonly type: 's3' | 'gcs' | 'web_folder';
  readonly bucket: string;
  readonly path: string;
}

/** As Claid documents it: 120 requests per minute and 4 per second, pictures kept for 24 hours. */
export function defaultSettings(): ClaidSettings {
  return {
    ...defaultImageApiSettings(),
    limits: [
      { limit: 120, windowMs: 60_000 },
      { limit: 4, windowMs: 1_000 },
    ],
    headers: 'draft-03',
    headersAt: 'answer',
    retryAfter: false,
    scopes: ['image_editing', 'storage'],
    storages: [{ name: 'easel', type: 's3', bucket: 'easel-pictures', path: '' }],
    tmpUrlWithOutput: 'absent',
  };
}
