import { describe, expect, test } from 'vitest';
import type { Refusal } from '../../../src/domain/refusal.ts';
import { bring, dayMs, hourMs, made, start } from '../fixtures.ts';
import type { Subject } from '../moderation.ts';

const guild = 'guild-1';
const midnight = Math.floor(start / dayMs) * dayMs;

export function describeReports({ store, database, unreadable }: Subject): void {
  describe('what moderators look up', () => {
    test('a generation is found by its message, in its own guild', async () => {
      const generation = await bring(store(), 'g1', 'posted');
      expect(await store().findByMessage(guild, 'message-1')).toEqual(generation);
      expect(await store().findByMessage('guild-2', 'message-1')).toBeUndefined();
      expect(await store().findByMessage(guild, 'message-2')).toBeUndefined();
    });

    test('a member’s latest made generations come newest first, of one guild or of all', async () => {
      for (let index = 0; index < 5; index += 1) {
        await bring(store(), `g${index}`, index === 3 ? 'queued' : 'posted', {
          at: start + index,
          guild: index === 1 ? 'guild-2' : guild,
        });
      }
      await bring(store(), 'other', 'posted', { member: 'member-2' });
      const ids = async (guildId: string | null, limit: number) =>
        (await store().latestOf(guildId, 'member-1', limit)).map(({ id }) => id);
      expect(await ids(guild, 10)).toEqual(['g4', 'g2', 'g0']);
      expect(await ids(null, 10)).toEqual(['g4', 'g2', 'g1', 'g0']);
      expect(await ids(null, 2)).toEqual(['g4', 'g2']);
    });

    test('a generation that cannot be read is left out of the latest, and said to be', async () => {
      await bring(store(), 'g1', 'posted');
      await bring(store(), 'g2', 'posted', { at: start + 1 });
      await database().run((db) =>
        db.updateTable('generations').set({ sources: '{' }).where('id', '=', 'g2').execute(),
      );
      expect(await store().latestOf(guild, 'member-1', 10)).toMatchObject([{ id: 'g1' }]);
      expect(unreadable).toEqual(['g2']);
    });

    test('a guild without any use has a report of nothing', async () => {
      const report = await store().report(guild, start);
      expect(report).toMatchObject({
        credits: 0,
        pictures: 0,
        requests: 0,
        members: 0,
        top: [],
        refusals: [],
      });
      expect(report.days).toHaveLength(30);
      expect(report.days[0]).toEqual({ day: midnight - 29 * dayMs, credits: 0 });
      expect(report.days.at(-1)).toEqual({ day: midnight, credits: 0 });
    });

    test('a report counts the last 30 days of one guild: what was spent and not returned', async () => {
      // Too old, in another guild, returned, unknown: none of these counts as spent.
      await bring(store(), 'old', 'posted', { at: midnight - 29 * dayMs - hourMs });
      await bring(store(), 'elsewhere', 'posted', { guild: 'guild-2' });
      await bring(store(), 'returned', 'returned', { member: 'member-3' });
      await bring(store(), 'unknown', 'unknown', { member: 'member-3' });
      await bring(store(), 'first', 'posted', { at: midnight - 29 * dayMs, images: 1 });
      await bring(store(), 'three of four', 'posted', { at: midnight - dayMs, cost: 6 });
      await bring(store(), 'same day', 'posted', {
        at: midnight - hourMs,
        member: 'member-2',
        images: 3,
        price: 5,
      });
      await bring(store(), 'held', 'queued', { member: 'member-2', price: 1 });
      const report = await store().report(guild, start);
      expect(report).toMatchObject({
        credits: 27,
        requests: 3,
        pictures: 7,
        members: 3,
        top: [
          { memberId: 'member-2', credits: 19 },
          { memberId: 'member-1', credits: 8 },
        ],
      });
      expect(report.days.filter(({ credits }) => credits > 0)).toEqual([
        { day: midnight - 29 * dayMs, credits: 2 },
        { day: midnight - dayMs, credits: 21 },
        { day: midnight, credits: 4 },
      ]);
    });

    test('pictures that cost nothing are counted as well', async () => {
      await bring(store(), 'g1', 'sent', { price: 0 });
      const url = 'https://pictures.example/?x="kind":"address"';
      const source = { kind: 'address', url, expiresAt: null } as const;
      await store().settle('g1', made({ credits: 0, sources: [source, source, source] }), []);
      await bring(store(), 'g2', 'posted', { images: 2 });
      expect(await store().report(guild, start)).toMatchObject({ requests: 2, pictures: 5 });
    });

    test('the ten who spent most are named, those who were erased are only counted', async () => {
      for (let index = 1; index <= 12; index += 1) {
        await bring(store(), `g${index}`, 'posted', {
          member: `m${index}`,
          images: 1,
          price: index,
        });
      }
      await store().eraseMember('m11', start);
      const report = await store().report(guild, start);
      expect(report.members).toBe(12);
      expect(report.credits).toBe(78);
      expect(report.top.map(({ memberId }) => memberId)).toEqual(
        [12, 10, 9, 8, 7, 6, 5, 4, 3, 2].map((index) => `m${index}`),
      );
    });

    test('refusals are counted by their reason, most first', async () => {
      const refuse = (reason: Refusal['reason'], at: number, guildId = guild) =>
        store().noteLog(
          guildId,
          'member-1',
          { kind: 'refusal', reason, channelId: 'c', words: [] },
          at,
        );
      await refuse('cap', start);
      await refuse('words', start);
      await refuse('words', midnight - 29 * dayMs);
      await refuse('cap', midnight - 29 * dayMs - 1);
      await refuse('stopped', start, 'guild-2');
      expect((await store().report(guild, start)).refusals).toEqual([
        { reason: 'words', count: 2 },
        { reason: 'cap', count: 1 },
      ]);
    });
  });
}
