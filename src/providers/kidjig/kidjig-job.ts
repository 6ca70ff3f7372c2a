import { z } from 'zod';
import type { UsedSettings } from '../../domain/provider.ts';
import type { Warning } from '../../domain/warning.ts';

/** All that another process needs to go on with a job. */
export interface KidjigJob {
  /** The model's id in the paths. */
  readonly model: string;
  /** Kidjig's id of the request. */
  readonly id: string;
  /** Pictures asked for. */
  readonly images: number;
  /** When it is given up, ms since the epoch. */
  readonly until: number;
  /** What the API was told. */
  readonly told: UsedSettings;
  readonly warnings: readonly Warning[];
}

const number = z.number().exactOptional();
const job: z.ZodType<KidjigJob> = z.object({
  model: z.string().min(1),
  id: z.string().min(1),
  images: z.int().min(1),
  until: z.number(),
  told: z.object({
    seed: number,
    guidance: number,
    steps: number,
    width: number,
    height: number,
  }),
  warnings: z.array(z.enum(['style-negative-left-out'])),
});

/** As it stands in the store: JSON. */
export function writeJob(it: KidjigJob): string {
  return JSON.stringify(it);
}

/** Its id, where it is fit to be shown and logged. */
export function requestIdOfJob({ id }: KidjigJob): string | undefined {
  return /^[\w.:-]{1,100}$/.exec(id)?.[0];
}

/** @returns `undefined` where it is no job of Kidjig's */
export function readJob(jobRef: string): KidjigJob | undefined {
  try {
    return job.safeParse(JSON.parse(jobRef)).data;
  } catch {
    return undefined;
  }
}
