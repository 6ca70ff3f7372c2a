/** What becomes of a job. */
export type JobEnd =
  | { readonly kind: 'made' }
  /** It is never done. */
  | { readonly kind: 'never' }
  /** It fails, as fal's jobs do; said by the status itself, or by the answer for the result. */
  | {
      readonly kind: 'failed';
      readonly saidBy: 'status' | 'result';
      /** fal's `error_type`, such as `runner_disconnected`; nothing is said where missing. */
      readonly why?: string | undefined;
      /** Of the answer for the result. Default: 500. */
      readonly status?: number | undefined;
    }
  /** The content was refused. */
  | { readonly kind: 'refused'; readonly saidBy: 'status' | 'result' };

/** A job as it stands. */
export interface KidjigJob {
  /** What Kidjig calls the request. */
  readonly id: string;
  /** The id of the HTTP request that brought it. */
  readonly requestId: string;
  readonly model: string;
  readonly prompt: string;
  readonly end: JobEnd;
  /** Whether it is over, well or not. */
  over: boolean;
  /** How often its state was asked for. */
  polls: number;
  /** The result, once it is made. */
  result: (() => unknown) | undefined;
}

/** The jobs of a stand-in, and what becomes of the next ones. */
export interface Jobs {
  readonly all: readonly KidjigJob[];
  add(job: KidjigJob): void;
  find(model: string, id: string): KidjigJob | undefined;
  /** The next so many (default 1) jobs end like this. */
  next(end: JobEnd, times?: number): void;
  takeEnd(): JobEnd;
}

export function createJobs(): Jobs {
  const all: KidjigJob[] = [];
  const ends: JobEnd[] = [];
  return {
    all,
    add: (job) => void all.push(job),
    find: (model, id) => all.find((job) => job.id === id && job.model === model),
    next(end, times = 1) {
      for (let i = 0; i < times; i += 1) ends.push(end);
    },
    takeEnd: () => ends.shift() ?? { kind: 'made' },
  };
}
