import { describe, expect, test } from 'vitest';
import { noRules } from '../../../src/domain/rule.ts';
import type { GuildRules } from '../../../src/domain/rule.ts';
import { StoreError } from '../../../src/storage/errors.ts';
import { start } from '../fixtures.ts';
import type { Subject } from '../moderation.ts';
import {
  block,
  done,
  eachMemberADay,
  guild,
  member,
  moderator,
  refuse,
  setLimit,
  setWords,
} from './edits.ts';

const everyKind: GuildRules = {
  limits: [
    { subject: { kind: 'each-member' }, period: 'hour', credits: 0 },
    { subject: { kind: 'role', roleId: '1180000000000000007' }, period: 'day', credits: 7 },
    { subject: { kind: 'member', memberId: member }, period: 'week', credits: 70 },
    { subject: { kind: 'guild' }, period: 'month', credits: 9_007_199_254_740_991 },
  ],
  requests: { mostPictures: 2, running: null, waiting: 0, coolDownSeconds: 90 },
  channels: [
    { channelId: null, allowed: false },
    { channelId: '1180000000000000009', allowed: true },
  ],
  words: [
    { id: 'w1', kind: 'words', text: 'naïve 🦊 \0 "quoted"', dryRun: true },
    { id: 'w2', kind: 'pattern', text: String.raw`c+a\dt`, dryRun: false },
  ],
  logChannelId: '1180000000000000011',
  moderatorRoleId: '1180000000000000013',
  stopped: { reason: null, by: moderator, at: start },
  providers: [
    { key: 'stablecog', allowed: false },
    { key: 'stablecog/flux.1', allowed: true },
  ],
  defaultModel: 'stablecog/flux.1',
  failover: true,
  styles: [
    { name: 'Ink', text: '{prompt}, in "ink" \0 🖋', negative: '', options: {} },
    {
      name: 'naïve',
      text: '',
      negative: 'depth',
      options: { aspect: '9:21', guidance: 3.5, steps: 12, scheduler: 'euler' },
    },
  ],
};

export function describeRules({ store, database }: Subject): void {
  describe('rules', () => {
    const change = (edit: Parameters<ReturnType<typeof store>['changeRules']>[3], at = start) =>
      store().changeRules(guild, moderator, at, edit);

    test('a guild where nothing was set has version 0 and no rules', async () => {
      expect(await store().settings(guild)).toEqual({
        guildId: guild,
        version: 0,
        rules: noRules,
        blocks: new Map(),
      });
    });

    test('rules of every kind come back as they were set, with the ids that numbers cannot hold', async () => {
      const changed = done(
        await change((settings) => ({
          rules: everyKind,
          change: { what: 'stopped', before: settings.rules.stopped, after: everyKind.stopped },
        })),
      );
      const settings = { guildId: guild, version: 1, rules: everyKind, blocks: new Map() };
      expect(changed).toEqual({
        change: { what: 'stopped', before: null, after: everyKind.stopped },
        settings,
      });
      expect(await store().settings(guild)).toEqual(settings);
      expect(await store().settings('1180000000000000002')).toMatchObject({ version: 0 });
    });

    test('a change sees what was set before, has a higher version, and stands in the log', async () => {
      await change(eachMemberADay(10));
      const { settings } = done(await change(eachMemberADay(20), start + 1));
      expect(settings.version).toBe(2);
      expect(settings.rules.limits).toHaveLength(1);
      const log = await store().readLog(guild, { before: null, kinds: [], limit: 10 });
      expect(log).toMatchObject([
        { at: start + 1, by: moderator, event: { change: { before: 10, after: 20 } } },
        { at: start, by: moderator, event: { change: { before: null, after: 10 } } },
      ]);
    });

    test('a refused change writes nothing', async () => {
      const refused = { reason: 'no-change', what: 'rule' } as const;
      expect(await change(refuse(refused))).toEqual({ refused });
      expect(await store().settings(guild)).toMatchObject({ version: 0 });
      expect(await store().readLog(guild, { before: null, kinds: [], limit: 10 })).toEqual([]);
      expect(await store().settingsChanged(0)).toEqual({ guildIds: [], latest: 0 });
    });

    test('an edit that throws writes nothing', async () => {
      const change2 = change(() => {
        throw new TypeError('broken');
      });
      await expect(change2).rejects.toThrow(TypeError);
      expect(await store().settings(guild)).toMatchObject({ version: 0 });
    });

    test('many moderators at once lose none of their changes', async () => {
      await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          index % 4 === 3
            ? store().changeBlock(guild, `m${index}`, moderator, start, block())
            : change(
                setLimit({
                  subject: { kind: 'role', roleId: `role-${index}` },
                  period: 'day',
                  credits: index,
                }),
              ),
        ),
      );
      const settings = await store().settings(guild);
      expect(settings.version).toBe(20);
      expect(settings.rules.limits).toHaveLength(15);
      expect(settings.blocks.size).toBe(5);
      expect(await store().settingsChanged(0)).toEqual({ guildIds: [guild], latest: 20 });
    });

    test('rules that cannot be read open no doors: reading and changing them throws, naming the guild', async () => {
      await change(eachMemberADay(0));
      for (const rules of ['{', '[]', '{"limits":[]}', 'null']) {
        await database().run((db) => db.updateTable('guild_settings').set({ rules }).execute());
        const unreadable = new StoreError(`The settings of guild ${guild} cannot be read.`);
        await expect(store().settings(guild)).rejects.toThrow(unreadable);
        await expect(change(eachMemberADay(5))).rejects.toThrow(unreadable);
        await expect(store().changeBlock(guild, member, moderator, start, block())).rejects.toThrow(
          unreadable,
        );
      }
    });

    test('rules that could not be read back are not written', async () => {
      await change(eachMemberADay(10));
      await expect(change(eachMemberADay(1.5))).rejects.toThrow(StoreError);
      const { rules } = await store().settings(guild);
      expect(rules.limits).toMatchObject([{ credits: 10 }]);
    });

    test('others are told which guilds changed after the change that they know', async () => {
      await change(eachMemberADay(1));
      await store().changeBlock('guild-2', member, moderator, start, block());
      const { latest } = await store().settingsChanged(0);
      expect(await store().settingsChanged(latest)).toEqual({ guildIds: [], latest });
      await change(eachMemberADay(2));
      expect(await store().settingsChanged(latest)).toEqual({
        guildIds: [guild],
        latest: latest + 1,
      });
    });

    test('hits of rules on words are counted, each by itself, and go with their rule', async () => {
      const words = ['w1', 'w2', 'w3'].map((id) => ({
        id,
        kind: 'words' as const,
        text: id,
        dryRun: false,
      }));
      await change(setWords(words));
      await store().countWordHits(guild, []);
      await store().countWordHits(guild, ['w2', 'w1', 'w2']);
      await store().countWordHits(guild, ['w2']);
      await store().countWordHits('guild-2', ['w1']);
      expect(await store().wordHits(guild)).toEqual(
        new Map([
          ['w1', 1],
          ['w2', 2],
        ]),
      );
      await change(setWords(words.map((rule) => ({ ...rule, dryRun: true })).slice(0, 1)));
      expect(await store().wordHits(guild)).toEqual(new Map([['w1', 1]]));
      expect(await store().wordHits('guild-2')).toEqual(new Map([['w1', 1]]));
    });
  });
}
