import type { Clock } from '../clock.ts';
import type { Metrics } from '../metrics.ts';
import type { Account } from './account.ts';
import type { Places } from './places.ts';

/** Fills the gauges of the pace whenever they are read. An account without limits has no allowance to show. */
export function reportPace(
  metrics: Metrics,
  clock: Clock,
  places: Places,
  accounts: ReadonlyMap<string, Account>,
): void {
  Object.assign(metrics.waiting, {
    collect: () => {
      metrics.waiting.set(places.waiting);
    },
  });
  Object.assign(metrics.running, {
    collect: () => {
      metrics.running.set(places.running);
    },
  });
  Object.assign(metrics.paceAllowance, {
    collect: () => {
      for (const [account, { allowance }] of accounts) {
        if (Number.isFinite(allowance)) metrics.paceAllowance.set({ account }, allowance);
      }
    },
  });
  Object.assign(metrics.paceUnderWay, {
    collect: () => {
      for (const [account, { underWay }] of accounts) {
        metrics.paceUnderWay.set({ account }, underWay);
      }
    },
  });
  Object.assign(metrics.pausedSeconds, {
    collect: () => {
      for (const [account, { pausedUntil }] of accounts) {
        metrics.pausedSeconds.set({ account }, Math.max(0, pausedUntil - clock.now()) / 1000);
      }
    },
  });
}
