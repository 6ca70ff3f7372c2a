import { existsSync } from 'node:fs';
import { ComponentType, MessageFlags } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import type { Progress } from '../../src/domain/delivery.ts';
import type { Generation } from '../../src/domain/generation.ts';
import type { UsedSettings } from '../../src/domain/provider.ts';
import type { Remaining } from '../../src/domain/remaining.ts';
import type { ImageRequest } from '../../src/domain/request.ts';
import { warnings } from '../../src/domain/warning.ts';
import { body as message, gallery as galleryOf } from '../../src/messages/body.ts';
import type { Body } from '../../src/messages/body.ts';
import { comparisonBody } from '../../src/messages/comparison-body.ts';
import type { ComparedView } from '../../src/messages/comparison-body.ts';
import { en } from '../../src/messages/en.ts';
import { fileName } from '../../src/messages/file-name.ts';
import { progressBody } from '../../src/messages/progress-body.ts';
import { resultBody } from '../../src/messages/result-body.ts';
import type { ResultView } from '../../src/messages/result-body.ts';
import { createContract } from '../../src/playground/discord/contract/contract.ts';

const openApiPath = new URL('../../../shared/specs/discord.openapi.json', import.meta.url).pathname;
const contract = createContract(existsSync(openApiPath) ? { openApiPath } : {});

const at = Date.UTC(2026, 0, 15);
const id = `${'9'.repeat(20)}-0`;

const generation: Generation = {
  id,
  destination: {
    applicationId: '1',
    interactionId: '9'.repeat(20),
    token: 'secret',
    tokenEndsAt: at,
    guildId: '2',
    channelId: '3',
    memberId: '4'.repeat(20),
    roleIds: [],
    private: false,
    ageRestricted: false,
    sharedBy: 1,
    locale: 'en-US',
    maxFileBytes: 10_000_000,
  },
  provider: 'claid',
  account: 'claid:1',
  request: { model: 'claid', prompt: 'a fox', images: 4, guidance: 5, given: [] },
  price: 1,
  credits: 4,
  state: 'made',
  delivery: 'posting',
  failure: null,
  requestId: 'b0f9a2d4-1111-4222-8333-444455556666',
  jobRef: null,
  sources: [],
  pictures: Array.from({ length: 4 }, () => ({ kind: 'kept' })),
  warnings: [],
  used: {},
  insteadOf: null,
  messageId: null,
  createdAt: at,
  sentAt: at,
  madeAt: at,
};

const remaining: Remaining = {
  credits: 36,
  of: 40,
  period: 'day',
  by: 'cap',
  freesAt: at,
  granted: 0,
};

function view(
  change: Partial<ResultView>,
  prompt = 'a fox',
  changes: Partial<Generation> = {},
): ResultView {
  const images = 4;
  return {
    generation: {
      ...generation,
      ...changes,
      request: { ...generation.request, ...changes.request, prompt, images, guidance: 49.99 },
    },
    title: 'Claid',
    remaining,
    fileNames: Array.from({ length: images }, (_, index) => fileName(prompt, index, 'png')),
    smaller: false,
    withoutPrompt: false,
    late: false,
    ...change,
  };
}

/** What Discord would say of it, as an edit of the answer and as a message of its own. */
function complaints(body: Body, fileNames: readonly string[] = []): unknown[] {
  const files = fileNames.map((filename, index) => ({
    name: `files[${index}]`,
    filename,
    bytes: 1_000,
    contentType: 'image/png',
  }));
  return [
    ...contract.check('update-original', body, files),
    ...contract.check('create-message', { ...body, nonce: id, enforce_nonce: true }, files),
  ];
}

function textOf(body: Body): string {
  return body.components
    .map((component) => (component.type === ComponentType.TextDisplay ? component.content : ''))
    .join('\n');
}

const longest = 1024;
/** Everything that can be shown, as long as it can be. */
const used: UsedSettings = {
  seed: 4_294_967_295,
  guidance: 29.99,
  steps: 200,
  scheduler: '*'.repeat(60),
  width: 1_536,
  height: 640,
};
const asked: Partial<ImageRequest> = {
  aspect: '12:5',
  style: { kind: 'guild', name: '*'.repeat(32), text: 'in ink', negative: '' },
  image: { url: 'https://cdn.example/1.png', contentType: 'image/png', sizeBytes: 1 },
  strength: 0.5,
};

const prompts: [string, string][] = [
  ['of 1,024 punctuation marks', '!'.repeat(longest)],
  ['of 1,024 backslashes', '\\'.repeat(longest)],
  ['of 1,024 emoji', '🦊'.repeat(longest)],
  ['that is one single character of 2,047 units', `👩${'\u200D👩'.repeat(511)}`],
  ['of letters with 1,023 accents on one', `e${'\u0301'.repeat(longest - 1)}`],
  ['that tries to mention', '@everyone @here <@1> <@&2> <#3>'],
  ['that tries markdown', '# **a** [b](https://example.org) ```c``` ||d|| <t:0:R>'],
  ['that would name a file beyond its folder', '../../../x attachment://other.png'],
  ['of three characters', 'abc'],
];

describe('a result', () => {
  it.each(prompts)('keeps Discord’s limits for a prompt %s', (_, prompt) => {
    expect(Array.from(prompt).length).toBeLessThanOrEqual(longest);
    for (const change of [{}, { late: true, smaller: true }, { withoutPrompt: true, late: true }]) {
      const given = view(change, prompt, {
        warnings: [...warnings],
        insteadOf: '*'.repeat(80),
        used: { ...used, prompt: '!'.repeat(5000) },
        request: { ...generation.request, ...asked, negative: '!'.repeat(longest) },
        pictures: [{ kind: 'blank' }, { kind: 'lost' }, { kind: 'kept' }],
      });
      const body = resultBody(en, given);
      expect(complaints(body, given.fileNames)).toEqual([]);
      expect(body.allowed_mentions).toEqual({ parse: [] });
      expect(textOf(body)).not.toMatch(/undefined|NaN|\[object/);
    }
  });

  it.each([0, 1, 2, 3, 4])('is sound with %i pictures', (shown) => {
    const fileNames = Array.from({ length: shown }, (_, index) => fileName('a fox', index, 'webp'));
    const body = resultBody(en, view({ fileNames }));
    expect(complaints(body, fileNames)).toEqual([]);
    const gallery = body.components.find(({ type }) => type === ComponentType.MediaGallery);
    expect(gallery === undefined).toBe(shown === 0);
    expect(body.attachments).toHaveLength(shown);
  });

  it('names in the gallery exactly the files that come with it, each with the prompt as its alt text', () => {
    const given = view({}, 'a fox & a hare');
    const body = resultBody(en, given);
    expect(body.components).toContainEqual({
      type: ComponentType.MediaGallery,
      items: given.fileNames.map((name) => ({
        media: { url: `attachment://${name}` },
        description: 'a fox & a hare',
      })),
    });
  });

  it('leaves every word of the member out where AutoMod does not let them through', () => {
    const given = view({ withoutPrompt: true, fileNames: ['picture-1.png'] }, 'a fox', {
      used: { prompt: 'a red fox' },
      request: { ...generation.request, negative: 'not a fox' },
    });
    expect(JSON.stringify(resultBody(en, given))).not.toContain('fox');
  });

  it('tells blank, lost and missing pictures apart, with the provider’s id as it is', () => {
    const { requestId } = generation;
    const partly = textOf(
      resultBody(
        en,
        view({}, 'a fox', { pictures: [{ kind: 'blank' }, { kind: 'lost' }, { kind: 'kept' }] }),
      ),
    );
    expect(partly).toContain('blacked out 1 of the 3 pictures');
    expect(partly).toContain('1 picture could not be fetched');
    expect(partly).toContain('made 3 of the 4 pictures');
    // In a code span a backslash would be shown.
    expect(partly).toContain(`\`${requestId}\``);
    expect(textOf(resultBody(en, view({})))).not.toContain(String(requestId));
  });

  it('shows whatever was really used, before what was asked for', () => {
    const given = view({ title: 'Stablecog FLUX.1' }, 'a fox', {
      used: { seed: 7, guidance: 3.5, width: 1_280, height: 720 },
      request: {
        ...generation.request,
        aspect: '16:9',
        seed: 8,
        steps: 30,
        scheduler: 'K_EULER',
        negative: 'text, frames',
        style: { kind: 'model', name: 'anime' },
      },
    });
    expect(textOf(resultBody(en, given))).toContain(
      'Stablecog FLUX\\.1 · 4 pictures · 16:9 · 1280 × 720 · style anime · guidance 3.5 · 30 steps · K\\_EULER · seed 7',
    );
    expect(textOf(resultBody(en, given))).toContain('Not to show: text\\, frames');
  });

  it('says which model it stands in for, and that spoilers are hidden', () => {
    const given = view({}, 'a fox', {
      insteadOf: 'Claid',
      request: { ...generation.request, spoiler: true },
    });
    const body = resultBody(en, given);
    expect(textOf(body)).toContain('Claid could not be had just now');
    expect(JSON.stringify(body)).toContain('"spoiler":true');
  });

  it('shows what is left only where there is a limit', () => {
    expect(textOf(resultBody(en, view({ remaining: null })))).toContain('no limit on your credits');
    expect(textOf(resultBody(en, view({})))).toContain('36 of 40 left for you in 24 h');
  });

  it.each([
    ['hour', 'in 60 min'],
    ['week', 'in 7 days'],
    ['month', 'in 30 days'],
  ] as const)(
    'names the window of a limit per %s, and what was granted besides',
    (period, name) => {
      const given = textOf(
        resultBody(en, view({ remaining: { ...remaining, period, granted: 5 } })),
      );
      expect(given).toContain(`36 of 40 left for you ${name} · 5 granted besides`);
    },
  );
});

describe('a comparison', () => {
  const compared = (changes: Partial<Generation>, files = 2): ComparedView => ({
    generation: { ...generation, ...changes },
    title: '*'.repeat(80),
    fileNames: Array.from({ length: files }, (_, index) => fileName('a fox', index, 'png')),
  });

  it.each(prompts)('keeps Discord’s limits for a prompt %s', (_, prompt) => {
    const request = {
      ...generation.request,
      ...asked,
      prompt,
      negative: '!'.repeat(longest),
    };
    const fileNames = Array.from({ length: 8 }, (__, index) => fileName('a fox', index, 'png'));
    const most = compared({
      request,
      used: { ...used, prompt: '!'.repeat(5000) },
      warnings: [...warnings],
      pictures: [{ kind: 'blank' }, { kind: 'lost' }],
    });
    for (const withoutPrompt of [false, true]) {
      const body = comparisonBody(en, {
        compared: [
          { ...most, fileNames: fileNames.slice(0, 2) },
          { ...most, fileNames: fileNames.slice(2, 4) },
          { ...most, fileNames: fileNames.slice(4, 6) },
          { ...most, fileNames: fileNames.slice(6) },
        ],
        remaining,
        smaller: true,
        withoutPrompt,
        late: true,
      });
      expect(complaints(body, fileNames)).toEqual([]);
    }
  });

  it('shows under each model its price, time and settings, and what became of those that failed', () => {
    const body = comparisonBody(en, {
      compared: [
        compared({ used: { seed: 7 }, credits: 4, sentAt: at, madeAt: at + 12_345 }),
        compared(
          { state: 'returned', failure: { kind: 'unavailable' }, credits: 3, sources: [] },
          0,
        ),
      ],
      remaining,
      smaller: false,
      withoutPrompt: false,
      late: false,
    });
    const shown = textOf(body);
    expect(shown).toContain('4 credits · 12 s · guidance 5 · seed 7');
    expect(shown).toContain('cannot do this at the moment');
    expect(shown).toContain('Your 3 credits are back.');
    expect(shown).toContain('4 credits spent in all');
    expect(body.components.filter(({ type }) => type === ComponentType.MediaGallery)).toHaveLength(
      1,
    );
  });
});

describe('a gallery', () => {
  it('is covered as a spoiler where that is asked for', () => {
    expect(galleryOf(['a.png', 'b.png'], 'a fox', true)).toEqual([
      {
        type: ComponentType.MediaGallery,
        items: ['a.png', 'b.png'].map((name) => ({
          media: { url: `attachment://${name}` },
          description: 'a fox',
          spoiler: true,
        })),
      },
    ]);
    expect(complaints(message(galleryOf(['a.png'], '', true)), ['a.png'])).toEqual([]);
    expect(JSON.stringify(galleryOf(['a.png'], 'a fox'))).not.toContain('spoiler');
  });
});

describe('progress', () => {
  const steps: Progress[] = [
    { step: 'waiting', position: 1, readyAt: at },
    { step: 'waiting', position: 20, readyAt: null },
    { step: 'running', readyAt: at },
    { step: 'running', readyAt: null },
    { step: 'fetching-again' },
    { step: 'comparing', models: 4 },
  ];

  it.each(steps)('is sound: %j', (progress) => {
    const body = progressBody(en, id, progress);
    expect(complaints(body)).toEqual([]);
    expect(textOf(body)).not.toMatch(/undefined|null|NaN/);
    expect(body.flags & MessageFlags.IsComponentsV2).not.toBe(0);
  });

  it('can be cancelled only while it waits', () => {
    const buttons = steps.map((progress) =>
      JSON.stringify(progressBody(en, id, progress)).includes(`imagine:cancel:${id}`),
    );
    expect(buttons).toEqual([true, true, false, false, false, true]);
  });
});
