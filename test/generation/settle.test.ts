import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import type { ProviderResult } from '../../src/domain/provider.ts';
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

const standing = { spent: [], held: 0 };
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new Error('there is no gc');
  Reflect.apply(collect, undefined, []);
}

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

  it('is held in memory no longer than until it is in the spool', async () => {
    const begun = await store.begin(draft('g1'), [], admitAll);
    if (begun.kind !== 'begun') throw new Error('it begins');
    let bytes: WeakRef<Uint8Array> | undefined;
    const result = (): ProviderResult => {
      const picture = new Uint8Array(1000);
      bytes = new WeakRef(picture);
      const pictures = [{ kind: 'bytes', bytes: picture }] as const;
      return { pictures, providerCost: 1, requestId: undefined, warnings: [], used: {} };
    };
    const held: unknown[] = [];
    const parts = {
      clock: systemClock,
      metrics: createMetrics(),
      log: createLog({ level: 'fatal', secrets: [] }),
      settings: { load: () => Promise.reject(new Error('the database is away')) },
      pictures: {
        put: (_: unknown, picture: { bytes: Uint8Array }) => {
          held.push(picture.bytes.length);
          return Promise.resolve();
        },
      },
      store: {
        settle: async () => {
          await nextTurn();
          collectGarbage();
          held.push(bytes?.deref());
          return standing;
        },
      },
    } as unknown as Parts;
    // Not awaited where it is called, since that would hold the result.
    const settling = (): Promise<unknown> => settle(parts, begun.generation, result());
    await settling();
    expect(held).toEqual([1000, undefined]);
  });
});
