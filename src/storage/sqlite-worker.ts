import { closeSync, mkdirSync, openSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue, StatementSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import type {
  SqliteAnswer,
  SqliteAsk,
  SqliteFailure,
  SqliteWorkerData,
} from './sqlite-protocol.ts';

// The database runs in a thread of its own: an fsync on a slow disk must not hold up the
// acknowledgements, which have their own deadline.

const busy = 5;
const full = 13;
// The shared-memory file beside the log could not grow; in practice the disk is full.
const sharedMemorySize = 4874;
const statementsKept = 200;

function isWorkerData(data: unknown): data is SqliteWorkerData {
  return typeof data === 'object' && data !== null && 'path' in data && 'busyTimeoutMs' in data;
}

class InUse extends Error {}

function failureOf(error: unknown): SqliteFailure {
  if (error instanceof InUse) return { reason: 'in-use', detail: '' };
  if (error instanceof Error && 'errcode' in error && typeof error.errcode === 'number') {
    const text = 'errstr' in error && typeof error.errstr === 'string' ? error.errstr : '';
    const detail = `SQLite ${error.errcode}: ${text}`;
    const isFull = (error.errcode & 0xff) === full || error.errcode === sharedMemorySize;
    return { reason: isFull ? 'full' : 'failed', detail };
  }
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    return { reason: error.code === 'ENOSPC' ? 'full' : 'failed', detail: error.code };
  }
  return { reason: 'failed', detail: error instanceof Error ? error.name : 'unknown' };
}

/**
 * Locks a small database beside the main one with a transaction that stays open. The kernel takes
 * the lock away with the process, however it ends, and the main file stays readable for backups.
 */
function lock(path: string): DatabaseSync {
  const held = new DatabaseSync(`${path}.lock`, { timeout: 0 });
  try {
    held.exec('begin exclusive');
  } catch (error) {
    held.close();
    throw isBusy(error) ? new InUse() : error;
  }
  return held;
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === busy;
}

/** The file's one true name: the lock must be the same by whatever link it is reached. */
function resolved(path: string): string {
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true });
  try {
    return realpathSync(path);
  } catch {
    return join(realpathSync(folder), basename(path));
  }
}

function bindable(value: unknown): SQLInputValue {
  // A JavaScript number would be bound as a float, and 7 / 2.0 is 3.5.
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (value === null || typeof value === 'string' || typeof value === 'bigint') return value;
  throw new TypeError('A value of this type cannot be stored.');
}

function open(data: SqliteWorkerData): {
  run(sql: string, parameters: readonly unknown[]): { rows: unknown[]; changes: number };
  rollback(): void;
  close(): void;
} {
  const path = resolved(data.path);
  const held = lock(path);
  // It holds prompts and tokens. SQLite gives the files beside it the same mode.
  closeSync(openSync(path, 'a', 0o600));
  const db = new DatabaseSync(path, { timeout: data.busyTimeoutMs });
  const statements = new Map<string, { statement: StatementSync; reads: boolean }>();
  db.exec('pragma journal_mode = wal');
  db.exec('pragma synchronous = full');

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
    run(sql, parameters) {
      const { statement, reads } = prepared(sql);
      const values = parameters.map(bindable);
      if (reads) {
        const rows = statement.all(...values);
        return { rows, changes: rows.length };
      }
      return { rows: [], changes: Number(statement.run(...values).changes) };
    },
    rollback() {
      if (db.isTransaction) db.exec('rollback');
    },
    close() {
      statements.clear();
      db.close();
      held.close();
    },
  };
}

function serve(): void {
  const port = parentPort;
  if (!port || !isWorkerData(workerData)) throw new Error('This file runs as a worker only.');
  const answer = (message: SqliteAnswer): void => {
    port.postMessage(message);
  };
  let database: ReturnType<typeof open>;
  try {
    database = open(workerData);
    answer({ id: 0, rows: [], changes: 0 });
  } catch (error) {
    answer({ id: 0, failure: failureOf(error) });
    port.close();
    return;
  }
  port.on('message', (ask: SqliteAsk) => {
    try {
      if (ask.kind === 'run') {
        answer({ id: ask.id, ...database.run(ask.sql, ask.parameters) });
        return;
      }
      if (ask.kind === 'rollback') database.rollback();
      else database.close();
      answer({ id: ask.id, rows: [], changes: 0 });
    } catch (error) {
      answer({ id: ask.id, failure: failureOf(error) });
    }
    if (ask.kind === 'close') port.close();
  });
}

serve();
