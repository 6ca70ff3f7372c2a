import { describe, expect, test } from 'vitest';
import { admitAll, bring, draft, made, pressed, stages, start } from '../fixtures.ts';
import type { Subject } from '../specification.ts';

export function describeDeliveries({ store }: Subject): void {
  describe('deliveries', () => {
    test('what became of each picture is kept, for made ones only', async () => {
      const pictures = [{ kind: 'kept' }, { kind: 'blank' }, { kind: 'lost' }] as const;
      await bring(store(), 'made', 'pending');
      await bring(store(), 'sent', 'sent');
      await store().recordPictures('made', pictures, start);
      await store().recordPictures('sent', pictures, start);
      expect((await store().find('made'))?.pictures).toEqual(pictures);
      expect((await store().find('sent'))?.pictures).toEqual([]);
    });

    test('undelivered are the made ones that were never shown, oldest first', async () => {
      for (const [index, stage] of stages.entries()) {
        await bring(store(), stage, stage, { at: start - index * 60_000 });
      }
      const ids = async (before: number, limit: number) =>
        (await store().undelivered(before, limit)).map((generation) => generation.id);
      expect(await ids(start + 60_000, 10)).toEqual(['waiting', 'posting', 'pending']);
      expect(await ids(start + 60_000, 2)).toEqual(['waiting', 'posting']);
      // Made exactly at the time is not made before it.
      const posting = await store().find('posting');
      expect(await ids(posting?.madeAt ?? 0, 10)).toEqual(['waiting']);
    });

    test('what waits for a member is told for this guild alone, oldest first, at most ten', async () => {
      for (let index = 0; index < 12; index += 1) {
        await bring(store(), `g${index}`, 'waiting', { at: start - index });
      }
      await bring(store(), 'elsewhere', 'waiting', { guild: 'guild-2', at: start - 100 });
      await bring(store(), 'neighbour', 'waiting', { member: 'member-2', at: start - 100 });
      await bring(store(), 'shown', 'posted', { at: start - 100 });
      const waiting = await store().waitingFor('guild-1', 'member-1');
      expect(waiting.map((generation) => generation.id)).toEqual(
        [11, 10, 9, 8, 7, 6, 5, 4, 3, 2].map((index) => `g${index}`),
      );
    });

    test('tokens that ended are wiped, and nothing else', async () => {
      await store().begin(draft('old', { tokenEndsAt: start }), [], admitAll);
      await store().begin(draft('edge', { tokenEndsAt: start + 1 }), [], admitAll);
      await store().wipeTokens(start + 1);
      const old = await store().find('old');
      expect(old?.destination).toEqual({
        ...draft('old', { tokenEndsAt: start }).destination,
        token: null,
      });
      expect((await store().find('edge'))?.destination.token).toBe('token-of-edge');
    });

    test('a token is renewed by one that lasts longer, also after it was wiped', async () => {
      const before = await bring(store(), 'g1', 'posted', { tokenEndsAt: start });
      await bring(store(), 'other', 'posted', { tokenEndsAt: start });
      await store().renewToken('g1', 'older', start - 1);
      await store().renewToken('nobody', 'newer', start + 5);
      expect(await store().find('g1')).toEqual(before);
      await store().wipeTokens(start + 1);
      await store().renewToken('g1', 'newer', start + 5);
      expect(await store().find('g1')).toEqual({
        ...before,
        destination: { ...before.destination, token: 'newer', tokenEndsAt: start + 5 },
      });
      expect((await store().find('other'))?.destination.token).toBeNull();
      await store().wipeTokens(start + 6);
      expect((await store().find('g1'))?.destination.token).toBeNull();
    });

    test('of several that renew a token at once, the one that lasts longest stays', async () => {
      await bring(store(), 'g1', 'posted', { tokenEndsAt: start });
      await Promise.all(
        [3, 1, 5, 2, 4].map((later) => store().renewToken('g1', `${later} later`, start + later)),
      );
      expect((await store().find('g1'))?.destination).toMatchObject({
        token: '5 later',
        tokenEndsAt: start + 5,
      });
    });

    test('what was claimed goes to the answer of the press from then on', async () => {
      await bring(store(), 'g1', 'waiting');
      await bring(store(), 'other', 'waiting');
      await store().claimWaiting('g1', 'owner-2', start + 60_000, pressed);
      expect((await store().find('g1'))?.destination).toEqual(pressed);
      expect((await store().find('other'))?.destination).toEqual(draft('other').destination);
    });

    test('what waits belongs to the one that claimed it, and of several one does', async () => {
      await bring(store(), 'g1', 'waiting');
      const owners = ['owner-2', 'owner-3', 'owner-4', 'owner-5'];
      const claims = await Promise.all(
        owners.map((owner) => store().claimWaiting('g1', owner, start + 60_000, pressed)),
      );
      expect(claims.filter(Boolean)).toHaveLength(1);
      const winner = owners[claims.indexOf(true)] ?? '';
      for (const owner of ['owner-1', ...owners].filter((one) => one !== winner)) {
        expect(await store().startPosting('g1', owner)).toBe(false);
      }
      const taking = { leaseUntil: start + 90_000, limit: 1, all: false };
      expect(await store().takeOver('owner-9', { ...taking, now: start + 59_999 })).toEqual([]);
      expect(await store().startPosting('g1', winner)).toBe(true);
      // Should its process die, it is found once the lease is over.
      expect(await store().takeOver('owner-9', { ...taking, now: start + 60_000 })).toMatchObject([
        { id: 'g1', delivery: 'posting' },
      ]);
    });

    test('a wiped token is nowhere in the database', async () => {
      await bring(store(), 'g1', 'sent');
      await store().settle('g1', made(), []);
      await store().wipeTokens(start + 900_001);
      const generation = await store().find('g1');
      expect(JSON.stringify(generation)).not.toContain('token-of-g1');
    });
  });
}
