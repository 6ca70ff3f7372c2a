import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { Window } from '../../../src/domain/ledger.ts';
import { idsOf } from '../../../src/storage/erased.ts';
import { bring, capWindows, dayMs, draft, hourMs, stages, start, usageOf } from '../fixtures.ts';
import type { Subject } from '../moderation.ts';
import {
  block,
  eachMemberADay,
  guild,
  member,
  moderator,
  setLimit,
  setLogChannel,
} from './edits.ts';

const mine = { guild, member } as const;
const windows: readonly Window[] = [
  { pot: { kind: 'member', guildId: guild, memberId: member }, lengthMs: dayMs },
  ...capWindows(guild, member),
];

export function describeErasing({ store, database }: Subject): void {
  describe('a member who was erased', () => {
    const ids = () => database().run((db) => idsOf(db, member));
    const spent = async (at = start + hourMs) =>
      (await store().spent(windows, at)).map(({ credits }) => credits);

    /** Every row of every table, as text. */
    async function everything(): Promise<string> {
      return database().run(async (db) => {
        const tables = await db.introspection.getTables();
        const rows = await Promise.all(
          tables.map(async ({ name }) => [
            name,
            (await sql`select * from ${sql.table(name)}`.execute(db)).rows,
          ]),
        );
        return JSON.stringify(rows);
      });
    }

    test('has one id until then, and a second one from then on', async () => {
      expect(await ids()).toEqual([member]);
      await store().eraseMember('somebody else', start);
      expect(await ids()).toEqual([member]);
      await store().eraseMember(member, start);
      const [first, second, ...more] = await ids();
      expect(first).toBe(member);
      expect(second).toMatch(/^erased-[\da-f]{64}$/);
      expect(more).toEqual([]);
      await store().eraseMember(member, start + 1);
      expect(await ids()).toEqual([first, second]);
    });

    test('leaves no id, no words and no place behind, but what moderators set for them', async () => {
      await store().changeRules(guild, moderator, start, setLogChannel('log'));
      await store().changeBlock(guild, 'm9', member, start, block({ by: member }));
      await store().changeRules(guild, member, start, ({ rules }) => ({
        rules: { ...rules, stopped: { reason: null, by: member, at: start } },
        change: {
          what: 'stopped',
          before: null,
          after: { reason: null, by: member, at: start },
        },
      }));
      await store().grant(guild, member, {
        credits: 20,
        reason: `for <@${member}>`,
        by: moderator,
        at: start,
      });
      await store().grant(guild, 'm9', { credits: 1, reason: 'x', by: member, at: start });
      await store().reset(guild, member, moderator, start - 1);
      await bring(store(), 'g1', 'posted', { ...mine, fromGrant: 5 });
      await bring(store(), 'g2', 'returned', { ...mine, guild: 'guild-2', fromGrant: 0 });
      await store().told('g2');
      await store().noteLog(
        guild,
        member,
        { kind: 'refusal', reason: 'words', channelId: 'c', words: ['a secret wish'] },
        start,
      );
      await store().noteLog(
        guild,
        member,
        { kind: 'generation', generationId: 'g1', messageId: 'message-1' },
        start,
      );
      await store().noteLog(
        guild,
        moderator,
        { kind: 'deletion', generationId: 'g1', memberId: member },
        start,
      );
      await store().keepDraft({
        id: 'd1',
        guildId: guild,
        memberId: member,
        wish: { prompt: 'a secret wish', images: 1, negative: 'a secret dislike' },
        models: [],
        credits: 3,
        private: false,
        expiresAt: start + hourMs,
      });
      expect(await everything()).toContain(member);

      expect(await store().eraseMember(member, start + hourMs)).toEqual({
        generationIds: ['g1', 'g2'],
        left: 0,
      });
      const after = await everything();
      expect(after).not.toContain(member);
      expect(after).not.toMatch(/a secret|token-of|interaction-g|channel-1|role-1|message-1|cdn\./);
      expect(await store().verify()).toEqual([]);
      // What others did and what was done to others still stands.
      const log = await store().readLog(guild, { before: null, kinds: [], limit: 20 });
      const [, erasedId] = await ids();
      expect(log).toMatchObject([
        { by: moderator, event: { kind: 'deletion', memberId: erasedId } },
        { by: erasedId, event: { kind: 'generation', messageId: null } },
        { by: erasedId, event: { kind: 'refusal', words: [] } },
        { by: moderator, event: { change: { what: 'reset', memberId: erasedId } } },
        { by: erasedId, event: { change: { what: 'grant', memberId: 'm9' } } },
        { event: { change: { reason: `for <@${erasedId}>` } } },
        { event: { change: { what: 'stopped', after: { by: erasedId } } } },
        { event: { change: { what: 'block', memberId: 'm9', after: { by: erasedId } } } },
        { event: { change: { what: 'log-channel' } } },
      ]);
    });

    test('is still held to what they have spent, and what they spend then is added', async () => {
      await bring(store(), 'g1', 'posted', mine);
      await bring(store(), 'g2', 'posted', { ...mine, at: start + 1, guild: 'guild-2' });
      await bring(store(), 'other', 'posted', { guild, member: 'm9', images: 1 });
      expect(await spent()).toEqual([8, 16, 10, 18]);
      await store().eraseMember(member, start + hourMs);
      expect(await spent()).toEqual([8, 16, 10, 18]);
      await bring(store(), 'g3', 'posted', { ...mine, at: start + hourMs, images: 1 });
      expect(await spent(start + 2 * hourMs)).toEqual([10, 18, 12, 20]);
      await store().eraseMember(member, start + 2 * hourMs);
      expect(await spent(start + 2 * hourMs)).toEqual([10, 18, 12, 20]);
      const standing = await store().standing(guild, member, windows, start + 2 * hourMs);
      expect(standing.lastBegunAt).toBe(start + hourMs);
      expect(await spent(start + dayMs + 1)).toEqual([2, 2, 2, 2]);
      expect(await store().verify()).toEqual([]);
    });

    test('who set something goes from a guild’s settings with a new version, which others notice', async () => {
      await store().changeBlock(guild, 'm9', moderator, start, block({ by: member }));
      const { latest } = await store().settingsChanged(0);
      const { version } = await store().settings(guild);
      await store().eraseMember(member, start);
      const [, erasedId] = await ids();
      const after = await store().settings(guild);
      expect(after.blocks.get('m9')).toMatchObject({ by: erasedId });
      expect(after.version).toBe(version + 1);
      expect((await store().settingsChanged(latest)).guildIds).toEqual([guild]);
      await store().eraseMember(member, start);
      expect((await store().settings(guild)).version).toBe(version + 1);
    });

    test('is forgotten by a purge only once no window reaches back', async () => {
      await bring(store(), 'g1', 'posted', mine);
      await store().eraseMember(member, start);
      await store().purge(start + 30 * dayMs, 10);
      expect(await ids()).toHaveLength(2);
      await store().purge(start + 30 * dayMs + 1, 10);
      expect(await ids()).toEqual([member]);
    });

    test('keeps what is under way until it has ended', async () => {
      for (const [index, stage] of stages.entries()) {
        await bring(store(), stage, stage, { ...mine, at: start + index });
      }
      const usage = await usageOf(store(), guild, member, start + hourMs);
      const under = ['queued', 'sent', 'pending', 'posting', 'waiting', 'returned', 'unknown'];
      expect(await store().eraseMember(member, start + hourMs)).toEqual({
        generationIds: ['posted', 'lapsed', 'deleted'],
        left: under.length,
      });
      expect(await store().find('queued')).toMatchObject({
        destination: { memberId: member, token: 'token-of-queued' },
      });
      expect(await usageOf(store(), guild, member, start + hourMs)).toEqual(usage);
      expect(await store().verify()).toEqual([]);

      for (const id of ['pending', 'posting', 'waiting']) await store().posted(id, 'message-2');
      for (const id of ['returned', 'unknown']) await store().told(id);
      await store().giveBack('queued', 'queued', { kind: 'cancelled' }, start + hourMs);
      await store().told('queued');
      expect(await store().eraseMember(member, start + 2 * hourMs)).toMatchObject({ left: 1 });
      expect(await store().find('queued')).toMatchObject({ request: { prompt: '' } });
      expect(await store().verify()).toEqual([]);
    });

    test('may have had many generations', async () => {
      await bring(store(), 'g', 'returned', mine);
      await store().told('g');
      // Copies of it, which is quicker than beginning each.
      const copies = Array.from({ length: 450 }, (_, index) => `g${index}`);
      await database().transaction(async (trx) => {
        const row = await trx.selectFrom('generations').selectAll().executeTakeFirstOrThrow();
        const entries = await trx
          .selectFrom('ledger_entries')
          .select(['kind', 'guild_id', 'member_id', 'account', 'member_credits'])
          .select(['shared_credits', 'provider_cost_micros', 'unknown_cost_micros'])
          .select(['counts_at', 'at'])
          .execute();
        await trx
          .insertInto('generations')
          .values(copies.map((id) => ({ ...row, id })))
          .execute();
        await trx
          .insertInto('ledger_entries')
          .values(copies.flatMap((id) => entries.map((each) => ({ ...each, generation_id: id }))))
          .execute();
      });
      const erased = await store().eraseMember(member, start + dayMs);
      expect(erased.generationIds.toSorted()).toEqual(['g', ...copies].toSorted());
      expect(erased.left).toBe(0);
      expect(await everything()).not.toContain(member);
      expect(await store().verify()).toEqual([]);
    });

    test('loses granted credits that are unspent; what came from them for something under way comes back', async () => {
      const give = (credits: number) =>
        store().grant(guild, member, { credits, reason: 'r', by: moderator, at: start });
      const granted = async () =>
        (await store().standing(guild, member, [], start + hourMs)).granted;
      await give(30);
      await bring(store(), 'ended', 'posted', { ...mine, fromGrant: 6 });
      await bring(store(), 'under way', 'queued', { ...mine, fromGrant: 7, at: start + 1 });
      expect(await granted()).toBe(17);
      await store().eraseMember(member, start + hourMs);
      expect(await granted()).toBe(0);
      expect(await store().verify()).toEqual([]);
      await store().giveBack('under way', 'queued', { kind: 'cancelled' }, start + hourMs);
      expect(await granted()).toBe(7);
      await give(3);
      await bring(store(), 'new', 'posted', { ...mine, fromGrant: 4, at: start + hourMs });
      expect(await granted()).toBe(6);
      await store().told('under way');
      expect(await store().verify()).toEqual([]);
      await store().eraseMember(member, start + 2 * hourMs);
      expect(await granted()).toBe(0);
      expect(await store().verify()).toEqual([]);
      expect(await everything()).not.toContain(`"${member}"`);
    });

    test('keeps what a reset has taken from their count', async () => {
      await bring(store(), 'g1', 'posted', mine);
      await store().reset(guild, member, moderator, start + 1);
      await bring(store(), 'g2', 'posted', { ...mine, at: start + 2, images: 1 });
      expect(await spent()).toEqual([2, 10, 10, 10]);
      await store().eraseMember(member, start + hourMs);
      expect(await spent()).toEqual([2, 10, 10, 10]);
    });

    test('is still blocked, and still has the limits that moderators set for them', async () => {
      await store().changeBlock(guild, member, moderator, start, block());
      await store().changeRules(guild, moderator, start, eachMemberADay(9));
      const own = setLimit({
        subject: { kind: 'member', memberId: member },
        period: 'day',
        credits: 0,
      });
      await store().changeRules(guild, moderator, start, own);
      const before = await store().settings(guild);
      await store().eraseMember(member, start + 1);
      expect(await store().settings(guild)).toEqual(before);
    });

    test('is not posted to the log channel under the id that nobody knows', async () => {
      await store().changeRules(guild, moderator, start, setLogChannel('log'));
      await store().takeUnposted(guild, 0, 10);
      await store().noteLog(
        guild,
        member,
        { kind: 'generation', generationId: 'g1', messageId: null },
        start,
      );
      await store().changeBlock(guild, member, moderator, start, block());
      await store().eraseMember(member, start + 1);
      expect(await store().takeUnposted(guild, 0, 10)).toEqual([]);
    });

    test('who asks for pictures at the same moment is held to the sum of both', async () => {
      for (let index = 0; index < 30; index += 1) {
        await bring(store(), `old${index}`, 'posted', {
          ...mine,
          at: start + index * 1_000,
          images: 1,
          price: 1,
        });
      }
      const begins = Array.from({ length: 20 }, (_, index) =>
        store().begin(
          draft(`new${index}`, { ...mine, at: start + hourMs + index, images: 1, price: 1 }),
          windows,
          ({ spent: [own] }) =>
            (own?.credits ?? 0) < 35
              ? { admitted: true, fromGrant: 0 }
              : { admitted: false, refusal: { reason: 'no-room' } },
        ),
      );
      const [, ...begun] = await Promise.all([
        store().eraseMember(member, start + hourMs),
        ...begins,
      ]);
      expect(begun.filter(({ kind }) => kind === 'begun')).toHaveLength(5);
      expect(await store().verify()).toEqual([]);
    });
  });
}
