import { describe, expect, test } from 'vitest';
import type { GuildEvent } from '../../../src/domain/guild-log.ts';
import type { Refusal } from '../../../src/domain/refusal.ts';
import type { RuleChange } from '../../../src/domain/rule-change.ts';
import { start } from '../fixtures.ts';
import type { Subject } from '../moderation.ts';
import { block, eachMemberADay, guild, member, moderator, setLogChannel } from './edits.ts';

const generation: GuildEvent = { kind: 'generation', generationId: 'g1', messageId: 'message-1' };
const refusal = {
  kind: 'refusal',
  reason: 'words',
  channelId: '1180000000000000009',
  words: ['naïve', '\0🦊'],
} as const satisfies GuildEvent;
const deletion: GuildEvent = { kind: 'deletion', generationId: 'g1', memberId: member };
const change: GuildEvent = {
  kind: 'change',
  change: { what: 'grant', memberId: member, before: 0, after: 5, reason: 'prize \0' },
};

const style = { name: 'Ink', text: 'in ink \0', negative: 'blots', options: { steps: 12 } };
const changes: readonly RuleChange[] = [
  { what: 'provider', key: 'stablecog/flux.1', before: null, after: false },
  { what: 'default-model', before: 'claid', after: null },
  { what: 'failover', before: false, after: true },
  { what: 'style', before: null, after: style },
  { what: 'style', before: { ...style, options: { aspect: '16:9', guidance: 2 } }, after: null },
];
const reasons: readonly Refusal['reason'][] = [
  'unavailable',
  'not-honoured',
  'model-not-allowed',
  'no-model',
  'model-unsuitable',
  'unknown-style',
  'style-words',
  'style-exists',
];

export function describeLog({ store, database, unreadable }: Subject): void {
  describe('the log of a guild', () => {
    const note = (event: GuildEvent, at = start, by = member) =>
      store().noteLog(guild, by, event, at);
    const read = (options: Partial<Parameters<ReturnType<typeof store>['readLog']>[1]> = {}) =>
      store().readLog(guild, { before: null, kinds: [], limit: 10, ...options });
    const setChannel = (channelId: string | null) =>
      store().changeRules(guild, moderator, start, setLogChannel(channelId));
    const times = (entries: readonly { readonly at: number }[]) =>
      entries.map(({ at }) => at - start);

    test('keeps events of every kind as they were noted, newest first', async () => {
      for (const [index, event] of [generation, refusal, deletion, change].entries()) {
        await note(event, start + index);
      }
      const entries = await read();
      expect(entries.map(({ event }) => event)).toEqual([change, deletion, refusal, generation]);
      expect(entries[0]).toEqual({
        id: entries[0]?.id,
        guildId: guild,
        at: start + 3,
        by: member,
        event: change,
      });
      expect(await store().readLog('guild-2', { before: null, kinds: [], limit: 10 })).toEqual([]);
    });

    test('keeps what became of models and styles, and each reason of a refusal to do with them', async () => {
      const events: readonly GuildEvent[] = [
        ...changes.map((made) => ({ kind: 'change' as const, change: made })),
        ...reasons.map((reason) => ({ ...refusal, reason })),
      ];
      for (const event of events) await note(event);
      const entries = await read({ limit: 20 });
      expect(entries.map(({ event }) => event).toReversed()).toStrictEqual(events);
      expect(unreadable).toEqual([]);
    });

    test('is read page by page, and by kind', async () => {
      for (let index = 0; index < 12; index += 1) {
        await note(index % 3 === 0 ? refusal : generation, start + index);
      }
      const first = await read({ limit: 5 });
      expect(times(first)).toEqual([11, 10, 9, 8, 7]);
      const before = first.at(-1)?.id ?? null;
      expect(times(await read({ limit: 5, before }))).toEqual([6, 5, 4, 3, 2]);
      expect(times(await read({ limit: 3, kinds: ['refusal'] }))).toEqual([9, 6, 3]);
      expect(times(await read({ before, limit: 2, kinds: ['refusal', 'deletion'] }))).toEqual([
        6, 3,
      ]);
    });

    test('leaves out an entry that cannot be read, and says so', async () => {
      await note(generation);
      await note(refusal, start + 1);
      const [, older] = await read();
      await database().run((db) =>
        db
          .updateTable('guild_log')
          .set({ event: '{"kind":"other"}' })
          .where('id', '=', older?.id ?? 0)
          .execute(),
      );
      expect(await read()).toMatchObject([{ event: refusal }]);
      expect(unreadable).toEqual([`log-${older?.id}`]);
    });

    test('nothing is taken for posting where no log channel is set', async () => {
      await note(generation);
      expect(await store().takeUnposted(guild, 0, 10)).toEqual([]);
      expect(await store().guildsWithUnposted(0)).toEqual([]);
    });

    test('what was noted since a log channel was set is taken once, oldest first; earlier entries never', async () => {
      await note(generation);
      await setChannel('channel-1');
      await note(refusal, start + 1);
      await note(deletion, start + 2);
      expect(await store().guildsWithUnposted(0)).toEqual([guild]);
      const taken = await store().takeUnposted(guild, 0, 2);
      expect(taken.map(({ event }) => event)).toMatchObject([
        { kind: 'change', change: { what: 'log-channel' } },
        refusal,
      ]);
      expect(await store().takeUnposted(guild, 0, 2)).toMatchObject([{ event: deletion }]);
      expect(await store().takeUnposted(guild, 0, 2)).toEqual([]);
      expect(await store().guildsWithUnposted(0)).toEqual([]);
      expect(await read()).toHaveLength(4);
    });

    test('what is given back is taken again, in its place', async () => {
      await setChannel('channel-1');
      await note(refusal, start + 1);
      const [, second] = await store().takeUnposted(guild, 0, 10);
      await note(deletion, start + 2);
      await store().giveBackUnposted(second ? [second.id] : []);
      await store().giveBackUnposted([]);
      expect(times(await store().takeUnposted(guild, start + 1, 10))).toEqual([1, 2]);
      await setChannel(null);
      await store().giveBackUnposted(second ? [second.id] : []);
      await setChannel('channel-2');
      expect(await store().takeUnposted(guild, start + 1, 10)).toEqual([]);
    });

    test('entries of other guilds are left alone', async () => {
      await setChannel('channel-1');
      await store().takeUnposted(guild, 0, 10);
      await store().noteLog('guild-2', member, generation, start);
      expect(await store().takeUnposted(guild, 0, 10)).toEqual([]);
      expect(await store().takeUnposted('guild-2', 0, 10)).toEqual([]);
    });

    test('what was not posted in time is not taken any more', async () => {
      await setChannel('channel-1');
      await note(generation, start + 10);
      await note(refusal, start + 20);
      expect(await store().guildsWithUnposted(start + 20)).toEqual([guild]);
      expect(await store().guildsWithUnposted(start + 21)).toEqual([]);
      expect(times(await store().takeUnposted(guild, start + 20, 10))).toEqual([20]);
    });

    test('what waited for a channel that was taken away is not posted to the next one', async () => {
      await setChannel('channel-1');
      await note(generation, start + 1);
      await setChannel(null);
      await note(refusal, start + 2);
      expect(await store().takeUnposted(guild, 0, 10)).toEqual([]);
      await setChannel('channel-2');
      expect((await store().takeUnposted(guild, 0, 10)).map(({ event }) => event.kind)).toEqual([
        'change',
      ]);
    });

    test('another log channel, or another rule, keeps what waits', async () => {
      await setChannel('channel-1');
      await note(generation, start + 1);
      await setChannel('channel-2');
      await store().changeRules(guild, moderator, start, eachMemberADay(3));
      await store().changeBlock(guild, member, moderator, start, block());
      const taken = await store().takeUnposted(guild, 0, 10);
      expect(taken.map(({ event }) => event.kind)).toEqual([
        'change',
        'generation',
        'change',
        'change',
        'change',
      ]);
    });
  });
}
