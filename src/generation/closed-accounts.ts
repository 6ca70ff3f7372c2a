import type { Clock } from '../clock.ts';

/** Which accounts are closed for a while because their key or their credits are no good. */
export interface ClosedAccounts {
  /** Until when it is closed (ms since the epoch); `undefined` while it is open. */
  closedUntil(account: string): number | undefined;
  /** Closes it. Returns whether it was open, so that the operator is told once. */
  close(account: string): { readonly until: number; readonly wasOpen: boolean };
}

const closedForMs = 10 * 60_000;

export function createClosedAccounts(clock: Clock): ClosedAccounts {
  const closed = new Map<string, number>();
  const closedUntil = (account: string): number | undefined => {
    const until = closed.get(account);
    return until !== undefined && until > clock.now() ? until : undefined;
  };
  return {
    closedUntil,
    close(account) {
      const wasOpen = closedUntil(account) === undefined;
      const until = clock.now() + closedForMs;
      closed.set(account, until);
      return { until, wasOpen };
    },
  };
}
