import type { Clock } from '../clock.ts';
import type { Store } from '../domain/store.ts';
import { StoreError } from './errors.ts';
import type { SqliteOpening, SqliteStoreShape } from './sqlite-protocol.ts';
import { SqliteThread } from './sqlite-thread.ts';

interface SqliteStoreOptions {
  readonly clock: Clock;
  readonly onUnreadable: (id: string) => void;
  /** The thread to run in; without it the store has one of its own, which ends with it. */
  readonly thread?: SqliteThread | undefined;
}

/**
 * The store on SQLite, which runs as a whole in another thread: an operation is one message there and
 * one back, and a disk that is slow to write holds up nobody here. What running work needs goes
 * before what begins.
 *
 * A callback that a method takes is called here, inside the method's transaction; where it throws,
 * the transaction is rolled back and the method rejects with what it threw.
 *
 * @throws as {@link openStore} does
 */
export async function openSqliteStore(path: string, options: SqliteStoreOptions): Promise<Store> {
  const { clock, onUnreadable, thread = new SqliteThread() } = options;
  const store = thread.nextStore();
  const freed = async (): Promise<void> => {
    if (!options.thread) await thread.end();
  };
  const opening: SqliteOpening = [path, () => clock.now(), () => clock.id(), onUnreadable];
  let shape: SqliteStoreShape;
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what `open` answers
    shape = (await thread.call(store, 'open', opening)) as SqliteStoreShape;
  } catch (error) {
    await freed();
    throw error;
  }

  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    try {
      if (!thread.ended) await thread.call(store, 'close', []);
    } finally {
      await freed();
    }
  };
  const call = async (method: string, args: readonly unknown[]): Promise<unknown> => {
    if (closing) throw new StoreError('The store is closed.');
    return thread.call(store, method, args);
  };
  const methods = shape.methods.map((method) => [
    method,
    (...args: unknown[]) => call(method, args),
  ]);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made of the worker's own Store
  return {
    ...shape.values,
    ...Object.fromEntries(methods),
    close: () => (closing ??= close()),
  } as Store;
}
