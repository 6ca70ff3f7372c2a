import type { Clock } from '../../clock.ts';
import { sleep } from '../../schedule.ts';
import type { StablecogPlan } from './settings.ts';

/** The jobs of the one account. */
export interface Jobs {
  /** Under way. */
  readonly running: number;
  /** Held back in the server. */
  readonly waiting: number;
  /**
   * Waits for room: on a plan of so many jobs, one more runs before any is held back.
   * @returns `full` where too many wait already
   */
  enter(plan: StablecogPlan): Promise<'entered' | 'full'>;
  leave(): void;
}

/** Source: the constants of Stablecog's server. */
const jobsOfPlan: Readonly<Record<StablecogPlan, number>> = {
  free: 1,
  starter: 2,
  pro: 3,
  ultimate: 4,
};
const mostWaiting = 50;
const penaltyMs = 150;

export function createJobs(clock: Clock, closing: AbortSignal): Jobs {
  let running = 0;
  let waiting = 0;
  return {
    get running() {
      return running;
    },
    get waiting() {
      return waiting;
    },
    async enter(plan) {
      const most = jobsOfPlan[plan];
      if (running > most) {
        if (waiting > mostWaiting) return 'full';
        waiting += 1;
        try {
          for (;;) {
            await sleep(clock, penaltyMs * waiting, closing);
            if (running <= most) break;
          }
        } finally {
          waiting -= 1;
        }
      }
      running += 1;
      return 'entered';
    },
    leave() {
      running -= 1;
    },
  };
}
