import type { RateWindow } from '../../domain/pace.ts';

/** How the stand-in behaves; every field may be changed while it runs and holds from the next request on. */
export interface ClaidSettings {
  /** Time a generation takes, in ms of the clock: a number, or a range out of which the seed picks. */
  latencyMs: number | { readonly min: number; readonly max: number };
  /**
   * How requests are counted: a sliding log, fixed windows each with a phase of its own, or not at
   * all (then no rate-limit headers are sent either).
   */
  windows: 'sliding' | 'fixed' | 'off';
  /** The windows; Claid documents 120 per minute and 4 per second. */
  limits: readonly RateWindow[];
  /** Where the fixed windows begin, ms after the epoch, one per limit; picked by the seed where missing. */
  phasesMs: readonly number[];
  /** In which form the API tells its pace. Claid's documented one is `draft-03`. */
  headers: 'draft-03' | 'draft-04' | 'draft-07' | 'draft-08' | 'none';
  /** Whether the figures in the headers are those of the request's arrival or of its answer. */
  headersAt: 'arrival' | 'answer';
  /** Whether a 429 carries `Retry-After` too, which Claid does not document. */
  retryAfter: boolean;
  /**
   * `painted`: composed 1024x1024 pictures. `small`: 64x64, quick, still different for each prompt and
   * index. `fixed`: 1024x1024 of exactly {@link fixedBytes}, made once and told apart by a text chunk.
   */
  pictures: 'painted' | 'small' | 'fixed';
  /** Size of each picture in the mode `fixed`; at least 20 000. */
  fixedBytes: number;
  /** How long a temporary address works, in ms of the clock. */
  pictureLifeMs: number;
  /** What the key may do. */
  scopes: readonly string[];
  /** The storages that the account has connected. */
  storages: readonly ClaidStorage[];
  /** What `tmp_url` is when a storage was given as output. */
  tmpUrlWithOutput: 'absent' | 'empty';
  /** Decides every picture, latency and phase; equal seeds give equal runs. */
  seed: number;
}

/** A connected storage. Objects go to `bucket` under `path` (empty or ending in `/`). */
export interface ClaidStorage {
  readonly name: string;
  readonly type: 's3' | 'gcs' | 'web_folder';
  readonly bucket: string;
  readonly path: string;
}

export function defaultSettings(): ClaidSettings {
  return {
    latencyMs: 300,
    windows: 'sliding',
    limits: [
      { limit: 120, windowMs: 60_000 },
      { limit: 4, windowMs: 1_000 },
    ],
    phasesMs: [],
    headers: 'draft-03',
    headersAt: 'answer',
    retryAfter: false,
    pictures: 'painted',
    fixedBytes: 1_500_000,
    pictureLifeMs: 86_400_000,
    scopes: ['image_editing', 'storage'],
    storages: [{ name: 'easel', type: 's3', bucket: 'easel-pictures', path: '' }],
    tmpUrlWithOutput: 'absent',
    seed: 1,
  };
}
