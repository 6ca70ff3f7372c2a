import { describe } from 'vitest';

import { file, many, testRules, withAndWithoutSpec } from './rules.ts';
import type { Rule } from './rules.ts';

const V2 = 32768;
const text = { type: 10, content: 'words' };
const rows = [{ type: 1, components: [{ type: 2, style: 1, label: 'Go', custom_id: 'go' }] }];
const field = { name: 'Size', value: 'large' };

const content: Rule[] = [
  {
    rule: 'content has at most 2000 characters',
    passes: { content: 'x'.repeat(2000) },
    fails: { content: 'x'.repeat(2001) },
    path: 'content',
    problem: /at most 2000 characters long, but is 2001/,
  },
  {
    rule: 'characters are counted as UTF-16 units, the stricter reading',
    passes: { content: '🎨'.repeat(1000) },
    fails: { content: '🎨'.repeat(1001) },
    path: 'content',
    problem: /but is 2002/,
  },
  {
    rule: 'a new message must not be empty',
    passes: { content: 'x' },
    fails: { content: '', embeds: [], components: [], flags: 0 },
    path: '',
    problem: /empty message/,
  },
  {
    rule: 'white space alone is an empty message, a file is not',
    passes: { content: ' \n' },
    files: [file(0, 'a.png')],
    fails: { content: ' \n' },
    failingFiles: [],
    path: '',
    problem: /empty message/,
  },
  {
    rule: 'a reply without words is an empty message',
    passes: { content: 'x', message_reference: { message_id: '1' } },
    fails: { message_reference: { message_id: '1' } },
    path: '',
    problem: /empty message/,
  },
  {
    rule: 'an edit may leave everything as it is, but not take everything away',
    operation: 'update-original',
    passes: { content: '' },
    fails: { content: null, embeds: [], components: [], attachments: [] },
    path: '',
    problem: /empty message/,
  },
  {
    rule: 'a nonce has at most 25 characters',
    passes: { content: 'x', nonce: 'n'.repeat(25) },
    fails: { content: 'x', nonce: 'n'.repeat(26) },
    path: 'nonce',
    problem: /at most 25/,
  },
  {
    rule: 'an enforced nonce must be there',
    passes: { content: 'x', nonce: '1', enforce_nonce: true },
    fails: { content: 'x', enforce_nonce: true },
    path: 'nonce',
    problem: /required with enforce_nonce/,
  },
];

const alone: Rule[] = [
  {
    rule: 'a message of components has no content; null and "" reset it',
    passes: { content: '', flags: V2, components: [text] },
    fails: { content: 'x', flags: V2, components: [text] },
    path: 'content',
    problem: /not allowed with the flag IS_COMPONENTS_V2/,
  },
  {
    rule: 'a message of components has no embeds; [] resets them',
    passes: { content: null, embeds: [], flags: V2, components: [text] },
    fails: { embeds: [{ title: 'x' }], flags: V2, components: [text] },
    path: 'embeds',
    problem: /not allowed with the flag/,
  },
  {
    rule: 'a message of components has no poll',
    passes: { poll: null, flags: V2, components: [text] },
    fails: {
      poll: { question: { text: 'x' }, answers: [{ poll_media: { text: 'x' } }] },
      flags: V2,
      components: [text],
    },
    path: 'poll',
    problem: /not allowed with the flag/,
  },
  {
    rule: 'a message of components has no stickers',
    passes: { sticker_ids: [], flags: V2, components: [text] },
    fails: { sticker_ids: ['1'], flags: V2, components: [text] },
    path: 'sticker_ids',
    problem: /not allowed with the flag/,
  },
];

const embeds: Rule[] = [
  {
    rule: 'a message has at most 10 embeds',
    passes: { embeds: many(10, () => ({ title: 'x' })) },
    fails: { embeds: many(11, () => ({ title: 'x' })) },
    path: 'embeds',
    problem: /at most 10 entries, but has 11/,
  },
  {
    rule: 'all embeds together have at most 6000 characters, every text counted',
    passes: {
      embeds: [
        { description: 'x'.repeat(4096) },
        {
          title: 't'.repeat(4),
          description: 'x'.repeat(1890),
          author: { name: 'a' },
          footer: { text: 'f' },
          fields: [{ name: 'n'.repeat(4), value: 'v'.repeat(4) }],
        },
      ],
    },
    fails: {
      embeds: [
        { description: 'x'.repeat(4096) },
        {
          title: 't'.repeat(4),
          description: 'x'.repeat(1890),
          author: { name: 'a' },
          footer: { text: 'f' },
          fields: [{ name: 'n'.repeat(4), value: 'v'.repeat(5) }],
        },
      ],
    },
    path: 'embeds',
    problem: /at most 6000 characters over all embeds, but have 6001/,
  },
  ...(
    [
      ['title', 256],
      ['description', 4096],
    ] as const
  ).map(([key, max]) => ({
    rule: `an embed's ${key} has at most ${String(max)} characters`,
    passes: { embeds: [{ [key]: 'x'.repeat(max) }] },
    fails: { embeds: [{ [key]: 'x'.repeat(max + 1) }] },
    path: `embeds[0].${key}`,
    problem: new RegExp(`at most ${String(max)} characters long, but is ${String(max + 1)}`),
  })),
  {
    rule: "an embed's author has at most 256 characters",
    passes: { embeds: [{ author: { name: 'x'.repeat(256) } }] },
    fails: { embeds: [{ author: { name: 'x'.repeat(257) } }] },
    path: 'embeds[0].author.name',
    problem: /at most 256/,
  },
  {
    rule: "an embed's footer has at most 2048 characters",
    passes: { embeds: [{ footer: { text: 'x'.repeat(2048) } }] },
    fails: { embeds: [{ footer: { text: 'x'.repeat(2049) } }] },
    path: 'embeds[0].footer.text',
    problem: /at most 2048/,
  },
  {
    rule: 'an embed has at most 25 fields',
    passes: { embeds: [{ fields: many(25, () => field) }] },
    fails: { embeds: [{ fields: many(26, () => field) }] },
    path: 'embeds[0].fields',
    problem: /at most 25/,
  },
  {
    rule: 'the name of a field has 1 to 256 characters',
    passes: { embeds: [{ fields: [{ ...field, name: 'x'.repeat(256) }] }] },
    fails: { embeds: [{ fields: [field, { ...field, name: '' }] }] },
    path: 'embeds[0].fields[1].name',
    problem: /1 to 256/,
  },
  {
    rule: 'the value of a field has 1 to 1024 characters',
    passes: { embeds: [{ fields: [{ ...field, value: 'x'.repeat(1024) }] }] },
    fails: { embeds: [{ fields: [{ ...field, value: 'x'.repeat(1025) }] }] },
    path: 'embeds[0].fields[0].value',
    problem: /1 to 1024/,
  },
];

describe('a message', () => {
  withAndWithoutSpec((contract) => {
    testRules(contract, 'create-message', [...content, ...alone, ...embeds]);
    testRules(contract, 'execute-webhook', [
      {
        rule: 'a follow-up of buttons alone is a message',
        passes: { components: rows },
        fails: { tts: false },
        path: '',
        problem: /empty message/,
      },
    ]);
  });
});
