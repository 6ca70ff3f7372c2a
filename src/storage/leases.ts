import type { GenerationStore } from '../domain/store.ts';
import type { Database } from './database.ts';
import { generationFromRow } from './rows.ts';

type Leases = Pick<GenerationStore, 'renew' | 'release' | 'takeOver'>;

/** Who runs what. Only what is unfinished has a lease, so these stay quick however long the history. */
export function createLeases(database: Database): Leases {
  return {
    renew: (owner, ids, leaseUntil) =>
      database.run(async (db) => {
        if (ids.length === 0) return;
        await db
          .updateTable('generations')
          .set({ lease_until: leaseUntil })
          .where('id', 'in', ids)
          .where('owner', '=', owner)
          .where('lease_until', 'is not', null)
          .execute();
      }),

    release: (id, owner, at) =>
      database.run(async (db) => {
        await db
          .updateTable('generations')
          // Nobody's, so that a sign of life of its owner does not prolong it.
          .set({ owner: '', lease_until: at })
          .where('id', '=', id)
          .where('owner', '=', owner)
          .where('lease_until', 'is not', null)
          .execute();
      }),

    takeOver: (owner, options) =>
      database.transaction(async (trx) => {
        const found = await trx
          .selectFrom('generations')
          .select('id')
          .where('lease_until', 'is not', null)
          .where((eb) => {
            const over = eb('lease_until', '<=', options.now);
            return options.all ? eb.or([over, eb('owner', '<>', owner)]) : over;
          })
          .orderBy('created_at')
          .orderBy('id')
          .limit(options.limit)
          // Another process that takes over at the same moment skips these instead of waiting for
          // them and then taking them a second time.
          .$if(database.postgres, (query) => query.forUpdate().skipLocked())
          .execute();
        if (found.length === 0) return [];
        const rows = await trx
          .updateTable('generations')
          .set({ owner, lease_until: options.leaseUntil })
          .where(
            'id',
            'in',
            found.map((row) => row.id),
          )
          .returningAll()
          .execute();
        return rows
          .map(generationFromRow)
          .toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
      }),
  };
}
