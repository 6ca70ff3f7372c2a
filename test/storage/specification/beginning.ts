import { describe, expect, test } from 'vitest';
import type { Refusal } from '../../../src/domain/refusal.ts';
import type { Standing } from '../../../src/domain/ledger.ts';
import {
  admitAll,
  admitUpTo,
  bring,
  capWindows,
  dayMs,
  draft,
  hourMs,
  made,
  refused,
  start,
  usageOf,
} from '../fixtures.ts';
import type { Subject } from '../specification.ts';

export function describeBeginning({ store }: Subject): void {
  describe('beginning', () => {
    test('a generation is written as it was asked for, and its credits are held', async () => {
      const wanted = draft('g1', { images: 3, price: 2 });
      const begun = await store().begin(wanted, capWindows(), admitAll);
      const generation = {
        id: 'g1',
        destination: wanted.destination,
        provider: 'claid',
        account: 'account-1',
        request: wanted.request,
        price: 2,
        credits: 6,
        state: 'queued',
        delivery: 'none',
        failure: null,
        requestId: null,
        jobRef: null,
        sources: [],
        pictures: [],
        warnings: [],
        used: {},
        insteadOf: null,
        messageId: null,
        createdAt: start,
        sentAt: null,
        madeAt: null,
      };
      const spent = { credits: 6, freesAt: start + dayMs };
      expect(begun).toEqual({
        kind: 'begun',
        generation,
        standing: {
          spent: [spent, spent, spent],
          granted: 0,
          contentRefusals: [],
          lastBegunAt: start,
        },
      });
      expect(await store().find('g1')).toEqual(generation);
      expect(await usageOf(store(), 'guild-1', 'member-1', start)).toEqual({
        member: spent,
        guild: spent,
        bot: spent,
      });
    });

    test('nobody is found under an id that was never written', async () => {
      expect(await store().find('nobody')).toBeUndefined();
    });

    test('the policy sees the ledger without the draft, each window by itself', async () => {
      await bring(store(), 'same', 'queued', { at: start });
      await bring(store(), 'elsewhere', 'queued', { at: start + 1, guild: 'guild-2', images: 1 });
      await bring(store(), 'neighbour', 'queued', { at: start + 2, member: 'member-2', images: 2 });
      await bring(store(), 'stranger', 'queued', {
        at: start + 3,
        guild: 'guild-3',
        member: 'member-3',
      });
      const seen: Standing[] = [];
      await store().begin(draft('g1', { at: start + hourMs }), capWindows(), (standing) => {
        seen.push(standing);
        return admitAll();
      });
      const freesAt = start + dayMs;
      expect(seen).toEqual([
        {
          spent: [
            { credits: 10, freesAt },
            { credits: 12, freesAt },
            { credits: 22, freesAt },
          ],
          granted: 0,
          contentRefusals: [],
          lastBegunAt: start,
        },
      ]);
    });

    test('a refused one leaves nothing behind', async () => {
      const refusal: Refusal = { reason: 'blocked' };
      const begun = await store().begin(draft('g1'), [], () => ({ admitted: false, refusal }));
      expect(begun).toEqual({ kind: 'refused', refusal });
      expect(await store().find('g1')).toBeUndefined();
      expect((await usageOf(store(), 'guild-1', 'member-1', start)).bot).toEqual({
        credits: 0,
        freesAt: null,
      });
      expect(await store().begin(draft('g1'), [], admitAll)).toMatchObject({ kind: 'begun' });
    });

    test('a repeat of the id changes nothing and asks nobody', async () => {
      const first = await bring(store(), 'g1', 'sent');
      let asked = 0;
      const repeated = await store().begin(
        draft('g1', { images: 1, member: 'member-2', at: start + 1 }),
        [],
        () => {
          asked += 1;
          return admitAll();
        },
      );
      expect(repeated).toEqual({ kind: 'repeated', generation: first });
      expect(asked).toBe(0);
      expect((await usageOf(store(), 'guild-1', 'member-1', start)).bot.credits).toBe(8);
    });

    test('of the same id begun many times at once, one begins', async () => {
      const kinds = await Promise.all(
        Array.from(
          { length: 20 },
          async () => (await store().begin(draft('g1'), [], admitAll)).kind,
        ),
      );
      expect(kinds.toSorted()).toEqual(['begun', ...Array<string>(19).fill('repeated')]);
      expect((await usageOf(store(), 'guild-1', 'member-1', start)).bot.credits).toBe(8);
    });

    test('an error of the policy comes through as it is, and nothing is written', async () => {
      const bug = new TypeError('a bug in the policy');
      await expect(
        store().begin(draft('g1'), [], () => {
          throw bug;
        }),
      ).rejects.toBe(bug);
      expect(await store().find('g1')).toBeUndefined();
      expect(await store().begin(draft('g2'), [], admitAll)).toMatchObject({ kind: 'begun' });
    });

    test('credits that are no integers of zero or more are refused, and nothing is written', async () => {
      for (const price of [0.5, -1, Number.NaN, 2 ** 53]) {
        await expect(store().begin(draft('g1', { price }), [], admitAll)).rejects.toThrow(
          RangeError,
        );
      }
      const before = await bring(store(), 'g2', 'sent');
      await expect(store().settle('g2', made({ credits: 1.5 }), [])).rejects.toThrow(RangeError);
      expect(await store().find('g1')).toBeUndefined();
      expect(await store().find('g2')).toEqual(before);
      expect((await usageOf(store(), 'guild-1', 'member-1', start)).bot.credits).toBe(8);
    });

    test('where a cap has room for 100, exactly 100 of 200 begun at once pass', async () => {
      const kinds = await Promise.all(
        Array.from({ length: 200 }, async (_, index) => {
          const wanted = draft(`g${index}`, {
            member: `member-${index % 7}`,
            guild: `guild-${index % 3}`,
            at: start + index,
            images: 1,
            price: 1,
          });
          const [, , botDay] = capWindows();
          const begun = await store().begin(wanted, [botDay], admitUpTo(100));
          return begun.kind;
        }),
      );
      expect(kinds.filter((kind) => kind === 'begun')).toHaveLength(100);
      expect(kinds.filter((kind) => kind === 'refused')).toHaveLength(100);
      expect((await usageOf(store(), 'guild-1', 'member-1', start + 200)).bot.credits).toBe(100);
      expect(await store().verify()).toEqual([]);
    });

    test('the policy sees the latest ten content refusals of the member, newest first', async () => {
      for (let index = 0; index < 12; index += 1) {
        const id = `g${index}`;
        await bring(store(), id, 'sent', { guild: `guild-${index % 2}` });
        await store().giveBack(id, 'sent', refused, start + index);
      }
      await bring(store(), 'blank', 'pending');
      const pictures = [{ kind: 'kept' }, { kind: 'blank' }] as const;
      await store().recordPictures('blank', pictures, start + 100);
      // A recovered delivery looks again; the member was refused once.
      await store().recordPictures('blank', pictures, start + 200);
      // None of these is a content refusal of this member.
      await bring(store(), 'timeout', 'returned');
      await bring(store(), 'good', 'pending');
      await store().recordPictures('good', [{ kind: 'kept' }, { kind: 'lost' }], start + 300);
      await bring(store(), 'other', 'sent', { member: 'member-2' });
      await store().giveBack('other', 'sent', refused, start + 400);

      const seen: Standing[] = [];
      await store().begin(draft('next'), [], (standing) => {
        seen.push(standing);
        return admitAll();
      });
      const returned = [11, 10, 9, 8, 7, 6, 5, 4, 3].map((index) => start + index);
      expect(seen[0]?.contentRefusals).toEqual([start + 100, ...returned]);
    });

    test('the standing that settle returns is the one after it', async () => {
      await bring(store(), 'g1', 'sent');
      const spent = { credits: 3, freesAt: start + dayMs };
      expect(await store().settle('g1', made({ credits: 3 }), capWindows())).toEqual({
        spent: [spent, spent, spent],
        granted: 0,
        contentRefusals: [],
        lastBegunAt: start,
      });
    });

    test('the latest request of a member in a guild that was not returned is known', async () => {
      const last = async (guild = 'guild-1') =>
        (await store().standing(guild, 'member-1', [], start)).lastBegunAt;
      expect(await last()).toBeNull();
      await bring(store(), 'queued', 'queued', { at: start - 3_000 });
      await bring(store(), 'unknown', 'unknown', { at: start - 2_000 });
      await bring(store(), 'returned', 'returned', { at: start - 1_000 });
      await bring(store(), 'elsewhere', 'queued', { at: start, guild: 'guild-2' });
      await bring(store(), 'neighbour', 'queued', { at: start, member: 'member-2' });
      expect(await last()).toBe(start - 2_000);
      expect(await last('guild-2')).toBe(start);
      expect(await last('guild-3')).toBeNull();
    });
  });
}
