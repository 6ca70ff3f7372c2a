import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue } from 'node:sqlite';
import { SqliteDialect } from 'kysely';
import { createDatabase } from '../../src/storage/database.ts';
import type { Database } from '../../src/storage/database.ts';
import { StoreError } from '../../src/storage/errors.ts';

/** A second connection to a file that a store has: tests look into it, and do damage, past the store. */
export function besidesStore(path: string): Database {
  const db = new DatabaseSync(path, { timeout: 5_000 });
  const dialect = new SqliteDialect({
    database: {
      close: () => {
        db.close();
      },
      prepare(statement) {
        const prepared = db.prepare(statement);
        const bound = (values: readonly unknown[]) => values as SQLInputValue[];
        return {
          reader: prepared.columns().length > 0,
          all: (values) => prepared.all(...bound(values)),
          run: (values) => prepared.run(...bound(values)),
          iterate: (values) => prepared.iterate(...bound(values)),
        };
      },
    },
  });
  const translate = (error: unknown) =>
    error instanceof Error && 'errcode' in error ? new StoreError(error.message) : error;
  return createDatabase(dialect, { postgres: false, translate });
}
