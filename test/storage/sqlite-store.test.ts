import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import type { Worker } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import type { Standing } from '../../src/domain/ledger.ts';
import type { Refusal } from '../../src/domain/refusal.ts';
import { StoreFullError } from '../../src/domain/store.ts';
import type { Admission, Begun, Store } from '../../src/domain/store.ts';
import { StoreError, StoreInUseError } from '../../src/storage/errors.ts';
import { openStore } from '../../src/storage/open.ts';
import { CallbackError, errorOf, failureOf } from '../../src/storage/sqlite-failure.ts';
import { createSqliteQueue } from '../../src/storage/sqlite-queue.ts';
import { SqliteThread } from '../../src/storage/sqlite-thread.ts';
import { admitAll, bring, capWindows, draft, made, start } from './fixtures.ts';

const noRoom: Refusal = { reason: 'no-room' };
const refuse = (refusal: Refusal) => (): Admission => ({ admitted: false, refusal });

describe('the store in a thread of its own', () => {
  let thread: SqliteThread;
  let path: string;
  let store: Store;
  const clock = { ...systemClock, now: () => start };
  const begin = (id: string, admit: (standing: Standing) => Admission): Promise<Begun> =>
    store.begin(draft(id), capWindows(), admit);
  /** The database as a backup would read it. */
  const read = (statement: string): unknown[] => {
    const db = new DatabaseSync(path, { readOnly: true });
    try {
      return db.prepare(statement).all();
    } finally {
      db.close();
    }
  };

  beforeAll(() => {
    thread = new SqliteThread();
  });
  afterAll(async () => {
    await thread.end();
  });
  beforeEach(async () => {
    path = join(await mkdtemp(join(tmpdir(), 'easel-thread-')), 'easel.db');
    store = await openStore({ url: `file:${path}`, clock, thread });
  });
  afterEach(async () => {
    await store.close();
    await rm(join(path, '..'), { recursive: true });
  });

  test('a callback that throws rolls everything back, and the caller gets the very error', async () => {
    const bug = new TypeError('a bug of the policy');
    const begun = begin('g1', () => {
      throw bug;
    });
    await expect(begun).rejects.toBe(bug);
    expect(await store.find('g1')).toBeUndefined();
    expect(await begin('g1', admitAll)).toMatchObject({ kind: 'begun' });
    expect(await store.verify()).toEqual([]);
  });

  test('a callback whose answer cannot be copied is one that throws', async () => {
    const uncopyable = { ...noRoom, why: () => 'a function' };
    await expect(begin('g1', refuse(uncopyable))).rejects.toThrow(/could not be cloned/);
    expect(await begin('g1', admitAll)).toMatchObject({ kind: 'begun' });
  });

  test('each of two callbacks that throw at once fails its own operation', async () => {
    const bugs = [new Error('first'), new Error('second')];
    const failing = bugs.map((bug, index) =>
      begin(`g${index}`, () => {
        throw bug;
      }),
    );
    expect(await Promise.allSettled(failing)).toEqual(
      bugs.map((reason) => ({ status: 'rejected', reason })),
    );
  });

  test('the policy is asked for several together as for one, in the midst of their transaction', async () => {
    const drafts = [draft('g1'), draft('g2', { images: 1 })] as const;
    const bug = new TypeError('a bug of the policy');
    const together = (admit: (standing: Standing) => Admission) =>
      store.beginTogether(drafts, capWindows(), admit);
    await expect(
      together(() => {
        throw bug;
      }),
    ).rejects.toBe(bug);
    expect(await together(refuse(noRoom))).toEqual({ kind: 'refused', refusal: noRoom });
    expect(read('select * from generations')).toEqual([]);
    const begun = await together(({ spent }) => {
      expect(spent).toHaveLength(3);
      // Nothing of it is written while the policy thinks.
      expect(read('select * from generations')).toEqual([]);
      return admitAll();
    });
    expect(begun).toMatchObject({ kind: 'begun', generations: [{ id: 'g1' }, { id: 'g2' }] });
    expect(read('select id, credits from generations order by id')).toEqual([
      { id: 'g1', credits: 8 },
      { id: 'g2', credits: 2 },
    ]);
  });

  test('a beginning that is refused writes nothing', async () => {
    expect(await begin('g1', refuse(noRoom))).toEqual({ kind: 'refused', refusal: noRoom });
    for (const table of ['generations', 'ledger_entries', 'ledger_buckets']) {
      expect(read(`select * from ${table}`)).toEqual([]);
    }
  });

  test('values come back as they were given, whatever their type', async () => {
    const refusal = {
      ...noRoom,
      nothing: undefined,
      none: null,
      list: [1.5, Number.NaN, Number.MAX_SAFE_INTEGER, -0, 'a \0 🦊', true],
      map: new Map<string, unknown>([['key', { deep: [undefined] }]]),
      set: new Set(['a', 'b']),
      date: new Date(start),
      big: 2n ** 64n,
      bytes: Uint8Array.of(1, 2, 255),
    };
    expect(await begin('g1', refuse(refusal))).toStrictEqual({ kind: 'refused', refusal });
  });

  test('an argument that cannot be copied is refused, and the store goes on', async () => {
    await bring(store, 'g1', 'sent');
    const result = { ...made(), requestId: Symbol('no text') as unknown as string };
    await expect(store.settle('g1', result, [])).rejects.toThrow(/could not be cloned/);
    expect(await store.find('g1')).toMatchObject({ state: 'sent' });
  });

  test('beginnings are served in the order in which they came, one after the other', async () => {
    const admitted: number[] = [];
    const seen: number[] = [];
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        begin(`g${index}`, ({ spent }) => {
          admitted.push(index);
          seen.push(spent[0]?.credits ?? 0);
          return admitAll();
        }),
      ),
    );
    expect(admitted).toEqual(Array.from({ length: 20 }, (_, index) => index));
    expect(seen).toEqual(Array.from({ length: 20 }, (_, index) => index * 8));
  });

  test('steps of running work pass the beginnings that wait', async () => {
    await bring(store, 'running', 'queued');
    let begun = 0;
    const beginnings = Array.from({ length: 50 }, async (_, index) => {
      await begin(`g${index}`, admitAll);
      begun += 1;
    });
    expect(await store.send('running', 'owner-1', start)).toBe(true);
    // The first was at it already.
    expect(begun).toBeLessThanOrEqual(1);
    await Promise.all(beginnings);
  });

  test('closing lets what was asked before end, and refuses what comes later', async () => {
    const asked = Array.from({ length: 20 }, (_, index) => begin(`g${index}`, admitAll));
    const closed = store.close();
    await expect(store.find('g1')).rejects.toThrow(new StoreError('The store is closed.'));
    await closed;
    for (const begun of await Promise.all(asked)) expect(begun.kind).toBe('begun');
    expect(read('select count(*) as count from generations')).toEqual([{ count: 20 }]);
    await store.close();
  });

  test('stores that share a thread know nothing of each other', async () => {
    const other = await openStore({ url: `file:${path}-2`, clock, thread });
    await other.begin(draft('g1'), [], admitAll);
    expect(await store.find('g1')).toBeUndefined();
    await other.close();
    await expect(other.find('g1')).rejects.toThrow(new StoreError('The store is closed.'));
    expect(await begin('g1', admitAll)).toMatchObject({ kind: 'begun' });
    // Its file is free, though the thread goes on.
    const again = await openStore({ url: `file:${path}-2`, clock, thread });
    expect(await again.find('g1')).toMatchObject({ state: 'queued' });
    await again.close();
  });

  test('a store that could not be opened leaves the shared thread to the others', async () => {
    const second = openStore({ url: `file:${path}`, clock, thread });
    await expect(second).rejects.toThrow(StoreInUseError);
    expect(await begin('g1', admitAll)).toMatchObject({ kind: 'begun' });
  });

  test('where the thread dies, what is under way and what comes later is refused, with the reason', async () => {
    const started = once(process, 'worker') as Promise<[Worker]>;
    const doomed = await openStore({ url: `file:${path}-2`, clock });
    const [worker] = await started;
    const asked = Promise.withResolvers<void>();
    const begun = doomed.begin(draft('g1'), [], () => {
      asked.resolve();
      return new Promise(() => undefined) as unknown as Admission;
    });
    await asked.promise;
    // It sleeps until the callback has answered, and must not sleep for ever.
    await worker.terminate();
    const ended = new StoreError('The database thread has ended.');
    await expect(begun).rejects.toThrow(ended);
    await expect(doomed.find('g1')).rejects.toThrow(ended);
    await doomed.close();
    const again = await openStore({ url: `file:${path}-2`, clock });
    expect(await again.find('g1')).toBeUndefined();
    await again.close();
  });

  test('it takes the time from the clock that it was given', () => {
    expect(read('select distinct applied_at from schema_version')).toEqual([{ applied_at: start }]);
  });

  test('a bug inside is told without values, but with its place', async () => {
    const missing = undefined as unknown as Parameters<Store['takeOver']>[1];
    const error: unknown = await store.takeOver('secret-owner', missing).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(StoreError);
    expect(error).toHaveProperty('message', 'The store failed (TypeError).');
    expect(error).toHaveProperty('stack', expect.stringMatching(/leases\.ts:\d+/));
    expect(error).not.toHaveProperty('stack', expect.stringMatching(/secret-owner|undefined/));
  });

  test('an open store that is asked nothing does not keep the process alive', async () => {
    const own = join(path, '..', 'own.db');
    const open = new URL('../../src/storage/open.ts', import.meta.url).href;
    const systemClockOf = new URL('../../src/clock.ts', import.meta.url).href;
    const script = join(path, '..', 'idle.mjs');
    const text = `
      import { openStore } from ${JSON.stringify(open)};
      import { systemClock as clock } from ${JSON.stringify(systemClockOf)};
      const store = await openStore({ url: ${JSON.stringify(`file:${own}`)}, clock });
      store.departures('account-1', 0).then((found) => console.log('found', found.length));
    `;
    await writeFile(script, text);
    const { stdout } = await promisify(execFile)(process.execPath, [script]);
    expect(stdout).toBe('found 0\n');
  });
});

describe('an error of the store, in the other thread', () => {
  test.each([
    new StoreFullError('The disk of data/easel.db is full (ENOSPC).'),
    new StoreInUseError('data/easel.db'),
    new StoreError('The database data/easel.db failed (SQLite 10: disk I/O error).'),
    new RangeError('Credits are integers of zero or more.'),
  ])('is again $name', (error) => {
    const failure = structuredClone(failureOf(error));
    if (failure.kind === 'callback') throw new Error('not of a callback');
    const again = errorOf(failure);
    expect(again.constructor).toBe(error.constructor);
    expect(again.message).toBe(error.message);
    expect(again.stack).toContain('sqlite-store.test.ts');
  });

  test('of a callback is left to the thread that has it', () => {
    expect(failureOf(new CallbackError())).toEqual({ kind: 'callback' });
  });

  test.each([new Error('insert secret'), 'secret'])(
    'that nobody meant shows no values',
    (error) => {
      expect(JSON.stringify(failureOf(error))).not.toContain('secret');
    },
  );
});

describe('the queue of calls', () => {
  test('steps go before beginnings, closing is last, and each kind keeps its order', () => {
    const queue = createSqliteQueue();
    const methods = [
      'begin',
      'close',
      'beginTogether',
      'send',
      'settle',
      'find',
      'begin',
      'posted',
    ];
    for (const [id, method] of methods.entries()) queue.add({ id, store: 1, method, args: [] });
    const order = methods.map(() => queue.next()?.id);
    expect(order).toEqual([3, 4, 5, 7, 0, 2, 6, 1]);
    expect(queue.next()).toBeUndefined();
  });
});
