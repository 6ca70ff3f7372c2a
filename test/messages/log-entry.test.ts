import { describe, expect, it } from 'vitest';
import type { Generation } from '../../src/domain/generation.ts';
import type { GuildEvent, GuildLogEntry } from '../../src/domain/guild-log.ts';
import { en } from '../../src/messages/en.ts';
import { logEntryText } from '../../src/messages/log-entry.ts';

const at = Date.UTC(2026, 0, 15, 12);
const alice = '9'.repeat(19);
const mod = '8'.repeat(19);
const erased = `erased-${'a'.repeat(64)}`;

const entry = (by: string, event: GuildEvent): GuildLogEntry => ({
  id: 1,
  guildId: '222',
  at,
  by,
  event,
});
const made = entry(alice, { kind: 'generation', generationId: '1-0', messageId: '444' });

const generation: Generation = {
  id: '1-0',
  destination: {
    applicationId: '1',
    interactionId: '1',
    token: null,
    tokenEndsAt: at,
    guildId: '222',
    channelId: '333',
    memberId: alice,
    roleIds: [],
    private: false,
    ageRestricted: false,
    sharedBy: 1,
    locale: 'en-US',
    maxFileBytes: 10_000_000,
  },
  provider: 'claid',
  account: 'claid:1',
  request: { model: 'claid', prompt: 'a *red*\nfox', images: 2, guidance: 5, given: [] },
  price: 1,
  credits: 2,
  state: 'made',
  delivery: 'posted',
  failure: null,
  requestId: null,
  jobRef: null,
  sources: [],
  pictures: [{ kind: 'kept' }, { kind: 'kept' }],
  warnings: [],
  used: {},
  insteadOf: null,
  messageId: '444',
  createdAt: at,
  sentAt: at,
  madeAt: at,
};
const hidden = { ...generation.destination, private: true };

describe('an entry of the log', () => {
  it('tells when, who, what, and where the message is', () => {
    expect(logEntryText(en, made, generation)).toBe(
      `<t:${at / 1000}:f> <@${alice}> made 2 pictures for 2 credits · https://discord.com/channels/222/333/444\n> a \\*red\\* fox`,
    );
  });

  it('leads to no message that its member alone sees', () => {
    expect(logEntryText(en, made, { ...generation, destination: hidden })).toBe(
      `<t:${at / 1000}:f> <@${alice}> made 2 pictures privately for 2 credits\n> a \\*red\\* fox`,
    );
  });

  it('says what was deleted, where it is at hand', () => {
    const deleted = entry(mod, { kind: 'deletion', generationId: '1-0', memberId: alice });
    const line = `<t:${at / 1000}:f> <@${mod}> deleted pictures of <@${alice}>`;
    expect(logEntryText(en, deleted, generation)).toBe(`${line}\n> a \\*red\\* fox`);
    expect(logEntryText(en, deleted)).toBe(line);
  });

  it('says no more of pictures that were erased than is known', () => {
    const emptied = {
      ...generation,
      request: { model: 'claid', prompt: '', images: 2, guidance: 5, given: [] },
    };
    const nothingLeft = { ...emptied, destination: hidden, pictures: [], messageId: null };
    expect(logEntryText(en, { ...made, by: erased }, nothingLeft)).toBe(
      `<t:${at / 1000}:f> an erased member made pictures for 2 credits`,
    );
  });

  it.each<[string, GuildEvent]>([
    ['made pictures', made.event],
    ['were refused', { kind: 'refusal', reason: 'words', channelId: '333', words: ['bad'] }],
    ['deleted pictures', { kind: 'deletion', generationId: '1-0', memberId: erased }],
    [
      'were granted credits',
      {
        kind: 'change',
        change: { what: 'grant', memberId: erased, before: 0, after: 1, reason: 'won' },
      },
    ],
    [
      'had a limit of their own',
      {
        kind: 'change',
        change: {
          what: 'limit',
          subject: { kind: 'member', memberId: erased },
          period: 'day',
          before: null,
          after: 1,
        },
      },
    ],
  ])('does not show the hash of erased members who %s', (_, event) => {
    for (const by of [erased, mod]) {
      const told = logEntryText(en, entry(by, event), generation);
      expect(told).not.toContain('erased-');
      expect(told.includes(`<@${mod}>`)).toBe(by === mod);
    }
  });
});
