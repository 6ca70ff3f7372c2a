import { fileURLToPath } from 'node:url';
import type { Clock } from '../clock.ts';
import type { Store } from '../domain/store.ts';
import { StoreError } from './errors.ts';
import { openSqliteStore } from './sqlite-store.ts';
import type { SqliteThread } from './sqlite-thread.ts';

export interface StoreOptions {
  /** `file:data/easel.db` (the folder is created) or `postgres://…`. */
  readonly url: string;
  readonly clock: Clock;
  /** Told the id of a generation that cannot be read, so that one bad row does not stop the others. */
  readonly onUnreadable?: ((id: string) => void) | undefined;
  /**
   * A thread for the stores on SQLite that several may share, one after the other or at once, as its
   * start takes longer than theirs. Without it each starts and ends its own.
   */
  readonly thread?: SqliteThread | undefined;
}

/**
 * Opens the store and brings its tables up to date.
 *
 * @throws {StoreInUseError} where another process has the file
 * @throws {StoreError} where it cannot be opened or reached, or was written by a newer version
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { url, clock, thread } = options;
  const onUnreadable = (id: string): void => options.onUnreadable?.(id);
  if (url.startsWith('file:')) {
    const path = url.startsWith('file://') ? fileURLToPath(url) : url.slice('file:'.length);
    return openSqliteStore(path, { clock, onUnreadable, thread });
  }
  if (/^postgres(ql)?:\/\//.test(url)) {
    // Loaded where it is needed only: its hundreds of modules make the start slower.
    const { openPostgresStore } = await import('./postgres-store.ts');
    return openPostgresStore(url, clock, onUnreadable);
  }
  throw new StoreError('The address of the database begins with file: or postgres://.');
}
