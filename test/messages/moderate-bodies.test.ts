import { existsSync } from 'node:fs';
import { ComponentType } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import type { Generation } from '../../src/domain/generation.ts';
import type { Block } from '../../src/domain/rule.ts';
import type { Body } from '../../src/messages/body.ts';
import { readCustomId } from '../../src/messages/custom-id.ts';
import type { ExplanationView } from '../../src/messages/easel-explanation.ts';
import { en } from '../../src/messages/en.ts';
import { fileName } from '../../src/messages/file-name.ts';
import { moderateButtons } from '../../src/messages/moderate-buttons.ts';
import { moderateGenerationBody } from '../../src/messages/moderate-generation-body.ts';
import type { ModerateGenerationView } from '../../src/messages/moderate-generation-body.ts';
import { lastPicturesBody, moderateMemberBody } from '../../src/messages/moderate-member-body.ts';
import type { ModerateMemberView } from '../../src/messages/moderate-member-body.ts';
import { moderateRemovedBody } from '../../src/messages/moderate-removed-body.ts';
import { createContract } from '../../src/playground/discord/contract/contract.ts';

const openApiPath = new URL('../../../shared/specs/discord.openapi.json', import.meta.url).pathname;
const contract = createContract(existsSync(openApiPath) ? { openApiPath } : {});

const at = Date.UTC(2026, 0, 15, 12);
const memberId = '9'.repeat(19);
const id = `${'9'.repeat(20)}-0`;

function generation(prompt = 'a fox', changes: Partial<Generation> = {}): Generation {
  return {
    id,
    destination: {
      applicationId: '1',
      interactionId: '9'.repeat(20),
      token: 'secret',
      tokenEndsAt: at,
      guildId: '222',
      channelId: '333',
      memberId,
      roleIds: [],
      private: false,
      ageRestricted: false,
      sharedBy: 1,
      locale: 'en-US',
      maxFileBytes: 10_000_000,
    },
    provider: 'claid',
    account: 'claid:1',
    request: { model: 'claid', prompt, images: 4, guidance: 7.5, given: [] },
    price: 1,
    credits: 4,
    state: 'made',
    delivery: 'posted',
    failure: null,
    requestId: null,
    jobRef: null,
    sources: [],
    pictures: Array.from({ length: 4 }, () => ({ kind: 'kept' })),
    warnings: [],
    used: {},
    insteadOf: null,
    messageId: '444',
    createdAt: at,
    sentAt: at,
    madeAt: at,
    ...changes,
  };
}

function view(changes: Partial<ModerateGenerationView> = {}): ModerateGenerationView {
  return {
    generation: generation(),
    title: 'Claid',
    message: 'stands',
    pictures: null,
    mayBlock: true,
    withoutPrompt: false,
    ...changes,
  };
}

const shown = (fileNames: readonly string[], notKept = 0) =>
  ({ fileNames, notKept, hindered: null }) as const;

/** What Discord would say of it. */
function complaints(body: Body, fileNames: readonly string[] = []): unknown[] {
  const files = fileNames.map((filename, index) => ({
    name: `files[${index}]`,
    filename,
    bytes: 1_000,
    contentType: 'image/png',
  }));
  return [...contract.check('update-original', body, files)];
}

function textOf(body: Body): string {
  return body.components
    .flatMap((component) => (component.type === ComponentType.TextDisplay ? component.content : []))
    .join('\n');
}

function labels(body: Body): string[] {
  return body.components
    .flatMap((row) => (row.type === ComponentType.ActionRow ? row.components : []))
    .map((component) => ('label' in component ? (component.label ?? '') : ''));
}

const longest = 1024;
const prompts: [string, string][] = [
  ['of 1,024 punctuation marks', '!'.repeat(longest)],
  ['of 1,024 emoji', '🦊'.repeat(longest)],
  ['that is one single character of 2,047 units', `👩${'\u200D👩'.repeat(511)}`],
  ['that tries to mention', '@everyone @here <@1> <@&2> <#3>'],
  ['that tries markdown', '# **a** [b](https://example.org) ```c``` ||d|| <t:0:R>'],
  ['on several lines', 'a\nb\n\nc'],
  ['of three characters', 'abc'],
];

describe('a generation as moderators see it', () => {
  it('says who asked for what, when, where, with which settings and at what cost', () => {
    const body = moderateGenerationBody(en, view());
    expect(textOf(body)).toBe(
      [
        '**a fox**',
        `Asked by <@${memberId}> in <#333>, <t:${at / 1000}:f>`,
        '[Go to the message](https://discord.com/channels/222/333/444)',
        '-# Claid · 4 pictures · guidance 7.5 · 4 credits',
      ].join('\n'),
    );
    expect(labels(body)).toEqual(['Delete', 'Delete and block 1 day', 'Last 10']);
  });

  it.each(prompts)('keeps Discord’s limits and nobody’s markdown for a prompt %s', (_, prompt) => {
    const fileNames = Array.from({ length: 4 }, (__, index) => fileName(prompt, index, 'png'));
    const body = moderateGenerationBody(
      en,
      view({ generation: generation(prompt), pictures: shown(fileNames) }),
    );
    expect(complaints(body, fileNames)).toEqual([]);
    expect(body.allowed_mentions).toEqual({ parse: [] });
    expect(textOf(body)).not.toMatch(/(?<!\\)@everyone|\]\(https:\/\/example|```/);
  });

  it('keeps the words to itself where AutoMod does not let them through', () => {
    const fileNames = [fileName('', 0, 'png')];
    const given = { withoutPrompt: true, pictures: shown(fileNames) };
    const body = moderateGenerationBody(en, view({ generation: generation('badword'), ...given }));
    expect(complaints(body, fileNames)).toEqual([]);
    expect(JSON.stringify(body)).not.toContain('badword');
  });

  it.each([
    ['gone', 'Its message is gone.'],
    ['private', 'Only they can see its message.'],
    ['none', 'It was not posted.'],
    ['deleted', 'Deleted, and its pictures with it.'],
  ] as const)('says so where the message is %s, with no link to it', (message, told) => {
    const text = textOf(moderateGenerationBody(en, view({ message })));
    expect(text).toContain(told);
    expect(text).not.toContain('https://');
  });

  it('says nothing of the message at which it stands', () => {
    const text = textOf(moderateGenerationBody(en, view({ message: 'here' })));
    expect(text.split('\n')).toHaveLength(3);
  });

  it('says that it was asked for privately', () => {
    const { destination } = generation();
    const given = generation('a fox', { destination: { ...destination, private: true } });
    expect(textOf(moderateGenerationBody(en, view({ generation: given })))).toContain(
      ', for themselves alone',
    );
  });

  it('says which pictures it has no more, which were black, and which never came', () => {
    const pictures = (notKept: number, fileNames: readonly string[] = []) =>
      textOf(moderateGenerationBody(en, view({ pictures: shown(fileNames, notKept) })));
    expect(pictures(4)).toContain('I do not have the pictures any more');
    expect(pictures(1, ['a-1.png'])).toContain('1 picture of it I do not have any more.');
    expect(pictures(0, ['a-1.png'])).not.toContain('any more');
    const given = generation('a fox', {
      pictures: [{ kind: 'blank' }, { kind: 'lost' }, { kind: 'lost' }],
    });
    const text = textOf(
      moderateGenerationBody(en, view({ generation: given, pictures: shown([]) })),
    );
    expect(text).toContain('1 picture blacked out');
    expect(text).toContain('2 pictures could never be fetched.');
  });

  it.each(['cannotAttach', 'tooLarge'] as const)('says why none are shown: %s', (hindered) => {
    const pictures = { fileNames: [], notKept: 0, hindered };
    const body = moderateGenerationBody(en, view({ pictures }));
    expect(textOf(body)).toContain(en.moderate.generation[hindered]);
    expect(body.attachments).toEqual([]);
  });

  it('offers no block of oneself, and nothing but the list once it is deleted', () => {
    expect(labels(moderateGenerationBody(en, view({ mayBlock: false })))).toEqual([
      'Delete',
      'Last 10',
    ]);
    expect(labels(moderateGenerationBody(en, view({ message: 'deleted' })))).toEqual(['Last 10']);
  });

  it('carries ids that are read back as they were written', () => {
    for (const write of [moderateButtons.delete, moderateButtons.deleteAndBlock])
      expect(readCustomId(write(id))).toMatchObject({ command: 'moderate', ref: id });
    for (const write of [moderateButtons.last, moderateButtons.open])
      expect(readCustomId(write(memberId))).toMatchObject({ command: 'moderate', ref: memberId });
  });
});

const use = { used: 5, left: 35, freesAt: at };
const explanation: ExplanationView = {
  limits: [
    {
      subject: { kind: 'member', memberId },
      period: 'day',
      credits: 10,
      ...use,
      verdict: 'decides',
    },
  ],
  guildLimits: [],
  caps: [{ whose: 'member', credits: 40, ...use }],
  granted: 20,
  shutOutBy: null,
  contentPause: null,
  coolDown: null,
};

const member: ModerateMemberView = {
  memberId,
  here: true,
  block: null,
  spent: { day: 5, month: 12 },
  explanation,
  now: at,
};

const block: Block = { memberId, until: at, reason: 'too *much*', by: '555', at };
const last = { memberId, withoutPrompt: false };

function options(body: Body) {
  const row = body.components.find(({ type }) => type === ComponentType.ActionRow);
  const select = row && 'components' in row ? row.components[0] : undefined;
  return select && 'options' in select ? select.options : [];
}

describe('a member as moderators see them', () => {
  it('shows use, rules, grants and the last pictures', () => {
    const body = moderateMemberBody(en, member, { ...last, generations: [generation()] });
    expect(complaints(body)).toEqual([]);
    const text = textOf(body);
    expect(text).toContain('Not blocked.');
    expect(text).toContain('5 credits in 24 h, 12 in 30 days');
    expect(text).toContain('5 of 10 used');
    expect(text).toContain('20 credits');
    expect(options(body)).toEqual([
      { label: 'a fox', description: 'Jan 15, 2026, 12:00 UTC · 4 pictures', value: id },
    ]);
  });

  it('names what was private, and what was deleted', () => {
    const generations = [
      generation('a', { destination: { ...generation().destination, private: true } }),
      generation('b', { delivery: 'deleted' }),
    ];
    const body = moderateMemberBody(en, member, { ...last, generations });
    const states = options(body).map(({ description }) => description?.split(' · ').slice(2));
    expect(states).toEqual([['private'], ['deleted']]);
  });

  it('says that they left, and by whom and why they are blocked', () => {
    const changes = { here: false, block };
    const text = textOf(
      moderateMemberBody(en, { ...member, ...changes }, { ...last, generations: [] }),
    );
    expect(text).toContain('Not on this server now.');
    expect(text).toContain(`**Blocked** until <t:${at / 1000}:f> by <@555>`);
    expect(text).toContain(String.raw`too \*much\*`);
    expect(text).toContain('No pictures are known of them here.');
  });

  it.each(prompts)('lists ten requests with a prompt %s', (_, prompt) => {
    const generations = Array.from({ length: 10 }, (__, index) =>
      generation(prompt, { id: `${'9'.repeat(20)}-${index}` }),
    );
    const body = lastPicturesBody(en, { ...last, generations });
    expect(complaints(body)).toEqual([]);
    expect(options(body)).toHaveLength(10);
    expect(options(body)[0]?.label).not.toContain('\n');
  });

  it('lists them without their words where AutoMod does not let those through', () => {
    const generations = [generation('badword')];
    const body = lastPicturesBody(en, { ...last, generations, withoutPrompt: true });
    expect(JSON.stringify(body)).not.toContain('badword');
    expect(options(body)).toHaveLength(1);
  });

  it('has room for many roles with limits', () => {
    const limits = Array.from({ length: 200 }, (_, index) => ({
      subject: { kind: 'role', roleId: `1${String(index).padStart(18, '0')}` } as const,
      period: 'month' as const,
      credits: 1_000_000,
      ...use,
      verdict: 'other-role-decides' as const,
    }));
    const long = { ...block, reason: '!'.repeat(200) };
    const full = { ...member, block: long, explanation: { ...explanation, limits } };
    const body = moderateMemberBody(en, full, { ...last, generations: [generation()] });
    expect(complaints(body)).toEqual([]);
    expect(textOf(body)).toContain('more');
  });
});

describe('what stands in place of deleted pictures', () => {
  it('drops the files and leads to the last ones', () => {
    const body = moderateRemovedBody(en, memberId, ['Deleted.']);
    expect(complaints(body)).toEqual([]);
    expect(body.attachments).toEqual([]);
    expect(labels(body)).toEqual(['Last 10']);
  });
});

describe('the texts of /moderate', () => {
  it.each([
    en.moderate.afterTakingBack(5, 3),
    en.moderate.afterTakingBack(5, 5),
    en.moderate.allows.credits(100_000).what,
    en.moderate.blockedAlready(block),
    en.moderate.blockedAlready({ ...block, until: null }),
  ])('read well: %s', (text) => {
    expect(text).not.toMatch(/undefined|null|NaN|\[object|Infinity/);
    expect(text).not.toMatch(/\b1 (pictures|credits|requests)\b/);
  });

  it('tells how much of what was to be taken back was left', () => {
    expect(en.moderate.afterTakingBack(5, 1)).toBe('Only 1 credit of the 5 had not been spent.');
  });
});
