import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { PGliteDialect, sql } from 'kysely';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { StoreFullError } from '../../src/domain/store.ts';
import type { Standing } from '../../src/domain/ledger.ts';
import type { Admission, Store } from '../../src/domain/store.ts';
import { createStore } from '../../src/storage/create-store.ts';
import { createDatabase } from '../../src/storage/database.ts';
import type { Database } from '../../src/storage/database.ts';
import { StoreError } from '../../src/storage/errors.ts';
import { migrate } from '../../src/storage/migrations.ts';
import { openStore } from '../../src/storage/open.ts';
import { postgresDialect } from '../../src/storage/postgres-dialect.ts';
import { translatePostgresError } from '../../src/storage/postgres-errors.ts';
import { admitAll, admitUpTo, bring, capWindows, draft, made, start, usageOf } from './fixtures.ts';
import {
  asAdmin,
  dropDatabases,
  freshUrl,
  postgresAnswers,
  postgresTitle,
} from './postgres-server.ts';
import { describeStore } from './specification.ts';

afterAll(dropDatabases);

const [, , botDay] = capWindows();

async function openDatabase(url: string): Promise<Database> {
  const database = createDatabase(postgresDialect(url), {
    postgres: true,
    translate: translatePostgresError,
  });
  await migrate(database, start);
  return database;
}

describe.skipIf(!postgresAnswers)(`Postgres${postgresTitle}`, () => {
  describeStore('the store on Postgres', async () => openDatabase(await freshUrl()));
});

// Where no server answers, the dialect is tried in memory; one connection, so it cannot show races.
if (!postgresAnswers)
  describeStore('the store on Postgres in memory', async () => {
    const database = createDatabase(new PGliteDialect({ pglite: new PGlite() }), {
      postgres: true,
      translate: translatePostgresError,
    });
    await migrate(database, start);
    return database;
  });

describe.skipIf(!postgresAnswers)(`several processes on Postgres${postgresTitle}`, () => {
  const open: Store[] = [];
  const openOn = async (url: string): Promise<Store> => {
    const store = await openStore({ url, clock: systemClock });
    open.push(store);
    return store;
  };
  afterEach(async () => {
    await Promise.all(open.splice(0).map((store) => store.close()));
  });

  test('may open an empty database at the same moment, and see the same data', async () => {
    const url = await freshUrl();
    const stores = await Promise.all([1, 2, 3].map(() => openOn(url)));
    const [first, second] = stores;
    expect(first?.exclusive).toBe(false);
    await first?.begin(draft('g1'), [], admitAll);
    expect(await second?.find('g1')).toMatchObject({ id: 'g1', createdAt: start, credits: 8 });
  });

  test('do not together pass a cap that has room for 100, nor deadlock, whatever else is booked', async () => {
    const url = await freshUrl();
    const stores = await Promise.all([openOn(url), openOn(url)]);
    const kinds = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const store = stores[index % 2] ?? stores[0];
        const id = `g${index}`;
        const begun = await store.begin(
          draft(id, {
            member: `member-${index % 5}`,
            guild: `guild-${index % 3}`,
            at: start + (index % 4) * 3_600_000,
            images: 1,
            price: 1,
          }),
          [botDay],
          admitUpTo(100),
        );
        if (begun.kind === 'begun') {
          await store.send(id, 'owner-1', start + index);
          await store.settle(id, made({ credits: 1, providerCost: 1, at: start + index }), []);
        }
        return begun.kind;
      }),
    );
    expect(kinds.filter((kind) => kind === 'begun')).toHaveLength(100);
    expect(await stores[0].providerCost('account-1')).toEqual({ settled: 100, unknown: 0 });
    expect(await stores[1].verify()).toEqual([]);
  });

  test('begin comparisons and single ones at once, each as a whole, and never pass the cap', async () => {
    const url = await freshUrl();
    const stores = await Promise.all([openOn(url), openOn(url)]);
    const held: number[] = [];
    const admitAtMost90 =
      (cost: number) =>
      ({ spent: [all] }: Standing): Admission =>
        (all?.credits ?? 0) + cost <= 90
          ? { admitted: true, fromGrant: 0 }
          : { admitted: false, refusal: { reason: 'no-room' } };
    const begun = await Promise.all(
      Array.from({ length: 120 }, async (_, index) => {
        const store = stores[index % 2] ?? stores[0];
        const at = start + (index % 4) * 3_600_000;
        const one = { member: `member-${index % 5}`, at, images: 1, price: 1 };
        const id = (ordinal: number) => `g${index}-${ordinal}`;
        if (index % 3 === 0) {
          const single = await store.begin(draft(id(0), one), [botDay], admitAtMost90(1));
          return single.kind === 'begun' ? 1 : 0;
        }
        const three = [draft(id(0), one), draft(id(1), one), draft(id(2), one)] as const;
        const together = await store.beginTogether(three, [botDay], admitAtMost90(3));
        if (together.kind !== 'begun') return 0;
        held.push(together.standing.spent[0]?.credits ?? 0);
        // Meanwhile others begin: the sums of several hours are written crosswise.
        await store.giveBack(id(1), 'queued', { kind: 'cancelled' }, start);
        return 2;
      }),
    );
    const credits = begun.reduce<number>((sum, each) => sum + each, 0);
    const { bot } = await usageOf(stores[0], 'guild-1', 'member-1', start + 4 * 3_600_000);
    expect(bot.credits).toBe(credits);
    expect(Math.max(...held)).toBeLessThanOrEqual(90);
    expect(begun).toContain(0);
    expect(await stores[1].verify()).toEqual([]);
  });

  test('of 200 requests at once from two processes, an allowance of 100 lets exactly 100 pass', async () => {
    const url = await freshUrl();
    const beginners = ['first', 'second'].map((name) => {
      const child = spawn(
        process.execPath,
        [fileURLToPath(new URL('./beginner.ts', import.meta.url)), url, name, '100'],
        { stdio: ['pipe', 'pipe', 'inherit'] },
      );
      return { child, lines: createInterface(child.stdout)[Symbol.asyncIterator]() };
    });
    try {
      for (const { lines } of beginners) expect((await lines.next()).value).toBe('open');
      for (const { child } of beginners) child.stdin.write('begin\n');
      const kinds = await Promise.all(
        beginners.map(async ({ lines }) => String((await lines.next()).value).split(' ')),
      );
      expect(kinds.map((some) => some.length)).toEqual([100, 100]);
      expect(kinds.flat().filter((kind) => kind === 'begun')).toHaveLength(100);
    } finally {
      for (const { child } of beginners) child.kill('SIGKILL');
    }
    const store = await openOn(url);
    expect((await usageOf(store, 'guild-1', 'member-1', start)).member.credits).toBe(100);
    expect(await store.verify()).toEqual([]);
  });

  test('never take over the same generation', async () => {
    const url = await freshUrl();
    const stores = await Promise.all([openOn(url), openOn(url)]);
    for (let index = 0; index < 60; index += 1) {
      await bring(stores[0], `g${index}`, 'queued', { leaseUntil: start });
    }
    const taken = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        (stores[index % 2] ?? stores[0]).takeOver(`taker-${index}`, {
          now: start,
          leaseUntil: start + 60_000,
          limit: 5,
          all: false,
        }),
      ),
    );
    const ids = taken.flat().map((generation) => generation.id);
    expect(ids.length).toBeGreaterThan(0);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('a note of the same balance by two at once counts once', async () => {
    const url = await freshUrl();
    const stores = await Promise.all([openOn(url), openOn(url)]);
    await Promise.all(stores.map((store) => store.noteBalance('account-1', 10, start)));
    await bring(stores[0], 'g1', 'pending');
    await Promise.all(stores.map((store) => store.noteBalance('account-1', 10, start + 9_000)));
    expect(await stores[1].balance('account-1')).toEqual({ credits: 10, since: start, spent: 4 });
  });

  test('a cap holds even where the database has a stricter default isolation', async () => {
    const url = await freshUrl();
    await asAdmin((client) =>
      client.query(
        `alter database ${url.split('/').at(-1)} set default_transaction_isolation = 'serializable'`,
      ),
    );
    const store = await openOn(url);
    const kinds = await Promise.all(
      Array.from({ length: 30 }, async (_, index) => {
        const wanted = draft(`g${index}`, { images: 1, price: 1 });
        const begun = await store.begin(wanted, [botDay], admitUpTo(10));
        return begun.kind;
      }),
    );
    expect(kinds.filter((kind) => kind === 'begun')).toHaveLength(10);
  });

  test('a server that cut the connections is used again at once when it is back', async () => {
    const url = await freshUrl();
    const store = await openOn(url);
    await Promise.all(Array.from({ length: 5 }, () => store.balance('account-1')));
    await asAdmin((client) =>
      client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
        url.split('/').at(-1),
      ]),
    );
    await expect
      .poll(() =>
        store.balance('account-1').then(
          () => 'answers',
          (error: unknown) => error,
        ),
      )
      .toBe('answers');
  });

  test('a transaction may neither idle nor wait for a lock for ever', async () => {
    const url = await freshUrl();
    const database = await openDatabase(url);
    open.push(createStore(database, systemClock));
    const settings = await database.transaction(async (trx) => {
      const result = await sql<{ idle: string; lock: string }>`select
        current_setting('idle_in_transaction_session_timeout') as idle,
        current_setting('lock_timeout') as lock`.execute(trx);
      return result.rows;
    });
    expect(settings).toEqual([{ idle: '30s', lock: '15s' }]);
  });

  test('a full disk is told as such and nothing is written', async () => {
    const url = await freshUrl();
    const database = await openDatabase(url);
    const store = createStore(database, systemClock);
    open.push(store);
    await database.run(async (db) => {
      await sql`create function fail() returns trigger language plpgsql as
        $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$`.execute(
        db,
      );
      await sql`create trigger fail before insert on ledger_buckets
        for each statement execute function fail()`.execute(db);
    });
    await expect(store.begin(draft('g1'), [], admitAll)).rejects.toThrow(StoreFullError);
    expect(await store.find('g1')).toBeUndefined();
    await database.run((db) => sql`drop trigger fail on ledger_buckets`.execute(db));
    expect(await store.begin(draft('g1'), [], admitAll)).toMatchObject({ kind: 'begun' });
  });
});

test('a server that cannot be reached is told as such', async () => {
  // Port 1 of loopback: nobody listens there.
  const opening = openStore({ url: 'postgres://easel@127.0.0.1:1/easel', clock: systemClock });
  await expect(opening).rejects.toThrow(
    new StoreError('The database cannot be reached (ECONNREFUSED).'),
  );
});
