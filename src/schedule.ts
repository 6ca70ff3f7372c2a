import type { Clock } from './clock.ts';

/** Resolves after so many milliseconds; rejects with the signal's reason when it is aborted first. */
export function sleep(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(asError(signal.reason));
      return;
    }
    const cancel = clock.setTimer(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    const onAbort = (): void => {
      cancel();
      reject(asError(signal?.reason));
    };
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

/**
 * Runs a task again and again, `everyMs` after the last run ended, until stopped. A task that throws
 * is reported and run again next time.
 *
 * @returns a function that stops it and resolves when a run under way has ended
 */
export function every(
  clock: Clock,
  everyMs: number,
  task: () => Promise<void>,
  onError: (error: unknown) => void,
): () => Promise<void> {
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  let cancel = clock.setTimer(run, everyMs);
  function run(): void {
    const attempt = async (): Promise<void> => task();
    running = attempt()
      .catch(onError)
      .then(() => {
        if (!stopped) cancel = clock.setTimer(run, everyMs);
      });
  }
  return async () => {
    stopped = true;
    cancel();
    await running;
  };
}

/** Waits for a task, but no longer than so many milliseconds. Returns whether it ended in time. */
export async function endsWithin(
  clock: Clock,
  ms: number,
  task: Promise<unknown>,
): Promise<boolean> {
  let cancel = (): void => undefined;
  const tooLate = new Promise<false>((resolve) => {
    cancel = clock.setTimer(() => {
      resolve(false);
    }, ms);
  });
  try {
    return await Promise.race([task.then(() => true), tooLate]);
  } finally {
    cancel();
  }
}

/** A signal that aborts with the reason after so many milliseconds, or when the parent does. Clear it when done. */
export function deadline(
  clock: Clock,
  ms: number,
  reason: () => Error,
  parent?: AbortSignal,
): { readonly signal: AbortSignal; clear(): void } {
  const controller = new AbortController();
  const onParent = (): void => {
    cancel();
    controller.abort(parent?.reason);
  };
  const cancel = clock.setTimer(() => {
    parent?.removeEventListener('abort', onParent);
    controller.abort(reason());
  }, ms);
  if (parent?.aborted) onParent();
  else parent?.addEventListener('abort', onParent, { once: true });
  return {
    signal: controller.signal,
    clear() {
      cancel();
      parent?.removeEventListener('abort', onParent);
    },
  };
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error('aborted', { cause: reason });
}
