import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import type { Store } from '../../src/domain/store.ts';
import { openStore } from '../../src/storage/open.ts';
import { bring, start } from './fixtures.ts';
import { dropDatabases, freshUrl, postgresAnswers, postgresTitle } from './postgres-server.ts';
import { bringDamageable, damages } from './specification/damages.ts';

afterAll(dropDatabases);

const command = fileURLToPath(new URL('../../src/ledger.ts', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

describe('npm run ledger', () => {
  let folder: string;
  let path: string;
  const open: Store[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'easel-ledger-'));
    path = join(folder, 'easel.db');
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((store) => store.close()));
    await rm(folder, { recursive: true, force: true });
  });

  async function openOn(url: string): Promise<Store> {
    const store = await openStore({ url, clock: systemClock });
    open.push(store);
    return store;
  }

  async function run(words: readonly string[], url = `file:${path}`): Promise<Ended> {
    // Somewhere without a .env of its own.
    const child = spawn(process.execPath, [command, ...words], {
      cwd: folder,
      env: { PATH: process.env['PATH'], DATABASE_URL: url },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = new Promise<number | null>((resolve) => {
      child.on('exit', resolve);
    });
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { code: await ended, out, err };
  }

  test('verify says that the ledger adds up, after the bot has closed it and while it runs', async () => {
    const store = await openOn(`file:${path}`);
    await bring(store, 'g1', 'posted');
    await bring(store, 'g2', 'queued');
    const good = { code: 0, out: 'The ledger adds up: 2 generations, 3 entries.\n', err: '' };
    expect(await run(['verify'])).toEqual(good);
    // The bot was not disturbed.
    await bring(store, 'g3', 'queued');
    await store.close();
    const after = { ...good, out: 'The ledger adds up: 3 generations, 4 entries.\n' };
    expect(await run(['verify'])).toEqual(after);
    // Nor was anything left behind that would keep it out.
    await bring(await openOn(`file:${path}`), 'g4', 'queued');
  });

  test('verify lists what is wrong, with what should be there', async () => {
    const store = await openOn(`file:${path}`);
    await bringDamageable(store);
    await store.close();
    const wanted = [
      'a bucket that was changed',
      'an account that forgot what was spent',
      'a grant that was changed',
      'an entry with another account than its generation',
      'amounts of entries that were changed, though their sum is right',
    ];
    const done = damages.filter(({ name }) => wanted.includes(name));
    const raw = new DatabaseSync(path);
    for (const { statement } of done) raw.exec(statement);
    raw.close();
    const { code, out, err } = await run(['verify']);
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).toContain('account account-1\n  expected: settled 4, unknown 0, spent 4\n');
    expect(out).toContain('  found:    settled 4, unknown 0, spent 0\n');
    expect(out).toContain('balance of guild guild-1, member member-1\n');
    expect(out).toContain('generation g1 (made, pending)\n');
    expect(out).toMatch(/bucket of guild guild-1, member member-1, hour \d+\n/);
    expect(out).toMatch(/The ledger does not add up: \d+ faults in 1 generations, 2 entries\.\n$/);
  });

  test.skipIf(!postgresAnswers)(`verify reads Postgres as well${postgresTitle}`, async () => {
    const url = await freshUrl();
    const missing = await run(['verify'], url);
    expect(missing.code).toBe(2);
    expect(missing.err).toMatch(/none of Easel/);
    await bring(await openOn(url), 'g1', 'posted');
    expect(await run(['verify'], url)).toEqual({
      code: 0,
      out: 'The ledger adds up: 1 generations, 2 entries.\n',
      err: '',
    });
  });

  test('verify creates no database where there is none', async () => {
    expect(await run(['verify'])).toEqual({
      code: 2,
      out: '',
      err: `The ledger could not be looked at. There is no database ${path}. Start the bot once, or name another with DATABASE_URL.\n`,
    });
    expect(await readdir(folder)).toEqual([]);
  });

  test('verify neither reads nor changes tables of another version', async () => {
    await (await openOn(`file:${path}`)).close();
    const failure = async (): Promise<string> => {
      const { code, out, err } = await run(['verify']);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      return err;
    };
    const raw = new DatabaseSync(path);
    raw.exec('delete from schema_version where version > 1');
    expect(await failure()).toMatch(/are older than this Easel.*Start the bot once/);
    expect(raw.prepare('select version from schema_version').all()).toEqual([{ version: 1 }]);
    raw.exec(`insert into schema_version (version, applied_at) values (99, ${start})`);
    expect(await failure()).toMatch(/written by a newer Easel/);
    raw.exec('drop table schema_version');
    raw.close();
    expect(await failure()).toMatch(/none of Easel/);
  });

  test('a file that is no database, and an address that is none, are told as such', async () => {
    const folderAsFile = await run(['verify'], `file:${folder}`);
    expect(folderAsFile.code).toBe(2);
    expect(folderAsFile.err).toMatch(
      /^The ledger could not be looked at\. The database .* cannot be read/,
    );
    const address = await run(['verify'], 'mysql://127.0.0.1/easel');
    expect(address).toEqual({
      code: 2,
      out: '',
      err: 'DATABASE_URL must begin with file: or postgres://.\n',
    });
  });

  test.each([[[]], [['mend']], [['verify', 'now']]])(
    '%j is answered by how to use it',
    async (words) => {
      const { code, out, err } = await run(words);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toMatch(/^usage: npm run ledger -- verify\n/);
    },
  );
});
