import { atMost } from '../at-most.ts';
import type { GenerationStore } from '../domain/store.ts';
import { begin, beginTogether } from './begin.ts';
import type { Database } from './database.ts';
import { createDeliveries } from './deliveries.ts';
import { createLeases } from './leases.ts';
import { createOutcomes } from './outcomes.ts';
import { generationFromRow } from './rows.ts';

/** The generations in a database whose tables are up to date. */
export function createGenerations(database: Database): GenerationStore {
  const turns = atMost(1);
  // They pass one by one in any case; waiting inside the database, they would hold all the
  // connections that other work needs. SQLite has only one, and a queue of its own.
  const inTurn = <T>(work: () => Promise<T>): Promise<T> =>
    database.postgres ? turns(work) : work();
  return {
    begin: (draft, windows, admit) => inTurn(() => begin(database, draft, windows, admit)),
    beginTogether: (drafts, windows, admit) =>
      inTurn(() => beginTogether(database, drafts, windows, admit)),

    find: (id) =>
      database.run(async (db) => {
        const row = await db
          .selectFrom('generations')
          .selectAll()
          .where('id', '=', id)
          .executeTakeFirst();
        return row && generationFromRow(row);
      }),

    ...createOutcomes(database),
    ...createDeliveries(database),
    ...createLeases(database),

    recentRunsMs: (provider, limit) =>
      database.run(async (db) => {
        const rows = await db
          .selectFrom('generations')
          .select((eb) => eb('made_at', '-', eb.ref('sent_at')).$notNull().as('ran_ms'))
          .where('provider', '=', provider)
          .where('made_at', 'is not', null)
          .orderBy('made_at', 'desc')
          .limit(limit)
          .execute();
        return rows.map((row) => row.ran_ms);
      }),

    renewToken: (id, token, tokenEndsAt) =>
      database.run(async (db) => {
        await db
          .updateTable('generations')
          .set({ token, token_ends_at: tokenEndsAt })
          .where('id', '=', id)
          // Of two presses, the one that lasts longer stays, in whichever order they arrive.
          .where('token_ends_at', '<=', tokenEndsAt)
          .execute();
      }),

    wipeTokens: (endedBefore) =>
      database.run(async (db) => {
        await db
          .updateTable('generations')
          .set({ token: null })
          .where(
            'id',
            'in',
            db
              .selectFrom('generations')
              .select('id')
              .where('token', 'is not', null)
              .where('token_ends_at', '<', endedBefore)
              // What another process is changing has its turn next time: two statements that each
              // take many rows, in orders of their own, could wait for each other for ever.
              .$if(database.postgres, (query) => query.forUpdate().skipLocked()),
          )
          .execute();
      }),
  };
}
