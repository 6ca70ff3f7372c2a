import { CompiledQuery, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { DatabaseConnection, Dialect, Driver, QueryResult } from 'kysely';
import { StoreError } from './errors.ts';
import { openSqliteFile } from './sqlite-file.ts';
import type { SqliteFile } from './sqlite-file.ts';

/**
 * SQLite (node:sqlite) in the thread that calls it: each query, with its wait for the disk, holds that
 * thread up. One connection, so kysely lets one transaction at a time pass. The file and its folder
 * are created, and belong to this process until the database is closed or the process ends.
 *
 * The first query throws {@link StoreInUseError} where another process has the file.
 */
export function sqliteDialect(path: string): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new SqliteDriver(path),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

class SqliteDriver implements Driver {
  readonly #path: string;
  #file: SqliteFile | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  async init(): Promise<void> {
    this.#file = openSqliteFile(this.#path);
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    return new SqliteConnection(this.#open());
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    // Immediate: a transaction that reads first and writes later could not wait for another writer.
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  async rollbackTransaction(): Promise<void> {
    this.#open().rollback();
  }

  async releaseConnection(): Promise<void> {
    // There is only the one.
  }

  async destroy(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    file?.close();
  }

  #open(): SqliteFile {
    if (!this.#file) throw new StoreError('The store is closed.');
    return this.#file;
  }
}

class SqliteConnection implements DatabaseConnection {
  readonly #file: SqliteFile;

  constructor(file: SqliteFile) {
    this.#file = file;
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const { rows, changes } = this.#file.run(sql, parameters);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- R is what the caller's query says
    return { rows: rows as R[], numAffectedRows: BigInt(changes) };
  }

  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new StoreError('Streaming is not supported.');
  }
}
