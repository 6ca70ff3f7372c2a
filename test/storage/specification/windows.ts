import { describe, expect, test } from 'vitest';
import type { Pot, Window } from '../../../src/domain/ledger.ts';
import { periodMs } from '../../../src/domain/rule.ts';
import { admitAll, bring, dayMs, draft, hourMs, seeded, start } from '../fixtures.ts';
import type { Subject } from '../specification.ts';
import { countedIn, grantedBefore, randomHistory } from './random-history.ts';
import type { Counted } from './random-history.ts';

function pots(guildId: string, memberId: string): Pot[] {
  return [
    { kind: 'member', guildId, memberId },
    { kind: 'person', memberId },
    { kind: 'guild', guildId },
    { kind: 'bot' },
  ];
}

/** Every pot of a member in a guild, over every period. */
function allWindows(guildId: string, memberId: string): Window[] {
  return pots(guildId, memberId).flatMap((pot) =>
    Object.values(periodMs).map((lengthMs) => ({ pot, lengthMs })),
  );
}

const hour = Math.floor(start / hourMs) * hourMs;

export function describeWindows({ store }: Subject): void {
  const spent = async (window: Window, now: number) => (await store().spent([window], now))[0];

  describe('windows', () => {
    for (const [period, lengthMs] of Object.entries(periodMs)) {
      test(`what was held counts for exactly one ${period}, wherever in its hour`, async () => {
        for (const [index, at] of [hour, hour + 1, hour + hourMs - 1].entries()) {
          const guild = `guild-${index}`;
          const member = `member-${index}`;
          await bring(store(), `g${index}`, 'pending', { at, guild, member });
          for (const pot of pots(guild, member).slice(0, 3)) {
            const window = { pot, lengthMs };
            const counts = { credits: 8, freesAt: at + lengthMs };
            expect(await spent(window, at)).toEqual(counts);
            expect(await spent(window, at + lengthMs - 1)).toEqual(counts);
            expect(await spent(window, at + lengthMs)).toEqual({ credits: 0, freesAt: null });
            expect(await store().freesEnoughAt(window, 8, at + lengthMs - 1)).toBe(at + lengthMs);
            expect(await store().freesEnoughAt(window, 9, at + lengthMs - 1)).toBeNull();
          }
        }
      });
    }

    test('over a random history each equals the sum of what is inside, and frees up with it', async () => {
      const history = await randomHistory(store(), 31_415, 150, 33 * dayMs);
      const random = seeded(9);
      const edges = history.slice(0, 6).flatMap(({ at }) => [at + dayMs - 1, at + dayMs]);
      const moments = Array.from({ length: 8 }, () => start + random(40 * dayMs));
      for (const now of [...moments, ...edges]) {
        const guild = `guild-${random(3)}`;
        const member = `member-${random(4)}`;
        const windows = allWindows(guild, member);
        const sums = await store().spent(windows, now);
        for (const [place, window] of windows.entries()) {
          const inside = insideOf(window, history, now);
          expect(sums[place]).toEqual({
            credits: inside.reduce((total, one) => total + one.credits, 0),
            freesAt: inside[0] === undefined ? null : inside[0].at + window.lengthMs,
          });
          const wanted = 1 + random(60);
          expect(await store().freesEnoughAt(window, wanted, now)).toBe(
            enoughAt(inside, wanted, window.lengthMs),
          );
        }
        const mine = history.filter((one) => one.guild === guild && one.member === member);
        const { granted } = await store().standing(guild, member, [], now);
        expect(granted).toBe(mine.reduce((left, one) => left - one.granted, grantedBefore));
      }
      expect(await store().verify()).toEqual([]);
    });

    test('what begin says of the windows is what they show afterwards', async () => {
      await randomHistory(store(), 27_182, 40, 26 * hourMs);
      await store().reset('guild-1', 'member-1', 'moderator-1', start + 25 * hourMs);
      const windows = [...allWindows('guild-1', 'member-1'), ...allWindows('guild-2', 'member-3')];
      for (const [index, fromGrant] of [0, 3, 8].entries()) {
        // The first before the reset, by a clock that is behind.
        const at = start + (24 + index) * hourMs;
        const wanted = draft(`next-${index}`, { at });
        const begun = await store().begin(wanted, windows, () => ({ admitted: true, fromGrant }));
        const standing = await store().standing('guild-1', 'member-1', windows, at);
        expect(begun).toMatchObject({ kind: 'begun', standing: { spent: standing.spent } });
        expect(begun).toMatchObject({ standing: { granted: standing.granted } });
      }
    });

    test('no windows have no sums', async () => {
      await bring(store(), 'g1', 'queued');
      expect(await store().spent([], start)).toEqual([]);
      expect((await store().standing('guild-1', 'member-1', [], start)).spent).toEqual([]);
    });

    test('enough has left when the last of it has, be it the same moment or the same hour', async () => {
      const window: Window = { pot: { kind: 'guild', guildId: 'guild-1' }, lengthMs: dayMs };
      for (const [index, at] of [hour + 10, hour + 10, hour + 20, hour + 3 * hourMs].entries()) {
        await bring(store(), `g${index}`, 'queued', { at, images: 1 });
      }
      await bring(store(), 'returned', 'returned', { at: hour + 15 });
      const at = (credits: number, now = hour + 4 * hourMs) =>
        store().freesEnoughAt(window, credits, now);
      expect(await at(1)).toBe(hour + 10 + dayMs);
      expect(await at(4)).toBe(hour + 10 + dayMs);
      expect(await at(5)).toBe(hour + 20 + dayMs);
      expect(await at(6)).toBe(hour + 20 + dayMs);
      expect(await at(8)).toBe(hour + 3 * hourMs + dayMs);
      expect(await at(9)).toBeNull();
      // Once the first have left, fewer are there to leave.
      expect(await at(1, hour + 10 + dayMs)).toBe(hour + 20 + dayMs);
      expect(await at(5, hour + 10 + dayMs)).toBeNull();
    });

    test('a day has 24 hours also where clocks are put forward or back', async () => {
      // Central Europe and New York, in spring and in autumn.
      const changes = ['2026-03-29T01:00Z', '2026-10-25T01:00Z', '2026-03-08T07:00Z', '2026-11-01'];
      for (const [index, change] of changes.entries()) {
        const at = Date.parse(change) - hourMs / 2;
        const member = `member-${index}`;
        await bring(store(), `g${index}`, 'queued', { at, member });
        const window: Window = { pot: { kind: 'person', memberId: member }, lengthMs: dayMs };
        expect((await spent(window, at + dayMs - 1))?.credits).toBe(8);
        expect((await spent(window, at + dayMs))?.credits).toBe(0);
      }
    });

    test('ids that are one apart beyond what a number can hold are two', async () => {
      const ids = ['9223372036854775806', '9223372036854775807'] as const;
      const [guild, member] = ids;
      await bring(store(), `${ids[0]}-0`, 'pending', { guild, member });
      await store().grant(guild, member, { credits: 5, reason: 'r', by: ids[1], at: start });
      const seen = async (guildId: string, memberId: string) => {
        const windows = allWindows(guildId, memberId).filter(({ pot }) => pot.kind !== 'bot');
        const standing = await store().standing(guildId, memberId, windows, start);
        return [standing.granted, ...new Set(standing.spent.map(({ credits }) => credits))];
      };
      expect(await seen(guild, member)).toEqual([5, 8]);
      expect(await seen(member, guild)).toEqual([0, 0]);
      expect(await store().find(`${ids[1]}-0`)).toBeUndefined();
      expect(await store().verify()).toEqual([]);
    });
  });

  describe('a reset', () => {
    const member: Pot = { kind: 'member', guildId: 'guild-1', memberId: 'member-1' };
    const month = { pot: member, lengthMs: periodMs.month };

    test('ends what a member spent before, for the guild’s rules on that member alone', async () => {
      for (const [index, at] of [start - dayMs, start - 1, start, start + 1].entries()) {
        await bring(store(), `g${index}`, 'queued', { at, images: 1 });
      }
      await bring(store(), 'neighbour', 'queued', { member: 'member-2', at: start - 1 });
      await bring(store(), 'elsewhere', 'queued', { guild: 'guild-2', at: start - 1 });
      await store().reset('guild-1', 'member-1', 'moderator-1', start);
      const now = start + hourMs;
      const credits = async (pot: Pot) =>
        (await spent({ pot, lengthMs: periodMs.month }, now))?.credits;
      expect(await spent(month, now)).toEqual({
        credits: 2,
        freesAt: start + 1 + periodMs.month,
      });
      expect(await credits({ kind: 'person', memberId: 'member-1' })).toBe(16);
      expect(await credits({ kind: 'guild', guildId: 'guild-1' })).toBe(16);
      expect(await credits({ kind: 'bot' })).toBe(24);
      expect(await credits({ ...member, memberId: 'member-2' })).toBe(8);
      expect(await credits({ ...member, guildId: 'guild-2' })).toBe(8);
      expect(await store().freesEnoughAt(month, 2, now)).toBe(start + 1 + periodMs.month);
      expect(await store().freesEnoughAt(month, 3, now)).toBeNull();
      expect(await store().verify()).toEqual([]);
    });

    test('does not lift what is settled for more after it, nor count what is returned after it', async () => {
      await bring(store(), 'g1', 'sent', { at: start - 1 });
      await bring(store(), 'g2', 'sent', { at: start - 1 });
      await store().reset('guild-1', 'member-1', 'moderator-1', start);
      await store().giveBack('g1', 'sent', { kind: 'timeout' }, start + 5);
      await store().begin(draft('g3', { at: start + 6, images: 1 }), [], admitAll);
      expect(await spent(month, start + 10)).toEqual({
        credits: 2,
        freesAt: start + 6 + periodMs.month,
      });
    });

    test('of several the latest counts, in whichever order they arrive', async () => {
      await bring(store(), 'g1', 'queued', { at: start });
      await store().reset('guild-1', 'member-1', 'moderator-1', start + 1);
      await store().reset('guild-1', 'member-1', 'moderator-2', start - 1);
      expect((await spent(month, start + 2))?.credits).toBe(0);
      expect(await store().verify()).toEqual([]);
    });

    test('is told and logged with who did it', async () => {
      const change = await store().reset('guild-1', 'member-1', 'moderator-1', start);
      expect(change).toEqual({ what: 'reset', memberId: 'member-1' });
      const log = await store().readLog('guild-1', { before: null, kinds: [], limit: 5 });
      expect(log).toMatchObject([
        { guildId: 'guild-1', at: start, by: 'moderator-1', event: { kind: 'change', change } },
      ]);
    });
  });
}

interface Part {
  readonly at: number;
  readonly credits: number;
}

/** What counts in a window, oldest first. */
function insideOf({ pot, lengthMs }: Window, history: readonly Counted[], now: number): Part[] {
  return history
    .filter(({ at }) => at > now - lengthMs)
    .map((one) => ({ at: one.at, credits: countedIn(pot, one) }))
    .filter(({ credits }) => credits > 0)
    .toSorted((a, b) => a.at - b.at);
}

function enoughAt(inside: readonly Part[], wanted: number, lengthMs: number): number | null {
  let left = wanted;
  for (const { at, credits } of inside) {
    left -= credits;
    if (left <= 0) return at + lengthMs;
  }
  return null;
}
