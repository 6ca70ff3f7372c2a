import type { Clock } from '../../clock.ts';
import { createRandom } from './painting/random.ts';
import type { Windows } from './windows.ts';

/** Somebody else who uses the same account: their requests count in the same windows. */
export interface ForeignUser {
  /** Sends one request now. Returns whether the API took it. */
  request(): boolean;
  /** Sends requests at random intervals (Poisson, by the seed) until the returned function is called. */
  every(options: { readonly perMinute: number; readonly seed: number }): () => void;
  /** How many were accepted and how many refused so far. */
  readonly counts: { accepted: number; refused: number };
}

export function createForeignUser(
  clock: Clock,
  windows: Windows,
  closing: AbortSignal,
): ForeignUser {
  const counts = { accepted: 0, refused: 0 };
  function request(): boolean {
    const { accepted } = windows.take();
    if (accepted) counts.accepted += 1;
    else counts.refused += 1;
    return accepted;
  }
  return {
    counts,
    request,
    every({ perMinute, seed }) {
      const random = createRandom(`foreign ${seed}`);
      const pauseMs = (): number => (-Math.log(1 - random.next()) * 60_000) / perMinute;
      let cancel = clock.setTimer(run, pauseMs());
      function run(): void {
        request();
        cancel = clock.setTimer(run, pauseMs());
      }
      const stop = (): void => {
        cancel();
        closing.removeEventListener('abort', stop);
      };
      closing.addEventListener('abort', stop, { once: true });
      return stop;
    },
  };
}
