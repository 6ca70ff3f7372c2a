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
import { describeTogether } from './specification/together.ts';
import { describeTransitions } from './specification/transitions.ts';
import { describeUpgrading } from './specification/upgrading.ts';
import { describeWindows } from './specification/windows.ts';

/** The store under test and the database below it, both empty at the start of each test. */
export interface Subject {
  readonly store: () => Store;
  readonly database: () => Database;
  /** The generations that the store has said since then to be unreadable. */
  readonly unreadable: string[];
}

/** A store with a way of its own to the database below it. */
export interface Opened {
  readonly store: Store;
  readonly database: Database;
}

/**
 * What every store does, whichever database is below.
 *
 * @param open a database of its own for this run, its tables up to date; with the store over it where
 *   that is not made in this thread
 */
export function describeStore(
  name: string,
  open: (onUnreadable: (id: string) => void) => Promise<Database | Opened>,
): void {
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
      const onUnreadable = (id: string): void => void unreadable.push(id);
      const below = await open(onUnreadable);
      database = 'store' in below ? below.database : below;
      store = 'store' in below ? below.store : createStore({ ...below, onUnreadable }, systemClock);
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
      await store?.close();
      await database?.close();
    });

    describeBeginning(subject);
    describeTogether(subject);
    describeTransitions(subject);
    describeOutcomes(subject);
    describeDeliveries(subject);
    describeLeases(subject);
    describeLedger(subject);
    describeWindows(subject);
    describeGrants(subject);
    describeDamage(subject);
    describeUpgrading(subject);
  });
}
