import type { Clock } from '../clock.ts';
import type { Store } from '../domain/store.ts';
import { createAccounts } from './accounts.ts';
import type { Database } from './database.ts';
import { departuresSince } from './departures.ts';
import { freesEnoughAt } from './frees-enough.ts';
import { createGenerations } from './generations.ts';
import { createGrants } from './grants.ts';
import { createGuildStore } from './guild-store.ts';
import { holdersOf } from './holders.ts';
import { createMemberStore } from './member-store.ts';
import { standingOf } from './standing.ts';
import { verifyLedger } from './verify.ts';
import { spentIn } from './windows.ts';

// A tiny row could still fit into a page that is there already; this one needs room.
const fillerBytes = 64 * 1024;

/** The store over a database whose tables are up to date. */
export function createStore(database: Database, clock: Clock): Store {
  return {
    ...createGenerations(database),
    ...createAccounts(database),
    ...createGrants(database),
    ...createGuildStore(database),
    ...createMemberStore(database),
    exclusive: !database.postgres,

    standing: (guildId, memberId, windows, now) =>
      database.snapshot(
        async (trx) => (await standingOf(trx, guildId, memberId, windows, now)).standing,
      ),

    spent: (windows, now) =>
      database.snapshot(async (trx) => {
        const pots = windows.map(({ pot }) => pot);
        return spentIn(trx, windows, await holdersOf(trx, pots), now);
      }),

    freesEnoughAt: (window, credits, now) =>
      database.snapshot((trx) => freesEnoughAt(trx, window, credits, now)),

    verify: () => database.snapshot(verifyLedger),

    departures: (account, since) => database.run((db) => departuresSince(db, account, since)),

    async checkWritable() {
      const id = clock.id();
      const filler = 'x'.repeat(fillerBytes);
      // Committed, not rolled back: only a commit reaches the disk. What an earlier check could not
      // take back goes as well.
      await database.run((db) => db.insertInto('write_checks').values({ id, filler }).execute());
      await database.run((db) => db.deleteFrom('write_checks').execute());
    },

    close: () => database.close(),
  };
}
