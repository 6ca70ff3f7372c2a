import { describe, expect, test } from 'vitest';
import type { Pot, Standing } from '../../../src/domain/ledger.ts';
import type { Admission } from '../../../src/domain/store.ts';
import { admitAll, bring, cut, dayMs, draft, made, start } from '../fixtures.ts';
import type { Subject } from '../specification.ts';

export function describeGrants({ store }: Subject): void {
  const grant = (credits: number, member = 'member-1', guild = 'guild-1') =>
    store().grant(guild, member, { credits, reason: 'a prize', by: 'moderator-1', at: start });
  const standing = (member = 'member-1', guild = 'guild-1') => {
    const pots: Pot[] = [
      { kind: 'member', guildId: guild, memberId: member },
      { kind: 'person', memberId: member },
      { kind: 'guild', guildId: guild },
      { kind: 'bot' },
    ];
    const windows = pots.map((pot) => ({ pot, lengthMs: dayMs }));
    return store().standing(guild, member, windows, start + 60_000);
  };
  /** What is left of the grant, and what counts for member, person, guild and bot. */
  const figures = async (): Promise<number[]> => {
    const { granted, spent } = await standing();
    return [granted, ...spent.map(({ credits }) => credits)];
  };
  const log = () => store().readLog('guild-1', { before: null, kinds: [], limit: 9 });

  describe('grants', () => {
    test('are for one member in one guild, add up, and are logged with who gave them', async () => {
      const first = await grant(5);
      expect(first).toEqual({
        what: 'grant',
        memberId: 'member-1',
        before: 0,
        after: 5,
        reason: 'a prize',
      });
      expect(await grant(2)).toMatchObject({ before: 5, after: 7 });
      expect((await standing()).granted).toBe(7);
      expect((await standing('member-2')).granted).toBe(0);
      expect((await standing('member-1', 'guild-2')).granted).toBe(0);
      expect(await log()).toMatchObject([
        { by: 'moderator-1', event: { change: { before: 5, after: 7 } } },
        { guildId: 'guild-1', at: start, event: { kind: 'change', change: first } },
      ]);
      expect(await store().verify()).toEqual([]);
    });

    test('what is unspent can be taken back, and no more than that', async () => {
      await grant(5);
      expect(await grant(-2)).toMatchObject({ before: 5, after: 3 });
      expect(await grant(-9)).toMatchObject({ before: 3, after: 0 });
      expect(await grant(-1)).toMatchObject({ before: 0, after: 0 });
      // What changed nothing is no news.
      expect(await log()).toHaveLength(3);
      expect((await standing()).granted).toBe(0);
      expect(await store().verify()).toEqual([]);
    });

    test('that are no integers, or too large to count, are refused and leave nothing behind', async () => {
      await grant(5);
      for (const credits of [0.5, Number.NaN, Infinity, Number.MAX_SAFE_INTEGER]) {
        await expect(grant(credits)).rejects.toThrow(RangeError);
      }
      expect((await standing()).granted).toBe(5);
      expect(await log()).toHaveLength(1);
    });

    test('what they pay counts for all but the guild’s rules on members', async () => {
      await grant(5);
      await bring(store(), 'g1', 'queued', { fromGrant: 5 });
      expect(await figures()).toEqual([0, 3, 8, 8, 8]);
      await bring(store(), 'g2', 'queued');
      expect(await figures()).toEqual([0, 11, 16, 16, 16]);
    });

    test('no more is taken than there is and than is held, or nothing is written', async () => {
      await grant(9);
      for (const fromGrant of [9, -1, 0.5]) {
        await expect(bring(store(), 'g1', 'queued', { fromGrant })).rejects.toThrow(RangeError);
      }
      await bring(store(), 'g2', 'queued', { fromGrant: 8 });
      await expect(bring(store(), 'g3', 'queued', { fromGrant: 2 })).rejects.toThrow(RangeError);
      expect(await store().find('g1')).toBeUndefined();
      expect(await store().find('g3')).toBeUndefined();
      expect(await figures()).toEqual([1, 0, 8, 8, 8]);
    });

    test('what a cheaper result leaves goes back to the grant first, then to the allowance', async () => {
      await grant(10);
      for (const [cost, expected] of [
        // Three of eight came from the grant.
        [8, [7, 5, 8, 8, 8]],
        [6, [9, 5, 6, 6, 6]],
        [4, [10, 4, 4, 4, 4]],
        [0, [10, 0, 0, 0, 0]],
        // What is dearer than the hold is the member's own.
        [9, [7, 6, 9, 9, 9]],
      ] as const) {
        await bring(store(), `cost-${cost}`, 'pending', { fromGrant: 3, cost });
        expect(await figures()).toEqual(expected);
        await store().lapse(`cost-${cost}`, start + 9_000);
        expect(await figures()).toEqual([10, 0, 0, 0, 0]);
      }
      expect(await store().verify()).toEqual([]);
    });

    test('what settle says counts what has come back', async () => {
      await grant(3);
      await bring(store(), 'g1', 'sent', { fromGrant: 3 });
      const after = await store().settle('g1', made({ credits: 7 }), []);
      expect(after?.granted).toBe(1);
    });

    test('what is given back or written off goes back to where it was taken', async () => {
      await grant(10);
      await bring(store(), 'queued', 'queued', { fromGrant: 3 });
      await bring(store(), 'sent', 'sent', { fromGrant: 4 });
      expect(await figures()).toEqual([3, 9, 16, 16, 16]);
      await store().giveBack('queued', 'queued', cut, start + 2_000);
      expect(await figures()).toEqual([6, 4, 8, 8, 8]);
      await store().writeOff('sent', cut, start + 2_000);
      // The guild and the bot still count it.
      expect(await figures()).toEqual([10, 0, 0, 8, 8]);
      expect(await store().verify()).toEqual([]);
    });

    test('of many that begin at once, while some are taken back, none takes what is not there', async () => {
      await grant(20);
      const admit = ({ granted }: Standing): Admission =>
        granted > 0
          ? { admitted: true, fromGrant: 1 }
          : { admitted: false, refusal: { reason: 'no-room' } };
      const begun = Array.from({ length: 40 }, async (_, index) => {
        const wanted = draft(`g${index}`, { images: 1, price: 1 });
        return (await store().begin(wanted, [], admit)).kind;
      });
      const changes = Array.from({ length: 10 }, () => grant(-1));
      const kinds = await Promise.all(begun);
      const takenBack = (await Promise.all(changes)).map((change) =>
        change.what === 'grant' ? change.before - change.after : 0,
      );
      const passed = kinds.filter((kind) => kind === 'begun').length;
      expect(passed + takenBack.reduce((total, credits) => total + credits, 0)).toBe(20);
      expect((await standing()).granted).toBe(0);
      expect(await store().verify()).toEqual([]);
    });

    test('a policy that takes nothing from them leaves them alone', async () => {
      await grant(4);
      await store().begin(draft('g1'), [], admitAll);
      expect(await figures()).toEqual([4, 8, 8, 8, 8]);
    });
  });
}
