import type { Selectable } from 'kysely';
import type { Generation } from '../domain/generation.ts';
import type { GenerationStore } from '../domain/store.ts';
import type { Database } from './database.ts';
import { readableGenerations } from './rows.ts';
import type { GenerationsTable } from './schema.ts';

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

    async takeOver(owner, options) {
      const taken: Generation[] = [];
      for (;;) {
        const limit = options.limit - taken.length;
        const rows = await takeRows(database, owner, { ...options, limit });
        taken.push(...readableGenerations(database, rows));
        // Others come for those that cannot be read: fewer than asked for means that there are no more.
        if (rows.length < limit || taken.length >= options.limit) return taken;
      }
    },
  };
}

async function takeRows(
  database: Database,
  owner: string,
  options: Parameters<GenerationStore['takeOver']>[1],
): Promise<Selectable<GenerationsTable>[]> {
  return database.transaction(async (trx) => {
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
    return rows.toSorted((a, b) => a.created_at - b.created_at || (a.id < b.id ? -1 : 1));
  });
}
