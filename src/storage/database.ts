import { Kysely, sql } from 'kysely';
import type { Dialect } from 'kysely';
import { StoreError } from './errors.ts';
import type { Schema } from './schema.ts';

/** A connection to one of the databases; the queries above it are the same for all. */
export interface Database {
  /** Whether it speaks Postgres: several processes may use it, so what must not race takes locks. */
  readonly postgres: boolean;
  /** Told the id of a generation whose row cannot be read and that is therefore left out. */
  onUnreadable(id: string): void;
  /** Statements that need no transaction. */
  run<T>(work: (db: Kysely<Schema>) => Promise<T>): Promise<T>;
  /** One transaction, rolled back when the work throws. */
  transaction<T>(work: (trx: Kysely<Schema>) => Promise<T>): Promise<T>;
  /** Reads that all see the same moment. */
  snapshot<T>(work: (trx: Kysely<Schema>) => Promise<T>): Promise<T>;
  /** Lets what is under way end, then frees the connections. What comes later is refused. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly postgres: boolean;
  /** Turns the driver's errors into {@link StoreError}s and leaves all others as they are. */
  readonly translate?: (error: unknown) => unknown;
  readonly onUnreadable?: ((id: string) => void) | undefined;
}

export function createDatabase(dialect: Dialect, options: DatabaseOptions): Database {
  const kysely = new Kysely<Schema>({ dialect });
  const translate = options.translate ?? ((error: unknown) => error);
  const underWay = new Set<Promise<unknown>>();
  let closing: Promise<void> | undefined;

  async function guarded<T>(work: () => Promise<T>): Promise<T> {
    if (closing) throw new StoreError('The store is closed.');
    const running = work();
    underWay.add(running);
    try {
      return await running;
    } catch (error) {
      throw translate(error);
    } finally {
      underWay.delete(running);
    }
  }

  return {
    postgres: options.postgres,
    onUnreadable: (id) => options.onUnreadable?.(id),
    run: (work) => guarded(() => work(kysely)),
    // Named, since a database may have another default, and a stricter one would read the ledger as
    // it was before the lock that `begin` waits for.
    transaction: (work) =>
      guarded(() =>
        kysely
          .transaction()
          .setIsolationLevel('read committed')
          .execute(async (trx) => {
            if (options.postgres) await limitWaiting(trx);
            return work(trx);
          }),
      ),
    snapshot: (work) =>
      guarded(() => kysely.transaction().setIsolationLevel('repeatable read').execute(work)),
    close() {
      closing ??= Promise.allSettled(underWay).then(() => kysely.destroy());
      return closing;
    },
  };
}

/**
 * A machine that dies or freezes inside a transaction must not keep its locks, and the whole bot
 * waiting, until the network notices. Set in the transaction, since poolers such as PgBouncer accept
 * no settings when a connection starts.
 */
async function limitWaiting(trx: Kysely<Schema>): Promise<void> {
  await sql`select set_config('idle_in_transaction_session_timeout', '30s', true),
    set_config('lock_timeout', '15s', true)`.execute(trx);
}
