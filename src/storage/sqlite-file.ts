import { closeSync, mkdirSync, openSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue, StatementSync } from 'node:sqlite';
import { StoreFullError } from '../domain/store.ts';
import { StoreError, StoreInUseError } from './errors.ts';

const busy = 5;
const full = 13;
// The shared-memory file beside the log could not grow; in practice the disk is full.
const sharedMemorySize = 4874;
const statementsKept = 200;
/** How long it waits for another reader, such as a backup, to let go. */
const busyTimeoutMs = 5_000;

/** An open SQLite database. Every method holds up its thread and throws as {@link openSqliteFile} does. */
export interface SqliteFile {
  run(sql: string, parameters: readonly unknown[]): { rows: unknown[]; changes: number };
  /** Rolls back where a transaction is open; SQLite may already have done so by itself. */
  rollback(): void;
  close(): void;
}

/**
 * Opens the file, which is created with its folder, and belongs to this caller until it is closed or
 * the process ends.
 *
 * @throws {StoreInUseError} where another process, or another caller in this one, has it
 * @throws {StoreFullError} where the disk is full
 * @throws {StoreError} with SQLite's code and its general words for it, or why a file could not be
 *   opened; never with values
 */
export function openSqliteFile(name: string): SqliteFile {
  return translating(name, () => {
    const path = resolved(name);
    const held = lock(path, name);
    try {
      return fileOver(name, held, connect(path));
    } catch (error) {
      held.close();
      throw error;
    }
  });
}

function connect(path: string): DatabaseSync {
  // It holds prompts and tokens. SQLite gives the files beside it the same mode.
  closeSync(openSync(path, 'a', 0o600));
  const db = new DatabaseSync(path, { timeout: busyTimeoutMs });
  db.exec('pragma journal_mode = wal');
  db.exec('pragma synchronous = full');
  return db;
}

function fileOver(name: string, held: DatabaseSync, db: DatabaseSync): SqliteFile {
  const statements = new Map<string, { statement: StatementSync; reads: boolean }>();

  function prepared(sql: string): { statement: StatementSync; reads: boolean } {
    const known = statements.get(sql);
    if (known) return known;
    const statement = db.prepare(sql);
    const fresh = { statement, reads: statement.columns().length > 0 };
    const [oldest] = statements.keys();
    if (statements.size >= statementsKept && oldest !== undefined) statements.delete(oldest);
    statements.set(sql, fresh);
    return fresh;
  }

  return {
    run: (sql, parameters) =>
      translating(name, () => {
        const { statement, reads } = prepared(sql);
        const values = parameters.map(bindable);
        if (reads) {
          const rows = statement.all(...values);
          return { rows, changes: rows.length };
        }
        return { rows: [], changes: Number(statement.run(...values).changes) };
      }),
    rollback: () => {
      translating(name, () => {
        if (db.isTransaction) db.exec('rollback');
      });
    },
    close: () => {
      translating(name, () => {
        statements.clear();
        db.close();
        held.close();
      });
    },
  };
}

function translating<T>(name: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw storeErrorOf(name, error);
  }
}

function storeErrorOf(name: string, error: unknown): Error {
  if (error instanceof StoreError) return error;
  if (error instanceof Error && 'errcode' in error && typeof error.errcode === 'number') {
    const text = 'errstr' in error && typeof error.errstr === 'string' ? error.errstr : '';
    const isFull = (error.errcode & 0xff) === full || error.errcode === sharedMemorySize;
    return failed(name, `SQLite ${error.errcode}: ${text}`, isFull);
  }
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    return failed(name, error.code, error.code === 'ENOSPC');
  }
  return failed(name, error instanceof Error ? error.name : 'unknown', false);
}

function failed(name: string, detail: string, isFull: boolean): Error {
  return isFull
    ? new StoreFullError(`The disk of ${name} is full (${detail}).`)
    : new StoreError(`The database ${name} failed (${detail}).`);
}

/**
 * Locks a small database beside the main one with a transaction that stays open. The kernel takes
 * the lock away with the process, however it ends, and the main file stays readable for backups.
 */
function lock(path: string, name: string): DatabaseSync {
  const held = new DatabaseSync(`${path}.lock`, { timeout: 0 });
  try {
    held.exec('begin exclusive');
  } catch (error) {
    held.close();
    throw isBusy(error) ? new StoreInUseError(name) : error;
  }
  return held;
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === busy;
}

/** The file's one true name: the lock must be the same by whatever link it is reached. */
function resolved(name: string): string {
  const folder = dirname(name);
  mkdirSync(folder, { recursive: true });
  try {
    return realpathSync(name);
  } catch {
    return join(realpathSync(folder), basename(name));
  }
}

function bindable(value: unknown): SQLInputValue {
  // A JavaScript number would be bound as a float, and 7 / 2.0 is 3.5.
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (value === null || typeof value === 'string' || typeof value === 'bigint') return value;
  throw new TypeError('A value of this type cannot be stored.');
}
