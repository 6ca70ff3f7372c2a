import { describe, expect, test } from 'vitest';
import { bring, draft, hourMs, made, start } from '../fixtures.ts';
import type { Subject } from '../moderation.ts';
import { block, eachMemberADay, moderator, setLimit } from './edits.ts';

const iso = (time: number): string => new Date(time).toISOString();

export function describeExport({ store }: Subject): void {
  describe('what a member gets of what is stored about them', () => {
    test('somebody of whom nothing is stored gets nothing', async () => {
      await bring(store(), 'g1', 'posted');
      expect(await store().exportMember('nobody')).toEqual({
        requests: [],
        credits: [],
        grants: [],
        limits: [],
        blocks: [],
        log: [],
        drafts: [],
      });
    });

    test('has the addresses of pictures without what would let others fetch them', async () => {
      const address = 'https://bucket.example/a%20b.png';
      const signed = {
        kind: 'address',
        url: `${address}?X-Amz-Signature=5e#x`,
        expiresAt: null,
      } as const;
      await bring(store(), 'g1', 'sent');
      await store().settle('g1', { ...made(), sources: [signed, { kind: 'spooled' }] }, []);
      const { requests } = (await store().exportMember('member-1')) as { requests: unknown };
      expect(requests).toMatchObject([
        { sources: [{ ...signed, url: address }, { kind: 'spooled' }] },
      ]);
      expect(JSON.stringify(requests)).not.toContain('Signature');
    });

    test('is everything, of all guilds, but no secret and nothing of others', async () => {
      const guild = 'guild-1';
      await bring(store(), 'g1', 'posted');
      await bring(store(), 'g2', 'queued', {
        guild: 'guild-2',
        at: start + 1,
        insteadOf: 'Claid',
      });
      await bring(store(), 'other', 'posted', { member: 'member-2' });
      await store().grant(guild, 'member-1', {
        credits: 5,
        reason: 'prize',
        by: moderator,
        at: start,
      });
      await store().changeRules(guild, moderator, start, eachMemberADay(4));
      const own = setLimit({
        subject: { kind: 'member', memberId: 'member-1' },
        period: 'week',
        credits: 9,
      });
      await store().changeRules(guild, moderator, start, own);
      await store().changeBlock(guild, 'member-1', moderator, start, block({ until: start + 1 }));
      await store().noteLog(
        guild,
        'member-1',
        { kind: 'refusal', reason: 'words', channelId: 'c', words: ['bad'] },
        start,
      );
      await store().keepDraft({
        id: 'd1',
        guildId: guild,
        memberId: 'member-1',
        wish: { prompt: 'a draft', negative: 'a dislike' },
        models: ['claid', 'openai'],
        credits: 3,
        private: false,
        expiresAt: start + hourMs,
      });
      const all = await store().exportMember('member-1');
      expect(all).toMatchObject({
        requests: [
          {
            id: 'g1',
            guildId: guild,
            at: iso(start),
            insteadOf: null,
            request: draft('g1').request,
            used: made().used,
            warnings: made().warnings,
            messageId: 'message-1',
            destination: { channelId: 'channel-1' },
          },
          { id: 'g2', guildId: 'guild-2', insteadOf: 'Claid', madeAt: null, used: {} },
        ],
        credits: [
          { requestId: 'g1', kind: 'hold', credits: 8 },
          { requestId: 'g1', kind: 'settle', credits: 0 },
          { requestId: 'g2', kind: 'hold', credits: 8 },
        ],
        grants: [{ guildId: guild, kind: 'grant', credits: 5, reason: 'prize' }],
        limits: [{ guildId: guild, period: 'week', credits: 9 }],
        blocks: [{ guildId: guild, until: iso(start + 1), reason: 'spam' }],
        log: [
          { byYou: false, event: { change: { what: 'grant' } } },
          { byYou: false, event: { change: { what: 'limit', after: 9 } } },
          { byYou: false, event: { change: { what: 'block', after: { reason: 'spam' } } } },
          { byYou: true, event: { reason: 'words', words: ['bad'] } },
        ],
        drafts: [
          {
            guildId: guild,
            request: { prompt: 'a draft', negative: 'a dislike' },
            models: ['claid', 'openai'],
            credits: 3,
            until: iso(start + hourMs),
          },
        ],
      });
      const text = JSON.stringify(all);
      expect(text).not.toContain('token-of');
      expect(text).not.toContain('member-2');
      expect(text).not.toContain(moderator);
    });
  });
}
