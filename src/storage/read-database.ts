import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { SqliteDialect } from 'kysely';
import { createDatabase } from './database.ts';
import type { Database } from './database.ts';
import { StoreError } from './errors.ts';
import { requireTables } from './migrations.ts';
import { postgresDialect } from './postgres-dialect.ts';
import { translatePostgresError } from './postgres-errors.ts';

const busyTimeoutMs = 5_000;

/**
 * Opens a database for reading, also while a bot uses it: takes no lock, creates nothing and never
 * changes a table.
 *
 * @param url as for the store: `file:…` or `postgres://…`
 * @throws {StoreError} where there is none, or its tables are not those of this version
 */
export async function openForReading(url: string): Promise<Database> {
  const database = url.startsWith('file:') ? sqliteReader(url) : postgresReader(url);
  try {
    await requireTables(database);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

function postgresReader(url: string): Database {
  const translate = translatePostgresError;
  return createDatabase(postgresDialect(url), { postgres: true, translate });
}

/** In this thread: whoever only reads the ledger has nothing else to do meanwhile. */
function sqliteReader(url: string): Database {
  const path = url.startsWith('file://') ? fileURLToPath(url) : url.slice('file:'.length);
  if (!existsSync(path))
    throw new StoreError(
      `There is no database ${path}. Start the bot once, or name another with DATABASE_URL.`,
    );
  const dialect = new SqliteDialect({
    database: async () => {
      const db = new DatabaseSync(path, { readOnly: true, timeout: busyTimeoutMs });
      return {
        close: () => {
          db.close();
        },
        prepare(sql) {
          const statement = db.prepare(sql);
          return {
            reader: statement.columns().length > 0,
            all: (parameters) => statement.all(...parameters.map(bindable)),
            run: (parameters) => statement.run(...parameters.map(bindable)),
            iterate: (parameters) => statement.iterate(...parameters.map(bindable)),
          };
        },
      };
    },
  });
  return createDatabase(dialect, {
    postgres: false,
    translate: (error) =>
      error instanceof Error && 'errstr' in error
        ? new StoreError(`The database ${path} cannot be read (${String(error.errstr)}).`)
        : error,
  });
}

function bindable(value: unknown): SQLInputValue {
  // A JavaScript number would be bound as a float.
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (value === null || typeof value === 'string' || typeof value === 'bigint') return value;
  throw new TypeError('A value of this type cannot be looked for.');
}
