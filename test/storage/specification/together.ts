import { describe, expect, test } from 'vitest';
import { standInId } from '../../../src/domain/generation.ts';
import type { Standing } from '../../../src/domain/ledger.ts';
import type { Refusal } from '../../../src/domain/refusal.ts';
import type { Draft } from '../../../src/domain/store.ts';
import {
  admitAll,
  admitUpTo,
  bring,
  capWindows,
  cut,
  dayMs,
  draft,
  hourMs,
  made,
  start,
} from '../fixtures.ts';
import type { Subject } from '../specification.ts';

type Drafts = [Draft, ...Draft[]];

/** Three of one member, that hold 8, 2 and 6 credits. */
function three(wishes: Parameters<typeof draft>[1] = {}): Drafts {
  return [
    draft('c-0', { ...wishes, provider: 'claid' }),
    draft('c-1', { ...wishes, provider: 'stablecog', account: 'account-2', price: 1, images: 2 }),
    draft('c-2', { ...wishes, provider: 'openai', account: 'account-3', price: 3, images: 2 }),
  ];
}

export function describeTogether({ store, database }: Subject): void {
  const rows = (table: 'generations' | 'ledger_entries') =>
    database().run((db) => db.selectFrom(table).selectAll().execute());
  const [, , botDay] = capWindows();
  const spent = async () => (await store().spent([botDay], start + hourMs))[0]?.credits;
  const grant = (credits: number) =>
    store().grant('guild-1', 'member-1', { credits, reason: 'a prize', by: 'm', at: start });
  const granted = async () =>
    (await store().standing('guild-1', 'member-1', [], start + hourMs)).granted;

  describe('beginning together', () => {
    test('all are written as they were asked for, in order, and their credits are held', async () => {
      const drafts = three();
      const seen: Standing[] = [];
      const begun = await store().beginTogether(drafts, capWindows(), (standing) => {
        seen.push(standing);
        return admitAll();
      });
      const nothing = { credits: 0, freesAt: null };
      expect(seen).toMatchObject([{ spent: [nothing, nothing, nothing], lastBegunAt: null }]);
      const all = { credits: 16, freesAt: start + dayMs };
      expect(begun).toMatchObject({
        kind: 'begun',
        generations: drafts.map(({ id, destination, request, provider, account }) => ({
          id,
          destination,
          request,
          provider,
          account,
          state: 'queued',
        })),
        standing: { spent: [all, all, all], granted: 0, contentRefusals: [], lastBegunAt: start },
      });
      if (begun.kind !== 'begun') return;
      expect(begun.generations.map(({ credits }) => credits)).toEqual([8, 2, 6]);
      for (const generation of begun.generations) {
        expect(await store().find(generation.id)).toEqual(generation);
      }
      const standing = store().standing('guild-1', 'member-1', capWindows(), start);
      expect(await standing).toEqual(begun.standing);
      expect(await store().verify()).toEqual([]);
    });

    test('they begin at the time of the first, whatever the clock has done meanwhile', async () => {
      const [first, second] = three();
      if (!second) throw new Error('there are three');
      const drafts: Drafts = [first, { ...second, at: start + hourMs }];
      await store().beginTogether(drafts, [], admitAll);
      expect(await store().find('c-1')).toMatchObject({ createdAt: start });
      expect(await store().verify()).toEqual([]);
    });

    test('a refusal leaves none of them behind', async () => {
      const refusal: Refusal = { reason: 'blocked' };
      const begun = await store().beginTogether(three(), capWindows(), () => ({
        admitted: false,
        refusal,
      }));
      expect(begun).toEqual({ kind: 'refused', refusal });
      expect(await rows('generations')).toEqual([]);
      expect(await rows('ledger_entries')).toEqual([]);
      expect(await spent()).toBe(0);
    });

    test('an error of the policy comes through as it is and leaves none of them behind', async () => {
      const bug = new TypeError('a bug in the policy');
      await expect(
        store().beginTogether(three(), [], () => {
          throw bug;
        }),
      ).rejects.toBe(bug);
      expect(await rows('generations')).toEqual([]);
    });

    for (const known of ['c-0', 'c-2']) {
      test(`where ${known} was written before, nobody is asked and nothing is written`, async () => {
        const before = await bring(store(), known, 'posted');
        const entries = await rows('ledger_entries');
        let asked = 0;
        const begun = await store().beginTogether(three({ at: start + 1 }), [], () => {
          asked += 1;
          return admitAll();
        });
        expect(begun).toEqual({ kind: 'repeated' });
        expect(asked).toBe(0);
        expect(await rows('generations')).toHaveLength(1);
        expect(await store().find(known)).toEqual(before);
        expect(await rows('ledger_entries')).toEqual(entries);
      });
    }

    test('of the same ones begun many times at once, one time they begin', async () => {
      const kinds = await Promise.all(
        Array.from(
          { length: 20 },
          async () => (await store().beginTogether(three(), [], admitAll)).kind,
        ),
      );
      expect(kinds.toSorted()).toEqual(['begun', ...Array<string>(19).fill('repeated')]);
      expect(await spent()).toBe(16);
    });

    test('what cannot be held for the last of them leaves none behind', async () => {
      const [first, second] = three();
      if (!second) throw new Error('there are three');
      for (const price of [0.5, -1, 2 ** 53]) {
        const drafts: Drafts = [first, { ...second, price }];
        await expect(store().beginTogether(drafts, [], admitAll)).rejects.toThrow(RangeError);
      }
      // The same id twice.
      await expect(store().beginTogether([first, second, first], [], admitAll)).rejects.toThrow(
        /failed/,
      );
      expect(await rows('generations')).toEqual([]);
      expect(await spent()).toBe(0);
      expect(await store().verify()).toEqual([]);
    });

    test('those of two members, or of two guilds, do not', async () => {
      for (const other of [{ member: 'member-2' }, { guild: 'guild-2' }]) {
        const drafts: Drafts = [draft('c-0'), draft('c-1', other)];
        await expect(store().beginTogether(drafts, [], admitAll)).rejects.toThrow(RangeError);
      }
      expect(await rows('generations')).toEqual([]);
    });

    test('what comes from the grant pays for the first of them first', async () => {
      await grant(20);
      const begun = await store().beginTogether(three(), [], () => ({
        admitted: true,
        fromGrant: 9,
      }));
      expect(begun).toMatchObject({ standing: { granted: 11 } });
      expect(await granted()).toBe(11);
      const left: number[] = [];
      for (const id of ['c-0', 'c-1', 'c-2']) {
        await store().giveBack(id, 'queued', cut, start + 1);
        left.push(await granted());
      }
      expect(left).toEqual([19, 20, 20]);
      expect(await store().verify()).toEqual([]);
    });

    test('no more is taken from the grant than there is and than they hold together', async () => {
      const take = (fromGrant: number) =>
        store().beginTogether(three(), [], () => ({ admitted: true, fromGrant }));
      await grant(15);
      await expect(take(16)).rejects.toThrow(RangeError);
      await grant(5);
      for (const fromGrant of [17, -1, 0.5])
        await expect(take(fromGrant)).rejects.toThrow(RangeError);
      expect(await rows('generations')).toEqual([]);
      expect(await granted()).toBe(20);
      expect(await take(16)).toMatchObject({ kind: 'begun', standing: { granted: 4 } });
      expect(await store().verify()).toEqual([]);
    });

    test('where a cap has room for 50 pairs, exactly 50 of 200 begun at once pass', async () => {
      const kinds = await Promise.all(
        Array.from({ length: 200 }, async (_, index) => {
          const one = {
            member: `member-${index % 7}`,
            guild: `guild-${index % 3}`,
            at: start + index,
            images: 1,
            price: 1,
          };
          const pair: Drafts = [draft(`g${index}-0`, one), draft(`g${index}-1`, one)];
          return (await store().beginTogether(pair, [botDay], admitUpTo(100))).kind;
        }),
      );
      expect(kinds.filter((kind) => kind === 'begun')).toHaveLength(50);
      expect(kinds.filter((kind) => kind === 'refused')).toHaveLength(150);
      expect(await rows('generations')).toHaveLength(100);
      expect(await spent()).toBe(100);
      expect(await store().verify()).toEqual([]);
    });

    test('each goes its own way from there, another stands in for one, and the ledger adds up', async () => {
      await grant(9);
      await store().beginTogether(three(), [], () => ({ admitted: true, fromGrant: 9 }));
      await store().send('c-0', 'owner-1', start + 1);
      await store().giveBack('c-0', 'sent', cut, start + 2);
      const standIn = standInId('c-0');
      const begun = await store().begin(
        draft(standIn, { at: start + 3, price: 1, insteadOf: 'Claid', fromGrant: 4 }),
        [],
        ({ granted: unspent }) => ({ admitted: true, fromGrant: Math.min(unspent, 4) }),
      );
      expect(begun).toMatchObject({
        kind: 'begun',
        generation: { insteadOf: 'Claid', credits: 4 },
      });
      for (const id of [standIn, 'c-1', 'c-2']) await store().send(id, 'owner-1', start + 4);
      await store().settle(standIn, made({ credits: 3 }), []);
      await store().settle('c-1', made({ credits: 2 }), []);
      await store().writeOff('c-2', cut, start + 5);
      await store().posted(standIn, 'message-1');
      await store().posted('c-1', 'message-1');
      expect(await store().verify()).toEqual([]);
      // Six are written off, which the bot still counts.
      expect(await spent()).toBe(3 + 2 + 6);
      // One message shows both.
      expect(await store().findByMessage('guild-1', 'message-1')).toMatchObject({ id: 'c-1' });
      await store().markDeleted(standIn);
      expect(await store().verify()).toEqual([]);
    });
  });
}
