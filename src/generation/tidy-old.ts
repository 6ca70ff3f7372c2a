import { dayMs } from './parts.ts';
import type { Parts } from './parts.ts';

/** So many generations are taken out in one go, so that nothing else waits long for the store. */
const batch = 200;

/**
 * Takes out what is older than `RETENTION_DAYS` (prompts, results, pictures, log entries; the ledger's
 * numbers stay) and drafts that have expired. Does nothing the second time.
 *
 * @param signal ends it early, between two batches
 */
export async function tidyOld(
  {
    store,
    pictures,
    clock,
    limits,
    log,
  }: Pick<Parts, 'store' | 'pictures' | 'clock' | 'limits' | 'log'>,
  signal?: AbortSignal,
): Promise<void> {
  const now = clock.now();
  await store.dropDrafts(now);
  let purged = 0;
  for (;;) {
    const { ids, more } = await store.purge(now - limits.retentionDays * dayMs, batch);
    for (const id of ids) await pictures.delete(id);
    purged += ids.length;
    if (!more || signal?.aborted) break;
  }
  if (purged > 0) log.info({ purged }, 'what was older than RETENTION_DAYS was taken out');
}
