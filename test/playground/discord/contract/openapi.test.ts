import { describe, expect, test } from 'vitest';

import { createContract } from '../../../../src/playground/discord/contract/contract.ts';
import { file, testRules, withSpec } from './rules.ts';
import type { Rule } from './rules.ts';

const flags = 32768;
const KEPT = '1234567890123456789';
const components = [{ type: 10, content: 'words' }];
const buttons = (fields: object): object => ({
  components: [
    { type: 1, components: [{ type: 2, style: 1, label: 'Go', custom_id: 'go', ...fields }] },
  ],
});
const command = (fields: object): object[] => [{ name: 'imagine', description: 'd', ...fields }];

const fields: Rule[] = [
  {
    rule: 'a field that is misspelt is found',
    passes: { content: 'x', allowed_mentions: { parse: [] } },
    fails: { content: 'x', alowed_mentions: { parse: [] } },
    path: 'alowed_mentions',
    problem: /not a field that Discord knows/,
  },
  {
    rule: 'a field that is misspelt deep inside is found',
    passes: { embeds: [{ footer: { text: 'x' } }] },
    fails: { embeds: [{ footer: { text: 'x', iconURL: 'https://example.com' } }] },
    path: 'embeds[0].footer.iconURL',
    problem: /not a field/,
  },
  {
    rule: 'a field of another component is found',
    passes: buttons({ disabled: true }),
    fails: buttons({ placeholder: 'x' }),
    path: 'components[0].components[0].placeholder',
    problem: /not a field/,
  },
  {
    rule: 'a value of another type is found',
    passes: { embeds: [{ color: 5 }] },
    fails: { embeds: [{ color: '#fff' }] },
    path: 'embeds[0].color',
    problem: /must be integer or null/,
  },
  {
    rule: 'a number out of range is found and said',
    passes: { flags, components: [{ type: 17, accent_color: 0xffffff, components }] },
    fails: { flags, components: [{ type: 17, accent_color: 0x1000000, components }] },
    path: 'components[0].accent_color',
    problem: /<= 16777215, but is 16777216/,
  },
  {
    rule: 'a constant that Discord does not know is found',
    passes: { content: 'x', allowed_mentions: { parse: ['users'] } },
    fails: { content: 'x', allowed_mentions: { parse: ['user'] } },
    path: 'allowed_mentions.parse[0]',
    problem: /must be one of \["users","roles","everyone"\]/,
  },
  {
    rule: 'an address is one',
    passes: { embeds: [{ url: 'https://example.com' }] },
    fails: { embeds: [{ url: 'example' }] },
    path: 'embeds[0].url',
    problem: /format "uri"/,
  },
  {
    rule: 'lengths are counted in UTF-16 units there too',
    passes: { content: 'x', components: [], attachments: [{ id: '0', title: '🎨'.repeat(512) }] },
    files: [file(0, 'a.png')],
    fails: { content: 'x', components: [], attachments: [{ id: '0', title: '🎨'.repeat(513) }] },
    path: 'attachments[0].title',
    problem: /1024 characters, but is 1026/,
  },
];

describe("Discord's OpenAPI document", () => {
  withSpec((contract) => {
    testRules(contract, 'create-message', fields);
    testRules(contract, 'bulk-global-commands', [
      {
        rule: 'permissions may be a number or a text of one',
        passes: [...command({ default_member_permissions: '32' })],
        fails: command({ default_member_permissions: 'admin' }),
        path: '[0].default_member_permissions',
        problem: /pattern/,
      },
      {
        rule: 'fields that the document lacks are known: nsfw, file_types',
        passes: command({
          nsfw: true,
          default_member_permissions: 32,
          options: [{ type: 11, name: 'a', description: 'd', file_types: ['image', '.png'] }],
        }),
        fails: command({ nsfw: 'yes' }),
        path: '[0].nsfw',
        problem: /boolean or null/,
      },
      {
        rule: 'an entry that is no command is found',
        passes: command({}),
        fails: [...command({}), 'imagine'],
        path: '[1]',
        problem: /must be object/,
      },
    ]);

    test('what discord.js sends with every message is known in every operation', () => {
      const body = { content: 'x', tts: false, enforce_nonce: false };
      const operations = [
        'update-original',
        'execute-webhook',
        'update-webhook-message',
        'create-message',
        'edit-message',
      ] as const;
      for (const operation of operations) expect(contract.check(operation, body, [])).toEqual([]);
      for (const type of [4, 7]) {
        const answer = { type, data: body };
        expect(contract.check('create-interaction-response', answer, [])).toEqual([]);
      }
    });

    test('a numeric attachment id is known', () => {
      const body = { attachments: [{ id: 0 }, { id: KEPT }] };
      expect(contract.check('update-original', body, [file(0, 'a.png')])).toEqual([]);
    });

    test('a callback is checked as what its type says, and each type has a schema', () => {
      const check = (body: object): string[] =>
        contract.check('create-interaction-response', body, []).map(({ path }) => path);
      expect(check({ type: 1, extra: 1 })).toEqual(['extra']);
      expect(check({ type: 5, extra: 1 })).toEqual(['extra']);
      expect(check({ type: 6, extra: 1 })).toEqual(['extra']);
      expect(check({ type: 8, data: { choices: [], extra: 1 } })).toEqual(['data.extra']);
      expect(check({ type: 12, extra: 1 })).toEqual(['extra']);
      expect(check({ type: 13, data: { eligible: 1 } })).toEqual(['data.eligible']);
    });
  });

  test('a path where there is none is refused at once', () => {
    expect(() => createContract({ openApiPath: 'nowhere.json' })).toThrow('ENOENT');
  });

  test('a file that is no OpenAPI document is refused at once', () => {
    const path = new URL('../../../../package.json', import.meta.url).pathname;
    expect(() => createContract({ openApiPath: path })).toThrow('no components.schemas');
  });
});
