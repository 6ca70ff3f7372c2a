import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import type { Store } from '../../src/domain/store.ts';
import type { Parts } from '../../src/generation/parts.ts';
import { settle } from '../../src/generation/settle.ts';
import { createLog } from '../../src/log.ts';
import { createMetrics } from '../../src/metrics.ts';
import { openStore } from '../../src/storage/open.ts';
import { admitAll, draft } from '../storage/fixtures.ts';

let folder: string;
let store: Store;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easel-settle-'));
  store = await openStore({ url: `file:${join(folder, 'easel.db')}`, clock: systemClock });
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

describe('what was made', () => {
  it('is written down although the settings of the guild cannot be read', async () => {
    const begun = await store.begin(draft('g1'), [], admitAll);
    if (begun.kind !== 'begun') throw new Error('it begins');
    const { generation } = begun;
    await store.send(generation.id, draft('g1').owner, systemClock.now());
    const parts = {
      store,
      clock: systemClock,
      metrics: createMetrics(),
      log: createLog({ level: 'fatal', secrets: [] }),
      settings: { load: () => Promise.reject(new Error('the database is away')) },
    } as unknown as Parts;
    const url = 'https://pictures.example/1.png';
    const settled = await settle(parts, generation, {
      pictures: [{ kind: 'address', url, expiresAt: null }],
      providerCost: 1,
      requestId: undefined,
      warnings: [],
      used: {},
    });
    expect(settled.remaining).toBeUndefined();
    expect(await store.find(generation.id)).toMatchObject({
      state: 'made',
      sources: [{ kind: 'address', url }],
    });
  });
});
