import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import type { Store } from '../../src/domain/store.ts';
import { createStore } from '../../src/storage/create-store.ts';
import type { Database } from '../../src/storage/database.ts';
import { describeBlocks } from './moderation/blocks.ts';
import { describeDrafts } from './moderation/drafts.ts';
import { describeErasing } from './moderation/erasing.ts';
import { describeExport } from './moderation/export.ts';
import { describeLog } from './moderation/log.ts';
import { describeReports } from './moderation/reports.ts';
import { describeRetention } from './moderation/retention.ts';
import { describeRules } from './moderation/rules.ts';

/** The store under test and the database below it, both empty at the start of each test. */
export interface Subject {
  readonly store: () => Store;
  readonly database: () => Database;
  /** What the store has said since then to be unreadable. */
  readonly unreadable: string[];
}

const tables = [
  'ledger_entries',
  'ledger_buckets',
  'member_adjustments',
  'member_balances',
  'accounts',
  'departures',
  'generations',
  'guild_settings',
  'settings_changes',
  'blocks',
  'word_hits',
  'guild_log',
  'drafts',
  'erasures',
  'secrets',
];

/**
 * What every store does with what moderators set and what members leave behind, whichever database
 * is below.
 *
 * @param open a database of its own for this run, its tables up to date
 */
export function describeModeration(
  name: string,
  open: (
    onUnreadable: (id: string) => void,
  ) => Promise<Database | { database: Database; store: Store }>,
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
        for (const table of tables) await sql`delete from ${sql.table(table)}`.execute(trx);
      });
    });
    afterAll(async () => {
      await store?.close();
      await database?.close();
    });

    describeRules(subject);
    describeBlocks(subject);
    describeLog(subject);
    describeDrafts(subject);
    describeReports(subject);
    describeRetention(subject);
    describeExport(subject);
    describeErasing(subject);
  });
}
