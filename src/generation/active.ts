import { LeftQueue } from './interruption.ts';
import type { StopReason } from './interruption.ts';

/** The generations that this process is working on. */
export interface Active {
  /** How many there are. */
  readonly size: number;
  /** Works on a generation; does nothing when this process works on it already. */
  work(id: string, task: (signal: AbortSignal) => Promise<void>): Promise<void>;
  /** Counts these among what it works on until the task is over, also when they have ended. */
  keep(ids: readonly string[], task: Promise<unknown>): Promise<void>;
  /** What it works on. */
  ids(): string[];
  /** Takes one out of the queue; one that was sent goes on. */
  abort(id: string, why: StopReason): void;
  /** Takes all out of the queue, those that come later too; those that were sent go on. */
  abortAll(why: StopReason): void;
  /** Resolves when nothing is being worked on. */
  idle(): Promise<void>;
  /** Aborted when the process can wait no longer; requests and downloads under way end with it. */
  readonly stopping: AbortSignal;
  /** Ends even what was sent: the process leaves, the rest is recovery's. */
  stop(): void;
}

export function createActive(): Active {
  const stopping = new AbortController();
  let leaving: StopReason | undefined;
  const kept = new Set<readonly string[]>();
  const running = new Map<string, { controller: AbortController; done: Promise<void> }>();
  return {
    get size() {
      return running.size;
    },
    async keep(ids, task) {
      kept.add(ids);
      try {
        await task;
      } finally {
        kept.delete(ids);
      }
    },
    ids: () => [...new Set([...running.keys(), ...[...kept].flat()])],
    async work(id, task) {
      if (running.has(id)) return;
      const controller = new AbortController();
      if (leaving) controller.abort(new LeftQueue(leaving));
      const done = Promise.resolve()
        .then(() => task(controller.signal))
        .finally(() => running.delete(id));
      running.set(id, { controller, done });
      await done;
    },
    abort(id, why) {
      running.get(id)?.controller.abort(new LeftQueue(why));
    },
    abortAll(why) {
      leaving = why;
      for (const { controller } of running.values()) controller.abort(new LeftQueue(why));
    },
    stopping: stopping.signal,
    stop() {
      stopping.abort(new LeftQueue('stopped'));
    },
    async idle() {
      while (running.size > 0)
        await Promise.allSettled([...running.values()].map(({ done }) => done));
    },
  };
}
