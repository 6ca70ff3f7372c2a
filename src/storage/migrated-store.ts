import type { Clock } from '../clock.ts';
import type { Store } from '../domain/store.ts';
import { createStore } from './create-store.ts';
import type { Database } from './database.ts';
import { migrate } from './migrations.ts';

/** Brings the tables of a database up to date; closes it where that fails. */
export async function migratedStore(database: Database, clock: Clock): Promise<Store> {
  try {
    await migrate(database, clock.now());
  } catch (error) {
    await database.close();
    throw error;
  }
  return createStore(database, clock);
}
