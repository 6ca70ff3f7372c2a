import { describe, expect, test } from 'vitest';
import type { Spent } from '../../../src/domain/ledger.ts';
import {
  admitAll,
  bring,
  capWindows,
  cut,
  dayMs,
  draft,
  hourMs,
  made,
  seeded,
  start,
  usageOf,
} from '../fixtures.ts';
import type { Subject } from '../specification.ts';
import { randomHistory } from './random-history.ts';

export function describeLedger({ store }: Subject): void {
  const usage = (now: number) => usageOf(store(), 'guild-1', 'member-1', now);

  describe('usage', () => {
    test('nothing spent is zero and frees up never', async () => {
      const nothing = { credits: 0, freesAt: null };
      expect(await usage(start)).toEqual({ member: nothing, guild: nothing, bot: nothing });
    });

    test('what was held counts for exactly 24 hours, wherever in its hour', async () => {
      const hour = Math.floor(start / hourMs) * hourMs;
      for (const [index, at] of [hour, hour + 1, hour + hourMs - 1, hour + hourMs].entries()) {
        const member = `member-${index}`;
        await bring(store(), `g${index}`, 'queued', { at, member, guild: `guild-${index}` });
        const spent = async (now: number) =>
          (await usageOf(store(), `guild-${index}`, member, now)).member;
        expect(await spent(at)).toEqual({ credits: 8, freesAt: at + dayMs });
        expect(await spent(at + dayMs - 1)).toEqual({ credits: 8, freesAt: at + dayMs });
        expect(await spent(at + dayMs)).toEqual({ credits: 0, freesAt: null });
      }
    });

    test('within the hour that the edge cuts, only what is inside counts', async () => {
      const hour = Math.floor(start / hourMs) * hourMs;
      await bring(store(), 'early', 'queued', { at: hour + 600_000, images: 1 });
      await bring(store(), 'late', 'queued', { at: hour + 3_000_000, images: 2 });
      await bring(store(), 'later', 'queued', { at: hour + 2 * hourMs, images: 3 });
      expect((await usage(hour + 600_000 + dayMs - 1)).bot).toEqual({
        credits: 12,
        freesAt: hour + 600_000 + dayMs,
      });
      expect((await usage(hour + 600_000 + dayMs)).bot).toEqual({
        credits: 10,
        freesAt: hour + 3_000_000 + dayMs,
      });
      expect((await usage(hour + 3_000_000 + dayMs)).bot).toEqual({
        credits: 6,
        freesAt: hour + 2 * hourMs + dayMs,
      });
    });

    test('what is settled or returned later leaves the window with its hold', async () => {
      await bring(store(), 'dear', 'sent', { at: start });
      await store().settle('dear', made({ credits: 30, at: start + 5 * hourMs }), []);
      await bring(store(), 'returned', 'sent', { at: start });
      await store().giveBack('returned', 'sent', cut, start + 6 * hourMs);
      expect((await usage(start + dayMs - 1)).member).toEqual({
        credits: 30,
        freesAt: start + dayMs,
      });
      expect((await usage(start + dayMs)).member).toEqual({ credits: 0, freesAt: null });
    });

    test('what was returned frees nothing up: the next one does', async () => {
      await bring(store(), 'returned', 'returned', { at: start });
      await bring(store(), 'unknown', 'unknown', { at: start + 1 });
      await bring(store(), 'kept', 'queued', { at: start + 2 });
      const now = await usage(start + 10_000);
      expect(now.member).toEqual({ credits: 8, freesAt: start + 2 + dayMs });
      expect(now.guild).toEqual({ credits: 16, freesAt: start + 1 + dayMs });
      expect(now.bot).toEqual({ credits: 16, freesAt: start + 1 + dayMs });
    });

    test('a free generation holds nothing and frees nothing up', async () => {
      const begun = await store().begin(draft('free', { price: 0 }), capWindows(), admitAll);
      const nothing = { credits: 0, freesAt: null };
      expect(begun).toMatchObject({ standing: { spent: [nothing, nothing, nothing] } });
      expect((await usage(start)).bot).toEqual(nothing);
    });

    test('over a random history it equals the sum of what is inside the window', async () => {
      const history = await randomHistory(store(), 20_261_120, 120);
      const random = seeded(7);
      const moments = Array.from({ length: 12 }, () => start + random(70 * hourMs));
      const edges = history.slice(0, 12).flatMap(({ at }) => [at + dayMs - 1, at + dayMs]);
      for (const now of [...moments, ...edges]) {
        const guild = `guild-${random(3)}`;
        const member = `member-${random(4)}`;
        const inside = history.filter((one) => one.at > now - dayMs);
        const sum = (of: typeof history, amount: 'forMember' | 'shared'): Spent => {
          const counted = of.filter((one) => one[amount] > 0);
          const oldest = counted.length > 0 ? Math.min(...counted.map((one) => one.at)) : null;
          return {
            credits: counted.reduce((total, one) => total + one[amount], 0),
            freesAt: oldest === null ? null : oldest + dayMs,
          };
        };
        expect(await usageOf(store(), guild, member, now)).toEqual({
          member: sum(
            inside.filter((one) => one.member === member),
            'forMember',
          ),
          guild: sum(
            inside.filter((one) => one.guild === guild),
            'shared',
          ),
          bot: sum(inside, 'shared'),
        });
      }
      expect(await store().verify()).toEqual([]);
    });
  });

  describe('accounts', () => {
    test('an account without a figure has no balance, but its cost is known', async () => {
      await bring(store(), 'made', 'pending');
      await bring(store(), 'unknown', 'unknown', { images: 3 });
      await bring(store(), 'elsewhere', 'pending', { account: 'account-2' });
      expect(await store().balance('account-1')).toBeUndefined();
      expect(await store().providerCost('account-1')).toEqual({ settled: 4, unknown: 3 });
      expect(await store().providerCost('nobody')).toEqual({ settled: 0, unknown: 0 });
    });

    test('a balance counts what was spent or may have been since it was noted', async () => {
      await bring(store(), 'before', 'pending', { at: start - hourMs });
      await store().noteBalance('account-1', 500, start);
      expect(await store().balance('account-1')).toEqual({ credits: 500, since: start, spent: 0 });
      await bring(store(), 'made', 'pending');
      await bring(store(), 'unknown', 'unknown', { images: 3 });
      await bring(store(), 'returned', 'returned');
      expect(await store().balance('account-1')).toEqual({ credits: 500, since: start, spent: 7 });
      expect(await store().verify()).toEqual([]);
    });

    test('the same figure goes on counting; a new one starts a new count', async () => {
      await store().noteBalance('account-1', 500, start);
      await bring(store(), 'made', 'pending');
      await store().noteBalance('account-1', 500, start + hourMs);
      expect(await store().balance('account-1')).toEqual({ credits: 500, since: start, spent: 4 });
      await store().noteBalance('account-1', 400, start + hourMs);
      expect(await store().balance('account-1')).toEqual({
        credits: 400,
        since: start + hourMs,
        spent: 0,
      });
      expect(await store().providerCost('account-1')).toEqual({ settled: 4, unknown: 0 });
      expect(await store().verify()).toEqual([]);
    });

    test('what another process settled a moment later, by its own clock, is counted once', async () => {
      await bring(store(), 'ahead', 'pending', { at: start });
      await store().noteBalance('account-1', 500, start + 4_000);
      expect((await store().balance('account-1'))?.spent).toBe(4);
      expect(await store().verify()).toEqual([]);
    });

    test('what was settled at the very moment of the note is counted, before or after it', async () => {
      await bring(store(), 'before', 'pending');
      await store().noteBalance('account-1', 500, start + 5_000);
      await bring(store(), 'after', 'pending');
      expect((await store().balance('account-1'))?.spent).toBe(8);
      expect(await store().verify()).toEqual([]);
    });

    test('a cost may be a fraction of the unit of the provider', async () => {
      await store().noteBalance('account-1', 12.5, start);
      for (const id of ['a', 'b', 'c']) {
        await bring(store(), id, 'sent');
        await store().settle(id, made({ providerCost: 0.0001 }), []);
      }
      expect(await store().balance('account-1')).toEqual({
        credits: 12.5,
        since: start,
        spent: 0.0003,
      });
      expect(await store().providerCost('account-1')).toEqual({ settled: 0.0003, unknown: 0 });
    });
  });
}
