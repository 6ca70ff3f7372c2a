import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { StoreFullError } from '../../src/domain/store.ts';
import type { Store } from '../../src/domain/store.ts';
import { createStore } from '../../src/storage/create-store.ts';
import { createDatabase } from '../../src/storage/database.ts';
import type { Database } from '../../src/storage/database.ts';
import { StoreError, StoreInUseError } from '../../src/storage/errors.ts';
import { migrate } from '../../src/storage/migrations.ts';
import { openStore } from '../../src/storage/open.ts';
import { sqliteDialect } from '../../src/storage/sqlite-dialect.ts';
import { besidesStore } from './besides-store.ts';
import { admitAll, bring, draft, start, usageOf } from './fixtures.ts';
import { describeStore } from './specification.ts';

const folders: string[] = [];
async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'easel-store-'));
  folders.push(path);
  return path;
}

afterAll(async () => {
  await Promise.all(folders.map((name) => rm(name, { recursive: true, force: true })));
});

async function openDatabase(path: string): Promise<Database> {
  const database = createDatabase(sqliteDialect(path), { postgres: false });
  await migrate(database, start);
  return database;
}

describeStore('the store on SQLite', async (onUnreadable) => {
  const path = join(await folder(), 'easel.db');
  const store = await openStore({ url: `file:${path}`, clock: systemClock, onUnreadable });
  return { store, database: besidesStore(path) };
});

describe('the SQLite file', () => {
  let path: string;
  const closing: (() => Promise<void>)[] = [];
  const open = async (url = `file:${path}`): Promise<Store> => {
    const store = await openStore({ url, clock: systemClock });
    closing.push(() => store.close());
    return store;
  };

  beforeEach(async () => {
    path = join(await folder(), 'data', 'deep', 'easel.db');
  });
  afterEach(async () => {
    await Promise.all(closing.splice(0).map((close) => close()));
  });

  test('is created with its folder, is owned by one process, and shows the same after a restart', async () => {
    const first = await open();
    expect(first.exclusive).toBe(true);
    await first.noteBalance('account-1', 100, start);
    const written = await bring(first, 'g1', 'posted');
    const usage = await usageOf(first, 'guild-1', 'member-1', start);
    await first.close();

    const second = await open(pathToFileURL(path).href);
    expect(await second.find('g1')).toEqual(written);
    expect(await usageOf(second, 'guild-1', 'member-1', start)).toEqual(usage);
    expect(await second.balance('account-1')).toEqual({ credits: 100, since: start, spent: 4 });
    expect(await second.departures('account-1', 0)).toEqual([start + 1_000]);
    expect(await second.verify()).toEqual([]);
  });

  test('is written through to the disk at every commit, and read by backups while it is open', async () => {
    const database = await openDatabase(path);
    closing.push(() => database.close());
    const pragma = (name: string) =>
      database.run(async (db) => (await sql.raw(`pragma ${name}`).execute(db)).rows);
    expect(await pragma('journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    expect(await pragma('synchronous')).toEqual([{ synchronous: 2 }]);
    expect(await pragma('foreign_keys')).toEqual([{ foreign_keys: 1 }]);

    await bring(createStore(database, systemClock), 'g1', 'sent');
    const backup = new DatabaseSync(path, { readOnly: true });
    expect(backup.prepare('select id, state from generations').all()).toEqual([
      { id: 'g1', state: 'sent' },
    ]);
    backup.close();
  });

  test('is for the eyes of its user alone, since it holds prompts and tokens', async () => {
    const store = await open();
    await store.begin(draft('g1'), [], admitAll);
    for (const file of [path, `${path}-wal`]) {
      expect(((await stat(file)).mode & 0o777).toString(8)).toBe('600');
    }
  });

  test('whole numbers are stored as such, and divide as such', async () => {
    const database = await openDatabase(path);
    closing.push(() => database.close());
    const rows = await database.run(async (db) => {
      const result = await sql`select typeof(${7}) as type, ${7} / ${2} as half`.execute(db);
      return result.rows;
    });
    expect(rows).toEqual([{ type: 'integer', half: 3 }]);
  });

  test('is refused to a second store of the same process, by whatever name', async () => {
    await open();
    const link = join(await folder(), 'link.db');
    await symlink(path, link);
    for (const name of [path, link]) {
      const second: unknown = await openStore({ url: `file:${name}`, clock: systemClock }).catch(
        (error: unknown) => error,
      );
      expect(second).toBeInstanceOf(StoreInUseError);
      expect(String(second)).toMatch(/in use by another running process.*DATABASE_URL/);
    }
    // The attempts must not have opened the door for others.
    expect(await (await hold(path)).firstLine).toMatch(/^StoreInUseError: /);
  });

  test('is refused while another process has it, and free as soon as that one is killed', async () => {
    const holder = await hold(path);
    expect(await holder.firstLine).toBe('open');
    await expect(openStore({ url: `file:${path}`, clock: systemClock })).rejects.toThrow(
      StoreInUseError,
    );
    const exited = once(holder.process, 'exit');
    holder.process.kill('SIGKILL');
    await exited;
    const store = await open();
    expect(await store.find('held')).toMatchObject({ state: 'queued' });
    expect(await store.verify()).toEqual([]);
  });

  test('is free again after it was closed, and after an opening that failed', async () => {
    const store = await open();
    const running = store.begin(draft('g1'), [], admitAll);
    await store.close();
    // What was under way has ended; what comes later is refused.
    expect(await running).toMatchObject({ kind: 'begun' });
    await expect(store.find('g1')).rejects.toThrow(StoreError);

    const raw = new DatabaseSync(path);
    raw.exec('insert into schema_version (version, applied_at) values (99, 0)');
    raw.close();
    await expect(open()).rejects.toThrow(/written by a newer Easel/);
    const again = new DatabaseSync(path);
    again.exec('delete from schema_version where version = 99');
    again.close();
    expect(await (await open()).find('g1')).toMatchObject({ id: 'g1' });
  });

  test('that cannot be opened is refused with a reason', async () => {
    await expect(open('file:/dev/null/easel.db')).rejects.toThrow(
      /\/dev\/null\/easel\.db failed \(E\w+\)/,
    );
    await expect(open('mysql://127.0.0.1/easel')).rejects.toThrow(/begins with file: or postgres:/);
  });

  test('a database that waits for the disk does not hold up the event loop', async () => {
    const store = await open();
    const other = new DatabaseSync(path);
    other.exec('begin immediate');
    const begun = store.begin(draft('g1'), [], admitAll);
    // Were the database in this thread, nobody could let go of the lock that it waits for.
    await setImmediate();
    other.exec('commit');
    other.close();
    expect(await begun).toMatchObject({ kind: 'begun' });
  });

  test('where SQLite itself rolled back, as on a failing disk, the first error is the one told', async () => {
    const database = await openDatabase(path);
    closing.push(() => database.close());
    const failure = new StoreFullError('full');
    const failing = database.transaction(async (trx) => {
      await sql`rollback`.execute(trx);
      throw failure;
    });
    await expect(failing).rejects.toBe(failure);
    await createStore(database, systemClock).checkWritable();
  });

  test('a full disk is told as such, loses nothing, and is over when there is room again', async () => {
    const database = await openDatabase(path);
    closing.push(() => database.close());
    const store = createStore(database, systemClock);
    await bring(store, 'before', 'sent');
    const limit = (pages: number) =>
      database.run((db) => sql`pragma max_page_count = ${sql.lit(pages)}`.execute(db));
    await limit(1);
    let begun = 0;
    const fill = async (): Promise<unknown> => {
      for (; begun < 1_000; begun += 1) await store.begin(draft(`g${begun}`), [], admitAll);
      return undefined;
    };
    const failure = await fill().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StoreFullError);
    expect(String(failure)).not.toMatch(/insert|secret|token/);
    expect(await store.find(`g${begun}`)).toBeUndefined();
    await expect(store.checkWritable()).rejects.toThrow(StoreFullError);
    expect((await usageOf(store, 'guild-1', 'member-1', start)).bot.credits).toBe((begun + 1) * 8);
    expect(await store.verify()).toEqual([]);

    await limit(1_000_000);
    await store.checkWritable();
    expect(await store.begin(draft(`g${begun}`), [], admitAll)).toMatchObject({ kind: 'begun' });
    expect(await store.verify()).toEqual([]);
  });

  async function hold(
    file: string,
  ): Promise<{ process: ChildProcess; firstLine: Promise<string> }> {
    const child = spawn(
      process.execPath,
      [fileURLToPath(new URL('./holder.ts', import.meta.url)), `file:${file}`, 'held'],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    closing.push(async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    });
    const firstLine = once(child.stdout, 'data').then(([data]) => String(data).trim());
    return { process: child, firstLine };
  }
});
