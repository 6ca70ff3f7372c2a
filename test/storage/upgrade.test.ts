import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { openStore } from '../../src/storage/open.ts';
import { bring, dayMs, start } from './fixtures.ts';

test('a database with the first tables is brought up to date, and goes on where it stood', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'easel-upgrade-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'easel.db');
  const raw = new DatabaseSync(path);
  raw.exec(await readFile(new URL('./first-tables.sql', import.meta.url), 'utf8'));
  raw.close();

  const store = await openStore({ url: `file:${path}`, clock: systemClock });
  onTestFinished(() => store.close());
  expect(await store.verify()).toEqual([]);
  const old = await store.find('g1');
  expect(old).toMatchObject({ state: 'made', delivery: 'posted', credits: 8 });
  // Nobody knew of roles, of comparisons or of several models then.
  expect(old?.destination).toMatchObject({ roleIds: [], sharedBy: 1 });
  expect(old).toMatchObject({
    request: { model: '', prompt: 'a lighthouse', images: 4, guidance: 7.25, given: [] },
    warnings: [],
    used: {},
    insteadOf: null,
  });

  const window = {
    pot: { kind: 'member', guildId: 'guild-1', memberId: 'member-1' },
    lengthMs: dayMs,
  } as const;
  const standing = () => store.standing('guild-1', 'member-1', [window], start);
  const spent = [{ credits: 8, freesAt: start + dayMs }];
  expect(await standing()).toMatchObject({ spent, granted: 0, lastBegunAt: start });

  const grant = { credits: 5, reason: 'a prize', by: 'moderator-1', at: start };
  await store.grant('guild-1', 'member-1', grant);
  await bring(store, 'new', 'posted', { fromGrant: 5 });
  expect(await standing()).toMatchObject({ spent: [{ credits: 11 }], granted: 0 });
  expect(await store.verify()).toEqual([]);
});
