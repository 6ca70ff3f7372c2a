import type { RateWindow } from '../../domain/pace.ts';

/**
 * How any stand-in of an image API behaves; every field may be changed while it runs and holds from
 * the next request on.
 */
export interface ImageApiSettings {
  /** Time a generation takes, in ms of the clock: a number, or a range out of which the seed picks. */
  latencyMs: number | { readonly min: number; readonly max: number };
  /**
   * How requests are counted: a sliding log, fixed windows each with a phase of its own, or not at
   * all (then no rate-limit headers are sent either).
   */
  windows: 'sliding' | 'fixed' | 'off';
  /** The windows; without any, every request is taken. */
  limits: readonly RateWindow[];
  /** Where the fixed windows begin, ms after the epoch, one per limit; picked by the seed where missing. */
  phasesMs: readonly number[];
  /**
   * `painted`: composed pictures of the size asked for, 1024x1024 unless said. `small`: the longer
   * side is 64, quick, still different for each prompt and index. `fixed`: the size asked for and
   * exactly {@link fixedBytes}, made once and told apart by a comment in the file.
   */
  pictures: 'painted' | 'small' | 'fixed';
  /** Size of each picture in the mode `fixed`; at least 20 000 at 1024x1024. */
  fixedBytes: number;
  /** How long a temporary address works, in ms of the clock. */
  pictureLifeMs: number;
  /** Decides every picture, latency and phase; equal seeds give equal runs. */
  seed: number;
}

/** No windows, and everything else as Claid's stand-in has it. */
export function defaultImageApiSettings(): ImageApiSettings {
  return {
    latencyMs: 300,
    windows: 'sliding',
    limits: [],
    phasesMs: [],
    pictures: 'painted',
    fixedBytes: 1_500_000,
    pictureLifeMs: 86_400_000,
    seed: 1,
  };
}
