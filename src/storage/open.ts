import { fileURLToPath } from 'node:url';
import type { Clock } from '../clock.ts';
import type { Store } from '../domain/store.ts';
import { createStore } from './create-store.ts';
import { createDatabase } from './database.ts';
import type { Database } from './database.ts';
import { StoreError } from './errors.ts';
import { migrate } from './migrations.ts';
import { postgresDialect } from './postgres-dialect.ts';
import { translatePostgresError } from './postgres-errors.ts';
import { sqliteDialect } from './sqlite-dialect.ts';

export interface StoreOptions {
  /** `file:data/easel.db` (the folder is created) or `postgres://…`. */
  readonly url: string;
  readonly clock: Clock;
  /** Told the id of a generation that cannot be read, so that one bad row does not stop the others. */
  readonly onUnreadable?: ((id: string) => void) | undefined;
}

/**
 * Opens the store and brings its tables up to date.
 *
 * @throws {StoreInUseError} where another process has the file
 * @throws {StoreError} where it cannot be opened or reached, or was written by a newer version
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const database = connect(options);
  try {
    await migrate(database, options.clock.now());
  } catch (error) {
    await database.close();
    throw error;
  }
  return createStore(database, options.clock);
}

function connect({ url, onUnreadable }: StoreOptions): Database {
  if (url.startsWith('file:')) {
    const path = url.startsWith('file://') ? fileURLToPath(url) : url.slice('file:'.length);
    return createDatabase(sqliteDialect(path), { postgres: false, onUnreadable });
  }
  if (/^postgres(ql)?:\/\//.test(url)) {
    return createDatabase(postgresDialect(url), {
      postgres: true,
      translate: translatePostgresError,
      onUnreadable,
    });
  }
  throw new StoreError('The address of the database begins with file: or postgres://.');
}
