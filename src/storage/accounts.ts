import { sql } from 'kysely';
import type { LedgerStore } from '../domain/ledger-store.ts';
import type { Database } from './database.ts';
import { fromMicros, toMicros } from './ledger.ts';

type Accounts = Pick<LedgerStore, 'noteBalance' | 'balance' | 'providerCost'>;

/** What each provider's account has been charged. */
export function createAccounts(database: Database): Accounts {
  return {
    noteBalance: (account, credits, at) =>
      database.transaction(async (trx) => {
        await trx
          .insertInto('accounts')
          .values({
            account,
            credits_micros: null,
            since: null,
            spent_micros: 0,
            settled_micros: 0,
            unknown_micros: 0,
          })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        const row = await trx
          .selectFrom('accounts')
          .select('credits_micros')
          .where('account', '=', account)
          .$if(database.postgres, (query) => query.forUpdate())
          .executeTakeFirstOrThrow();
        if (row.credits_micros === toMicros(credits)) return;
        // Usually nothing yet; but another process may have settled something already whose clock
        // is a little ahead, and an entry counts by its own time.
        const spent = await trx
          .selectFrom('ledger_entries')
          .select(
            sql<number>`cast(coalesce(sum(provider_cost_micros + unknown_cost_micros), 0) as bigint)`.as(
              'micros',
            ),
          )
          .where('account', '=', account)
          .where('at', '>=', at)
          .executeTakeFirstOrThrow();
        await trx
          .updateTable('accounts')
          .set({ credits_micros: toMicros(credits), since: at, spent_micros: spent.micros })
          .where('account', '=', account)
          .execute();
      }),

    balance: (account) =>
      database.run(async (db) => {
        const row = await db
          .selectFrom('accounts')
          .select(['credits_micros', 'since', 'spent_micros'])
          .where('account', '=', account)
          .executeTakeFirst();
        if (row === undefined || row.credits_micros === null || row.since === null) {
          return undefined;
        }
        return {
          credits: fromMicros(row.credits_micros),
          since: row.since,
          spent: fromMicros(row.spent_micros),
        };
      }),

    providerCost: (account) =>
      database.run(async (db) => {
        const row = await db
          .selectFrom('accounts')
          .select(['settled_micros', 'unknown_micros'])
          .where('account', '=', account)
          .executeTakeFirst();
        return {
          settled: fromMicros(row?.settled_micros ?? 0),
          unknown: fromMicros(row?.unknown_micros ?? 0),
        };
      }),
  };
}
