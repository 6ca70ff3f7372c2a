import { describe, expect, test } from 'vitest';
import { bring, stages, start } from '../fixtures.ts';
import type { Subject } from '../specification.ts';

export function describeLeases({ store }: Subject): void {
  const take = async (
    owner: string,
    options: Partial<{ now: number; leaseUntil: number; limit: number; all: boolean }> = {},
  ) => {
    const taken = await store().takeOver(owner, {
      now: start,
      leaseUntil: start + 60_000,
      limit: 100,
      all: false,
      ...options,
    });
    return taken.map((generation) => generation.id);
  };

  describe('leases', () => {
    test('only unfinished ones are taken over, oldest first', async () => {
      for (const [index, stage] of stages.entries()) {
        await bring(store(), stage, stage, { at: start - index, leaseUntil: start });
      }
      expect(await take('owner-2', { now: start - 1 })).toEqual([]);
      // Only how these two ended can have been told.
      for (const stage of stages) await store().told(stage);
      expect(await take('owner-2')).toEqual(['posting', 'pending', 'sent', 'queued']);
      // They are owner-2's now, until the lease is over.
      expect(await take('owner-3')).toEqual([]);
      expect(await store().send('queued', 'owner-1', start)).toBe(false);
      expect(await store().send('queued', 'owner-2', start)).toBe(true);
      expect(await take('owner-3', { now: start + 60_000, limit: 3 })).toEqual([
        'posting',
        'pending',
        'sent',
      ]);
    });

    test('what ended without pictures is taken over until its member has been told', async () => {
      await bring(store(), 'a', 'returned', { leaseUntil: start, at: start - 1 });
      await bring(store(), 'b', 'unknown', { leaseUntil: start });
      expect(await take('owner-2')).toEqual(['a', 'b']);
      await store().told('a');
      await store().told('b');
      expect(await take('owner-3', { now: start + 60_000 })).toEqual([]);
    });

    test('where one process owns the store, it takes all of the others at once, not its own', async () => {
      await bring(store(), 'theirs', 'sent', { leaseUntil: start + 60_000 });
      await bring(store(), 'mine', 'sent', { leaseUntil: start + 60_000, owner: 'owner-2' });
      await bring(store(), 'mine, over', 'sent', { leaseUntil: start, owner: 'owner-2' });
      expect(await take('owner-2', { all: true })).toEqual(['mine, over', 'theirs']);
    });

    test('a renewed lease is prolonged for what the owner works on, and only while it is unfinished', async () => {
      await bring(store(), 'a', 'queued', { leaseUntil: start });
      await bring(store(), 'b', 'pending', { leaseUntil: start, at: start + 1 });
      await bring(store(), 'done', 'posted', { leaseUntil: start });
      await bring(store(), 'dropped', 'sent', { leaseUntil: start, at: start - 1 });
      await bring(store(), 'theirs', 'queued', { leaseUntil: start, owner: 'owner-2' });
      await store().renew('owner-1', ['a', 'b', 'done', 'theirs'], start + 15_000);
      await store().renew('owner-1', [], start + 15_000);
      expect(await take('owner-3')).toEqual(['dropped', 'theirs']);
      expect(await take('owner-3', { now: start + 15_000 })).toEqual(['a', 'b']);
    });

    test('a released one is taken up from the given time on, by its owner as well', async () => {
      await bring(store(), 'g1', 'pending', { leaseUntil: start + 60_000 });
      await bring(store(), 'done', 'posted', { leaseUntil: start + 60_000 });
      await store().release('g1', 'owner-2', start - 10);
      expect(await take('owner-3')).toEqual([]);
      await store().release('g1', 'owner-1', start + 10);
      await store().release('done', 'owner-1', start + 10);
      expect(await take('owner-1', { now: start + 9 })).toEqual([]);
      expect(await take('owner-1', { now: start + 10 })).toEqual(['g1']);
    });

    test('of several that take over at once, none gets what another has', async () => {
      const all: string[] = [];
      for (let index = 0; index < 40; index += 1) {
        const id = `g${String(index).padStart(2, '0')}`;
        all.push(id);
        await bring(store(), id, 'queued', { at: start - 100 + index, leaseUntil: start });
      }
      const taken = await Promise.all(
        Array.from({ length: 8 }, (_, index) => take(`taker-${index}`, { limit: 5 })),
      );
      const ids = taken.flat();
      expect(new Set(ids).size).toBe(ids.length);
      // What one skipped because another was at it is found at the next turn.
      ids.push(...(await take('owner-9')));
      expect(ids.toSorted()).toEqual(all);
    });
  });
}
