import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { PGliteDialect } from 'kysely';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import type { Store } from '../../src/domain/store.ts';
import { createStore } from '../../src/storage/create-store.ts';
import { createDatabase } from '../../src/storage/database.ts';
import type { Database } from '../../src/storage/database.ts';
import { migrate } from '../../src/storage/migrations.ts';
import { postgresDialect } from '../../src/storage/postgres-dialect.ts';
import { translatePostgresError } from '../../src/storage/postgres-errors.ts';
import { openStore } from '../../src/storage/open.ts';
import { besidesStore } from './besides-store.ts';
import { bring, start } from './fixtures.ts';
import { describeModeration } from './moderation.ts';
import {
  block,
  eachMemberADay,
  guild,
  member,
  setLimit,
  setLogChannel,
} from './moderation/edits.ts';
import { dropDatabases, freshUrl, postgresAnswers, postgresTitle } from './postgres-server.ts';

const folders: string[] = [];
afterAll(async () => {
  await dropDatabases();
  await Promise.all(folders.map((name) => rm(name, { recursive: true, force: true })));
});

async function migrated(database: Database): Promise<Database> {
  await migrate(database, start);
  return database;
}

describeModeration('moderation on SQLite', async (onUnreadable) => {
  const folder = await mkdtemp(join(tmpdir(), 'easel-moderation-'));
  folders.push(folder);
  const path = join(folder, 'easel.db');
  const store = await openStore({ url: `file:${path}`, clock: systemClock, onUnreadable });
  return { store, database: besidesStore(path) };
});

// Where no server answers, the dialect is tried in memory; one connection, so it cannot show races.
if (!postgresAnswers)
  describeModeration('moderation on Postgres in memory', () =>
    migrated(
      createDatabase(new PGliteDialect({ pglite: new PGlite() }), {
        postgres: true,
        translate: translatePostgresError,
      }),
    ),
  );

function onPostgres(url: string): Promise<Database> {
  const translate = translatePostgresError;
  return migrated(createDatabase(postgresDialect(url), { postgres: true, translate }));
}

describe.skipIf(!postgresAnswers)(`Postgres${postgresTitle}`, () => {
  describeModeration('moderation on Postgres', async () => onPostgres(await freshUrl()));
});

describe.skipIf(!postgresAnswers)(`two processes on Postgres${postgresTitle}`, () => {
  const open: Store[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((store) => store.close()));
  });
  async function two(): Promise<[Store, Store]> {
    const url = await freshUrl();
    const [first, second] = [
      createStore(await onPostgres(url), systemClock),
      createStore(await onPostgres(url), systemClock),
    ];
    open.push(first, second);
    return [first, second];
  }

  test('lose no change of two moderators at once, and number all changes as they come', async () => {
    const stores = await two();
    const seen: number[] = [];
    const watch = async (): Promise<void> => {
      for (let index = 0; index < 20; index += 1) {
        seen.push((await stores[0].settingsChanged(0)).latest);
      }
    };
    const guilds = [guild, 'guild-2', 'guild-3'];
    await Promise.all([
      watch(),
      ...Array.from({ length: 60 }, (_, index) => {
        const store = stores[index % 2] ?? stores[0];
        const where = guilds[index % 3] ?? guild;
        if (index % 5 === 0) return store.changeBlock(where, `m${index}`, 'by', start, block());
        const subject = { kind: 'role', roleId: `role-${index}` } as const;
        return store.changeRules(
          where,
          'by',
          start,
          setLimit({ subject, period: 'day', credits: 1 }),
        );
      }),
    ]);
    for (const where of guilds) {
      const settings = await stores[1].settings(where);
      expect(settings.version).toBe(20);
      expect(settings.rules.limits.length + settings.blocks.size).toBe(20);
    }
    expect((await stores[0].settingsChanged(0)).latest).toBe(60);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  });

  test('miss no change, however the transactions of several guilds end', async () => {
    const [first, second] = await two();
    const found = new Set<string>();
    let latest = 0;
    const look = async (): Promise<void> => {
      const changed = await second.settingsChanged(latest);
      latest = changed.latest;
      for (const guildId of changed.guildIds) found.add(guildId);
    };
    const ids = Array.from({ length: 40 }, (_, index) => `guild-${index}`);
    const changes = Promise.all(
      ids.map((id) => first.changeRules(id, 'by', start, eachMemberADay(1))),
    );
    for (let index = 0; index < 15; index += 1) await look();
    await changes;
    await look();
    expect(found.size).toBe(ids.length);
  });

  test('never take the same entry of a log', async () => {
    const stores = await two();
    await stores[0].changeRules(guild, 'by', start, setLogChannel('log'));
    await stores[0].takeUnposted(guild, 0, 1);
    for (let index = 0; index < 60; index += 1) {
      await stores[0].noteLog(
        guild,
        member,
        { kind: 'generation', generationId: `g${index}`, messageId: null },
        start + index,
      );
    }
    const taken = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        (stores[index % 2] ?? stores[0]).takeUnposted(guild, 0, 5),
      ),
    );
    const ids = taken.flat().map((entry) => entry.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const part of taken) {
      expect(part).toEqual(part.toSorted((a, b) => a.id - b.id));
    }
    const rest = await stores[1].takeUnposted(guild, 0, 100);
    expect(ids.length + rest.length).toBe(60);
  });

  test('erase, purge and go on booking at the same time, and the ledger adds up', async () => {
    const stores = await two();
    for (let index = 0; index < 60; index += 1) {
      await bring(stores[0], `old${index}`, 'posted', {
        guild,
        member: `m${index % 3}`,
        at: start + (index % 5) * 3_600_000,
      });
    }
    await Promise.all([
      stores[0].eraseMember('m0', start),
      stores[1].eraseMember('m0', start),
      stores[1].eraseMember('m1', start),
      stores[0].purge(start + 10 * 3_600_000, 100),
      ...Array.from({ length: 40 }, (_, index) =>
        bring(stores[index % 2] ?? stores[0], `new${index}`, 'posted', {
          guild,
          member: `m${index % 3}`,
          at: start + (index % 5) * 3_600_000,
        }),
      ),
    ]);
    expect(await stores[0].verify()).toEqual([]);
    await stores[0].eraseMember('m0', start);
    expect((await stores[1].latestOf(guild, 'm0', 10)).map(({ id }) => id)).toEqual([]);
    expect(await stores[0].verify()).toEqual([]);
  });
});
