import { describe, expect, test } from 'vitest';
import { bring, dayMs, emptiedRequest, hourMs, stages, start, usageOf } from '../fixtures.ts';
import type { Subject } from '../moderation.ts';
import { block } from './edits.ts';

const later = start + 90 * dayMs;

export function describeRetention({ store, database }: Subject): void {
  describe('what is too old', () => {
    test('loses its words, results and destination, and keeps its numbers', async () => {
      const before = await bring(store(), 'g1', 'unknown');
      await store().told('g1');
      const usage = await usageOf(store(), 'guild-1', 'member-1', start + hourMs);
      expect((await store().purge(start + 1, 10)).ids).toEqual(['g1']);
      expect(await store().find('g1')).toEqual({
        ...before,
        destination: {
          applicationId: '',
          interactionId: '',
          token: null,
          tokenEndsAt: before.destination.tokenEndsAt,
          guildId: 'guild-1',
          channelId: '',
          memberId: 'member-1',
          roleIds: [],
          private: true,
          ageRestricted: false,
          sharedBy: 1,
          locale: '',
          maxFileBytes: 0,
        },
        request: emptiedRequest,
        failure: { kind: 'timeout' },
      });
      expect(await usageOf(store(), 'guild-1', 'member-1', start + hourMs)).toEqual(usage);
      expect(await store().verify()).toEqual([]);
    });

    test('is not found by its message, nor among a member’s latest', async () => {
      await bring(store(), 'g1', 'posted');
      await store().recordPictures('g1', [{ kind: 'kept' }, { kind: 'lost' }], start);
      await store().purge(later, 10);
      expect(await store().find('g1')).toMatchObject({
        delivery: 'posted',
        messageId: null,
        requestId: null,
        sources: [],
        pictures: [],
        warnings: [],
        request: emptiedRequest,
        used: { seed: 7, guidance: 7.5, steps: 20, width: 1_344, height: 768 },
      });
      expect(await store().findByMessage('guild-1', 'message-1')).toBeUndefined();
      expect(await store().latestOf('guild-1', 'member-1', 10)).toEqual([]);
    });

    test('nothing of it is left anywhere in its row', async () => {
      await bring(store(), 'g1', 'posted');
      await store().purge(later, 10);
      const rows = await database().run((db) => db.selectFrom('generations').selectAll().execute());
      expect(JSON.stringify(rows)).not.toMatch(
        /secret|token-of|interaction-g1|channel-1|role-1|pictures\.example|message-1|request-1|cdn\.example|size-changed/,
      );
    });

    test('goes once it has ended, and not before', async () => {
      for (const stage of stages) await bring(store(), stage, stage);
      const ended = ['deleted', 'lapsed', 'posted'];
      expect((await store().purge(later, 100)).ids.toSorted()).toEqual(ended);
      await store().told('returned');
      await store().told('unknown');
      expect((await store().purge(later, 100)).ids.toSorted()).toEqual(['returned', 'unknown']);
      expect(await store().verify()).toEqual([]);
    });

    test('goes once, oldest first, so many at a time; what is younger stays', async () => {
      for (const hour of [3, 1, 2, 5]) {
        await bring(store(), `g${hour}`, 'posted', { at: start + hour * hourMs });
      }
      // Begun before the time and made after it.
      await bring(store(), 'slow', 'posted', { at: start + 4 * hourMs - 1_000 });
      const time = start + 4 * hourMs;
      expect((await store().purge(time, 2)).ids).toEqual(['g1', 'g2']);
      expect((await store().purge(time, 2)).ids).toEqual(['g3']);
      expect((await store().purge(time, 2)).ids).toEqual([]);
      expect(await store().find('slow')).toMatchObject({ messageId: 'message-1' });
    });

    test('goes even where it cannot be read', async () => {
      await bring(store(), 'g1', 'posted');
      await database().run((db) =>
        db
          .updateTable('generations')
          .set({ request: 'secret', used: 'secret', failure: '{' })
          .execute(),
      );
      expect((await store().purge(later, 10)).ids).toEqual(['g1']);
      const rows = await database().run((db) =>
        db.selectFrom('generations').select(['request', 'used']).execute(),
      );
      expect(rows).toEqual([
        { request: '{"model":"","prompt":"","images":0,"given":[]}', used: '{}' },
      ]);
    });

    test('entries of the log go as well', async () => {
      const event = { kind: 'generation', generationId: 'g1', messageId: null } as const;
      for (const at of [start, start + 1, start + 2]) {
        await store().noteLog('guild-1', 'member-1', event, at);
      }
      await store().purge(start + 2, 1);
      const left = await store().readLog('guild-1', { before: null, kinds: [], limit: 10 });
      expect(left.map(({ at }) => at)).toEqual([start + 2]);
    });

    test('tells whether more is left, also where only entries of the log are', async () => {
      const event = { kind: 'generation', generationId: 'g1', messageId: null } as const;
      for (let at = start; at < start + 15; at += 1)
        await store().noteLog('guild-1', 'member-1', event, at);
      expect(await store().purge(later, 1)).toEqual({ ids: [], more: true });
      expect(await store().purge(later, 1)).toEqual({ ids: [], more: false });
      await bring(store(), 'g1', 'posted');
      expect(await store().purge(later, 1)).toEqual({ ids: ['g1'], more: true });
      expect(await store().purge(later, 1)).toEqual({ ids: [], more: false });
    });

    test('blocks that ended go, those in force stay however old', async () => {
      await store().changeBlock('guild-1', 'm1', 'by', start, block({ until: start + 1 }));
      await store().changeBlock('guild-1', 'm2', 'by', start, block());
      await store().purge(later, 10);
      expect([...(await store().settings('guild-1')).blocks.keys()]).toEqual(['m2']);
    });
  });
}
