import { existsSync } from 'node:fs';
import { ComponentType, MessageFlags } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import type { Progress } from '../../src/domain/delivery.ts';
import type { Generation } from '../../src/domain/generation.ts';
import type { Remaining } from '../../src/domain/remaining.ts';
import type { Body } from '../../src/messages/body.ts';
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
    locale: 'en-US',
    maxFileBytes: 10_000_000,
  },
  provider: 'claid',
  account: 'claid:1',
  request: { prompt: 'a fox', images: 4, guidance: 5 },
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
    generation: { ...generation, ...changes, request: { prompt, images, guidance: 49.99 } },
    provider: 'Claid',
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
        warnings: ['!'.repeat(300)],
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
    const body = resultBody(en, view({ withoutPrompt: true, fileNames: ['picture-1.png'] }));
    expect(JSON.stringify(body)).not.toContain('fox');
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

describe('progress', () => {
  const steps: Progress[] = [
    { step: 'waiting', position: 1, readyAt: at },
    { step: 'waiting', position: 20, readyAt: null },
    { step: 'running', readyAt: at },
    { step: 'running', readyAt: null },
    { step: 'fetching-again' },
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
    expect(buttons).toEqual([true, true, false, false, false]);
  });
});
