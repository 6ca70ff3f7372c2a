import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import type { Store } from '../../src/domain/store.ts';
import { createStore } from '../../src/storage/create-store.ts';
import type { Database } from '../../src/storage/database.ts';
import { describeBeginning } from './specification/beginning.ts';
import { describeDamage } from './specification/damage.ts';
import { describeDeliveries } from './specification/deliveries.ts';
import { describeGrants } from './specification/grants.ts';
import { describeLeases } from './specification/leases.ts';
import { describeLedger } from './specification/ledger.ts';
import { describeOutcomes } from './specification/outcomes.ts';
import { describeTransitions } from './specification/transitions.ts';
import { describeWindows } from './specification/windows.ts';

/** The store under test and the database below it, both empty at the start of each test. */
export interface Subject {
  readonly store: () => Store;
  readonly database: () => Database;
  /** The generations that the store has said since then to be unreadable. */
  readonly unreadable: string[];
}

/**
 * What every store does, whichever database is below.
 *
 * @param open a database of its own for this run, its tables up to date
 */
export function describeStore(name: string, open: () => Promise<Database>): void {
  describe(name, () => {
    let database: Database | undefined;
    let store: Store | undefined;
    const opened = <T>(value: T | undefined): T => {
      if (value === undefined) throw new Error('not open yet');
      return value;
    };
    const unreadable: string[] = [];
    const subject: Subject = {
      store: () => opened(store),
      database: () => opened(database),
      unreadable,
    };

    beforeAll(async () => {
      database = await open();
      const onUnreadable = (id: string): void => void unreadable.push(id);
      store = createStore({ ...database, onUnreadable }, systemClock);
    });
    beforeEach(async () => {
      unreadable.length = 0;
      await subject.database().transaction(async (trx) => {
        for (const table of [
          'ledger_entries',
          'ledger_buckets',
          'member_adjustments',
          'member_balances',
          'guild_log',
          'accounts',
          'departures',
          'write_checks',
          'generations',
        ]) {
          await sql`delete from ${sql.table(table)}`.execute(trx);
        }
      });
    });
    afterAll(async () => {
      await database?.close();
    });

    describeBeginning(subject);
    describeTransitions(subject);
    describeOutcomes(subject);
    describeDeliveries(subject);
    describeLeases(subject);
    describeLedger(subject);
    describeWindows(subject);
    describeGrants(subject);
    describeDamage(subject);
  });
}
