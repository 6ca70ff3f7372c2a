import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import type { Store } from '../../src/domain/store.ts';
import { createStore } from '../../src/storage/create-store.ts';
import type { Database } from '../../src/storage/database.ts';
import { describeBeginning } from './specification/beginning.ts';
import { describeDamage } from './specification/damage.ts';
import { describeDeliveries } from './specification/deliveries.ts';
import { describeLeases } from './specification/leases.ts';
import { describeLedger } from './specification/ledger.ts';
import { describeOutcomes } from './specification/outcomes.ts';
import { describeTransitions } from './specification/transitions.ts';

/** The store under test and the database below it, both empty at the start of each test. */
export interface Subject {
  readonly store: () => Store;
  readonly database: () => Database;
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
    const subject: Subject = { store: () => opened(store), database: () => opened(database) };

    beforeAll(async () => {
      database = await open();
      store = createStore(database, systemClock);
    });
    beforeEach(async () => {
      await subject.database().transaction(async (trx) => {
        for (const table of [
          'ledger_entries',
          'ledger_buckets',
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
    describeDamage(subject);
  });
}
