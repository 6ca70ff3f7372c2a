import type { Kysely } from 'kysely';
import type { MemberStore } from '../domain/member-store.ts';
import { periodMs } from '../domain/rule.ts';
import type { Database } from './database.ts';
import { emptyGeneration, endedGenerations } from './emptied.ts';
import { forgetErasures } from './erased.ts';
import type { Schema } from './schema.ts';

/** There are more entries than generations, and they are smaller. */
const entriesPerGeneration = 10;

/** How what is old goes. */
export function createRetention(database: Database): Pick<MemberStore, 'purge'> {
  return {
    purge: (olderThan, limit) =>
      database.transaction(async (trx) => {
        const rows = await endedGenerations(trx)
          .select(['id', 'guild_id', 'member_id', 'request', 'used', 'failure'])
          .where('emptied', 'is', null)
          .where('created_at', '<', olderThan)
          .where((eb) => eb.or([eb('made_at', 'is', null), eb('made_at', '<', olderThan)]))
          .orderBy('created_at')
          .limit(limit)
          // What somebody is changing has its turn next time.
          .$if(database.postgres, (query) => query.forUpdate().skipLocked())
          .execute();
        for (const row of rows) await emptyGeneration(trx, row, row.member_id);
        const mostEntries = limit * entriesPerGeneration;
        const entries = await purgeLog(database, trx, olderThan, mostEntries);
        await trx.deleteFrom('blocks').where('ends_at', '<', olderThan).execute();
        // Whatever is kept how long, limits look so far back.
        await forgetErasures(trx, olderThan - periodMs.month);
        return {
          ids: rows.map((row) => row.id),
          more: rows.length === limit || entries === mostEntries,
        };
      }),
  };
}

/** Returns how many entries went. */
async function purgeLog(
  database: Database,
  trx: Kysely<Schema>,
  olderThan: number,
  limit: number,
): Promise<number> {
  const { numDeletedRows } = await trx
    .deleteFrom('guild_log')
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('guild_log')
        .select('id')
        .where('at', '<', olderThan)
        .orderBy('at')
        .limit(limit)
        .$if(database.postgres, (query) => query.forUpdate().skipLocked()),
    )
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}
