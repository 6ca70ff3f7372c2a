import type { Clock } from '../clock.ts';
import type { Store } from '../domain/store.ts';
import { createDatabase } from './database.ts';
import { migratedStore } from './migrated-store.ts';
import { postgresDialect } from './postgres-dialect.ts';
import { translatePostgresError } from './postgres-errors.ts';

/**
 * The store on Postgres, at an address `postgres://…`.
 *
 * @throws as {@link openStore} does
 */
export function openPostgresStore(
  url: string,
  clock: Clock,
  onUnreadable: (id: string) => void,
): Promise<Store> {
  const database = createDatabase(postgresDialect(url), {
    postgres: true,
    translate: translatePostgresError,
    onUnreadable,
  });
  return migratedStore(database, clock);
}
