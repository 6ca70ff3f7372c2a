import { appendFileSync } from 'node:fs';
import fsPromises from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { DatabaseSync, StatementSync } from 'node:sqlite';
import { getEnvironmentData, isMainThread, setEnvironmentData } from 'node:worker_threads';

// Loaded before the bot (`node --import`), and again in each of its threads. From the first write to
// the generations on, it notes every durable write in the file WRITES_FILE, one a line: each commit,
// each statement outside a transaction, and each fsync and rename of a picture. Right after the write
// number KILL_AFTER_WRITE (0 is never) the process is killed, before anybody hears that it was done.

const writesFile = process.env['WRITES_FILE'] ?? '';
const killAfterWrite = Number(process.env['KILL_AFTER_WRITE'] ?? 0);

/** Shared by all threads: whether the first write to the generations was seen, and how many came. */
const shared = 'easel test: writes';
if (isMainThread) setEnvironmentData(shared, new Int32Array(new SharedArrayBuffer(8)));
const counters = getEnvironmentData(shared) as Int32Array;

function wrote(what: string): void {
  if (what.includes('generations')) Atomics.store(counters, 0, 1);
  if (Atomics.load(counters, 0) === 0) return;
  const count = Atomics.add(counters, 1, 1) + 1;
  appendFileSync(writesFile, `${what}\n`);
  if (count === killAfterWrite) process.kill(process.pid, 'SIGKILL');
}

const changes = /^\s*(insert into|update|delete from)\s+"?(\w+)/i;
const prepared = new WeakMap<StatementSync, { readonly db: DatabaseSync; readonly sql: string }>();
/** What the open transaction of a database has changed so far. */
const open = new WeakMap<DatabaseSync, string[]>();

function ran(db: DatabaseSync, sql: string, rows: number): void {
  if (/^\s*begin/i.test(sql)) open.set(db, []);
  const changed = changes.exec(sql);
  if (changed && rows > 0) {
    const what = `${changed[1]?.split(' ')[0]} ${changed[2]}`;
    if (db.isTransaction) open.get(db)?.push(what);
    else wrote(what);
  }
  if (/^\s*commit/i.test(sql)) {
    const done = open.get(db) ?? [];
    open.set(db, []);
    if (done.length > 0) wrote(done.join(', '));
  }
}

/* oxlint-disable typescript/unbound-method -- they are called with their own `this` */
const { prepare, exec } = DatabaseSync.prototype;
DatabaseSync.prototype.prepare = function (...given) {
  const statement = prepare.apply(this, given);
  prepared.set(statement, { db: this, sql: given[0] });
  return statement;
};
DatabaseSync.prototype.exec = function (sql) {
  exec.call(this, sql);
  ran(this, sql, 1);
};
for (const method of ['run', 'all'] as const) {
  const original = StatementSync.prototype[method] as (...given: unknown[]) => unknown;
  Object.defineProperty(StatementSync.prototype, method, {
    value(this: StatementSync, ...given: unknown[]): unknown {
      const result = original.apply(this, given);
      const known = prepared.get(this);
      if (known) ran(known.db, known.sql, rowsOf(result));
      return result;
    },
  });
}

function rowsOf(result: unknown): number {
  return Array.isArray(result) ? result.length : (result as { changes: number }).changes;
}

if (isMainThread) {
  const handle = await fsPromises.open(import.meta.filename);
  const fileHandle = Object.getPrototypeOf(handle) as FileHandle;
  await handle.close();
  const { sync } = fileHandle;
  fileHandle.sync = async function () {
    await sync.call(this);
    wrote('fsync');
  };
  const { rename } = fsPromises;
  fsPromises.rename = async (from, to) => {
    await rename(from, to);
    wrote('rename');
  };
  syncBuiltinESMExports();
}
