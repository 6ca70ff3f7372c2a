import { describe } from 'vitest';

import { file, many, testRules, withAndWithoutSpec } from './rules.ts';
import type { Rule } from './rules.ts';

const flags = 32768;
const png = [file(0, 'a.png')];
const KEPT = '1234567890123456789';
const gallery = (url: string): object => ({
  flags,
  components: [{ type: 12, items: [{ media: { url } }] }],
});
const image = (url: string, more: object = {}): object => ({
  embeds: [{ image: { url } }],
  ...more,
});

const parts: Rule[] = [
  {
    rule: 'a message has at most 10 attachments',
    passes: {
      content: 'x',
      attachments: many(10, (n) => ({ id: `${KEPT.slice(1)}${String(n)}` })),
    },
    fails: { content: 'x', attachments: many(11, (n) => ({ id: String(10n ** 17n + BigInt(n)) })) },
    operation: 'edit-message',
    path: 'attachments',
    problem: /at most 10 entries, but has 11/,
  },
  {
    rule: 'a file part is named files[0] to files[9]',
    passes: {},
    files: many(10, (n) => file(n, 'a.png')),
    fails: {},
    failingFiles: [file(10, 'a.png')],
    path: 'files[10]',
    problem: /files\[0\] to files\[9\]/,
  },
  {
    rule: 'a file part has a name of its own',
    passes: {},
    files: [file(0, 'a.png'), file(1, 'a.png')],
    fails: {},
    failingFiles: [file(0, 'a.png'), file(0, 'b.png')],
    path: 'files[0]',
    problem: /name of its own/,
  },
  {
    rule: 'a file name is not empty',
    passes: {},
    files: png,
    fails: {},
    failingFiles: [file(0, '')],
    path: 'files[0]',
    problem: /1 to 1024 characters long, but is 0/,
  },
  {
    rule: 'a file name has at most 1024 characters',
    passes: {},
    files: [file(0, 'x'.repeat(1024))],
    fails: {},
    failingFiles: [file(0, 'x'.repeat(1025))],
    path: 'files[0]',
    problem: /but is 1025/,
  },
  {
    rule: 'a new attachment has a file part',
    passes: { attachments: [{ id: '0' }] },
    files: png,
    fails: { attachments: [{ id: '0' }, { id: '1' }] },
    path: 'attachments[1].id',
    problem: /there is no files\[1\]/,
  },
  {
    rule: 'a new message keeps no attachment of another',
    passes: { attachments: [{ id: 0 }] },
    files: png,
    fails: { attachments: [{ id: '0' }, { id: KEPT }] },
    path: 'attachments[1].id',
    problem: /must be the number of a file part/,
  },
  {
    rule: 'an edit keeps attachments by their snowflake only',
    operation: 'update-original',
    passes: { attachments: [{ id: '0' }, { id: KEPT }] },
    files: png,
    fails: { attachments: [{ id: '0' }, { id: '12' }] },
    path: 'attachments[1].id',
    problem: /id of an attachment to keep, but is 12/,
  },
  {
    rule: 'a file part stands in the attachments where they are given',
    passes: { content: 'x' },
    files: png,
    fails: { content: 'x', attachments: [] },
    path: 'files[0]',
    problem: /no entry in attachments/,
  },
  {
    rule: 'an attachment is listed once',
    passes: { attachments: [{ id: '0' }] },
    files: png,
    fails: { attachments: [{ id: '0' }, { id: 0 }] },
    path: 'attachments[1].id',
    problem: /unique/,
  },
  {
    rule: 'an alternative text has at most 1024 characters',
    passes: { attachments: [{ id: '0', description: 'x'.repeat(1024) }] },
    files: png,
    fails: { attachments: [{ id: '0', description: 'x'.repeat(1025) }] },
    path: 'attachments[0].description',
    problem: /at most 1024 characters long, but is 1025/,
  },
  {
    rule: 'the filename of an attachment is not empty',
    passes: { attachments: [{ id: '0', filename: 'b.png' }] },
    files: png,
    fails: { attachments: [{ id: '0', filename: '' }] },
    path: 'attachments[0].filename',
    problem: /1 to 1024/,
  },
];

const references: Rule[] = [
  {
    rule: 'an embed shows a file that is uploaded',
    passes: image('attachment://a.png'),
    files: png,
    fails: image('attachment://b.png'),
    path: 'embeds[0].image.url',
    problem: /names b\.png, which is not uploaded; the attachments are: a\.png/,
  },
  {
    rule: 'a file is known by the filename in attachments, where it has one there',
    passes: image('attachment://b.png', { attachments: [{ id: '0', filename: 'b.png' }] }),
    files: png,
    fails: image('attachment://a.png', { attachments: [{ id: '0', filename: 'b.png' }] }),
    path: 'embeds[0].image.url',
    problem: /the attachments are: b\.png/,
  },
  {
    rule: 'an embed shows pictures only',
    passes: image('attachment://a.WEBP'),
    files: [file(0, 'a.WEBP')],
    fails: image('attachment://a.avif'),
    failingFiles: [file(0, 'a.avif')],
    path: 'embeds[0].image.url',
    problem: /jpg, jpeg, png, webp and gif/,
  },
  {
    rule: 'a gallery shows a file that is uploaded',
    passes: gallery('attachment://a.png'),
    files: png,
    fails: gallery('attachment://b.png'),
    path: 'components[0].items[0].media.url',
    problem: /names b\.png/,
  },
  {
    rule: 'a gallery shows web addresses and attachments only',
    passes: gallery('https://example.com/a.png'),
    fails: gallery('ftp://example.com/a.png'),
    path: 'components[0].items[0].media.url',
    problem: /http, https or attachment/,
  },
  {
    rule: 'a file component shows an attachment, never a web address',
    passes: { flags, components: [{ type: 13, file: { url: 'attachment://a.png' } }] },
    files: png,
    fails: { flags, components: [{ type: 13, file: { url: 'https://example.com/a.png' } }] },
    path: 'components[0].file.url',
    problem: /must be an attachment:\/\/ address/,
  },
  {
    rule: 'an edit that says nothing of attachments may show an old one, a list without it may not',
    operation: 'update-original',
    passes: gallery('attachment://old.png'),
    fails: { ...gallery('attachment://old.png'), attachments: [{ id: '0' }] },
    failingFiles: png,
    path: 'components[0].items[0].media.url',
    problem: /names old\.png/,
  },
  {
    rule: 'an edit that keeps an attachment without its name may show it, one with its name only that',
    operation: 'edit-message',
    passes: { ...gallery('attachment://old.png'), attachments: [{ id: KEPT }] },
    fails: { ...gallery('attachment://old.png'), attachments: [{ id: KEPT, filename: 'x.png' }] },
    path: 'components[0].items[0].media.url',
    problem: /the attachments are: x\.png/,
  },
];

describe('attachments', () => {
  withAndWithoutSpec((contract) => {
    testRules(contract, 'create-message', [...parts, ...references]);
  });
});
