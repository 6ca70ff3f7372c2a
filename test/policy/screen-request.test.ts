import { describe, expect, it } from 'vitest';
import type { WordHit } from '../../src/domain/refusal.ts';
import type { ImageRequest } from '../../src/domain/request.ts';
import { noRules } from '../../src/domain/rule.ts';
import type { Block, ChannelRule, GuildRules, WordRule } from '../../src/domain/rule.ts';
import { decidingChannelRule } from '../../src/policy/channel-rule.ts';
import { screenRequest } from '../../src/policy/screen-request.ts';
import type { Words } from '../../src/policy/words.ts';
import { ids, now } from './standing.ts';

const { guild, member, neighbour } = ids;
const channelPath = ['9007199254741001', '9007199254741003', '9007199254741005'];
const [thread = '', channel = '', category = ''] = channelPath;

/** Words that hit where the prompt has the rule's text in it. */
const words: Words = {
  hits(rules, prompt) {
    const hit = (dryRun: boolean): WordHit[] =>
      rules
        .filter((rule) => rule.dryRun === dryRun && prompt.includes(rule.text))
        .map((rule) => ({ rule, found: rule.text }));
    return { enforced: hit(false), dry: hit(true) };
  },
  problem: () => undefined,
};

const word = (text: string, dryRun = false): WordRule => ({
  id: text,
  kind: 'words',
  text,
  dryRun,
});
const stop = { reason: 'raid', by: '1', at: now };
const block: Block = { memberId: member, until: null, reason: 'spam', by: '1', at: now };
const requests = { ...noRules.requests, mostPictures: 2 };

function screened(
  rules: Partial<GuildRules> = {},
  given: { readonly blocks?: readonly Block[]; readonly request?: Partial<ImageRequest> } = {},
) {
  const blocks = new Map((given.blocks ?? []).map((each) => [each.memberId, each]));
  return screenRequest(
    { guildId: guild, version: 1, rules: { ...noRules, ...rules }, blocks },
    { guildId: guild, memberId: member, roleIds: [], channelPath },
    { model: 'claid', prompt: 'a red fox', images: 3, given: [], ...given.request },
    words,
    now,
  );
}

const set = (...rules: readonly [string | null, boolean][]): readonly ChannelRule[] =>
  rules.map(([channelId, allowed]) => ({ channelId, allowed }));

describe('what can be refused at once', () => {
  it('is nothing where nothing is set', () => {
    expect(screened()).toBeUndefined();
  });

  it('is told in this order: stopped, blocked, the channel, too many pictures, words', () => {
    const rules = {
      stopped: stop,
      channels: set([null, false]),
      requests,
      words: [word('fox')],
    };
    const reasons = [
      screened(rules, { blocks: [block] }),
      screened({ ...rules, stopped: null }, { blocks: [block] }),
      screened({ ...rules, stopped: null }),
      screened({ requests, words: rules.words }),
      screened({ words: rules.words }),
    ].map((refusal) => refusal?.reason);
    expect(reasons).toEqual(['stopped', 'blocked-here', 'channel', 'too-many-pictures', 'words']);
  });

  it('carries the moderators’ reasons and the numbers', () => {
    expect(screened({ stopped: stop })).toEqual({ reason: 'stopped', why: 'raid' });
    expect(screened({}, { blocks: [block] })).toEqual({
      reason: 'blocked-here',
      until: null,
      why: 'spam',
    });
    expect(screened({ requests })).toEqual({ reason: 'too-many-pictures', most: 2, asked: 3 });
    expect(screened({ requests: { ...requests, mostPictures: 3 } })).toBeUndefined();
  });

  it('a block ends at its time, and is for its member alone', () => {
    expect(screened({}, { blocks: [{ ...block, until: now + 1 }] })).toMatchObject({
      until: now + 1,
    });
    expect(screened({}, { blocks: [{ ...block, until: now }] })).toBeUndefined();
    expect(screened({}, { blocks: [{ ...block, memberId: neighbour }] })).toBeUndefined();
  });

  it('only words that are enforced refuse, and all of these are told', () => {
    const rules = { words: [word('red'), word('fox'), word('a', true)] };
    expect(screened(rules)).toEqual({
      reason: 'words',
      hits: [
        { rule: rules.words[0], found: 'red' },
        { rule: rules.words[1], found: 'fox' },
      ],
    });
    expect(screened({ words: [word('fox', true)] })).toBeUndefined();
  });

  it('words are looked for in all that is sent: the style’s, and what the pictures should not show', () => {
    const style = {
      kind: 'guild',
      name: 'Noir',
      text: 'wet {prompt} at night',
      negative: 'sun',
    } as const;
    const request = { style, negative: 'rain' };
    const found = (text: string) =>
      screened({ words: [word(text)] }, { request })?.reason ?? 'passed';
    expect(['red', 'wet a red', 'night', 'rain', 'sun', 'rain, sun', 'snow'].map(found)).toEqual([
      ...Array.from({ length: 6 }, () => 'words'),
      'passed',
    ]);
  });

  it('a rule that hits several of the texts is told once', () => {
    const rules = { words: [word('fox'), word('rain')] };
    expect(screened(rules, { request: { prompt: 'fox, rain', negative: 'rain, fox' } })).toEqual({
      reason: 'words',
      hits: rules.words.map((rule) => ({ rule, found: rule.text })),
    });
  });
});

describe('a channel', () => {
  it.each([
    ['nothing is set', set(), undefined],
    ['only other channels are denied', set(['9007199254741004', false]), undefined],
    [
      'the whole server is denied, but its category is allowed',
      set([null, false], [category, true]),
      true,
    ],
    [
      'its category is denied, but itself is allowed',
      set([category, false], [channel, true]),
      true,
    ],
    [
      'the channel is denied, but the thread is allowed',
      set([channel, false], [thread, true]),
      true,
    ],
  ])('is allowed where %s', (_, channels, allowed) => {
    expect(decidingChannelRule({ channels }, channelPath)?.allowed).toBe(allowed);
    expect(screened({ channels })).toBeUndefined();
  });

  it.each([
    ['the whole server is', set([null, false]), null],
    [
      'its category is, though the server is allowed',
      set([null, true], [category, false]),
      category,
    ],
    [
      'the channel is, though its category is allowed',
      set([category, true], [channel, false]),
      channel,
    ],
    ['the thread is, though its channel is allowed', set([channel, true], [thread, false]), thread],
  ])('is denied where %s', (_, channels, channelId) => {
    expect(decidingChannelRule({ channels }, channelPath)).toEqual({ channelId, allowed: false });
    expect(screened({ channels })).toMatchObject({ reason: 'channel' });
  });

  it('that is denied names up to five that are allowed, not what it stands in', () => {
    const others = ['21', '22', '23', '24', '25', '26'];
    const channels = set(
      [channel, false],
      [category, true],
      [null, true],
      ['20', false],
      ...others.map((id): [string, boolean] => [id, true]),
    );
    expect(screened({ channels })).toEqual({ reason: 'channel', allowedIn: others.slice(0, 5) });
  });
});
