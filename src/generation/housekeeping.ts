import { every } from '../schedule.ts';
import { leaseMs, renewEveryMs } from './parts.ts';
import type { Parts } from './parts.ts';
import { recover } from './recover.ts';
import { tidyOld } from './tidy-old.ts';

const recoverEveryMs = 60_000;
const tidyEveryMs = 60 * 60_000;

/** What goes on beside the requests: leases are renewed, what is left over is taken up. */
export interface Housekeeping {
  /** Takes up nothing more; resolves when a recovery under way has handed out its work. */
  stopRecovering(): Promise<void>;
  /** Renews no more leases and ends those that are still held, so that another process may go on at once. */
  stop(): Promise<void>;
}

/** Finishes what an earlier run left behind, and keeps house from then on. Returns how many it took up. */
export async function keepHouse(
  parts: Parts,
): Promise<{ readonly housekeeping: Housekeeping; readonly recovered: number }> {
  const { store, clock, owner, active, log } = parts;
  const failed = (what: string) => (error: unknown) => {
    log.error({ err: error }, what);
  };
  const recovered = await recover(parts, { atStart: true }).catch((error: unknown) => {
    // It is tried again every minute; new requests need not wait for that.
    failed('recovery failed')(error);
    return 0;
  });
  const stopRecovering = every(
    clock,
    recoverEveryMs,
    async () => {
      await recover(parts, { atStart: false });
    },
    failed('recovery failed'),
  );
  const stopRenewing = every(
    clock,
    renewEveryMs,
    () => store.renew(owner, active.ids(), clock.now() + leaseMs),
    failed('the leases could not be renewed'),
  );
  const stopping = new AbortController();
  const untidy = failed('what is old could not be removed');
  const tidy = (): Promise<void> => tidyOld(parts, stopping.signal);
  // What grew too old while the bot was away does not wait for the first hour to pass, nor anybody for it.
  const firstTidying = tidy().catch(untidy);
  const stopTidying = every(clock, tidyEveryMs, tidy, untidy);
  return {
    recovered,
    housekeeping: {
      stopRecovering,
      async stop() {
        stopping.abort();
        await Promise.all([stopRenewing(), stopTidying(), firstTidying]);
        await store
          .renew(owner, active.ids(), clock.now())
          .catch(failed('the leases could not be ended'));
      },
    },
  };
}
