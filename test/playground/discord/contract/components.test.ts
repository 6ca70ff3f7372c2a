import { describe, expect, test } from 'vitest';

import { OVERSIZED_COMPONENTS } from '../../../../src/playground/discord/contract/displays.ts';
import { many, testRules, withAndWithoutSpec } from './rules.ts';
import type { Rule } from './rules.ts';

const flags = 32768;
const text = (content = 'words'): object => ({ type: 10, content });
const button = (id: string): object => ({ type: 2, style: 2, label: id, custom_id: id });
const row = (...components: object[]): object => ({ type: 1, components });
const option = (value: string): object => ({ label: value, value });
const select = (fields: object = {}): object => ({
  type: 3,
  custom_id: 'pick',
  options: [option('a')],
  ...fields,
});
const legacy = (...components: object[]): object => ({ components });
const v2 = (...components: object[]): object => ({ flags, components });
const one = (fields: object): object =>
  legacy(row({ type: 2, style: 1, label: 'Go', custom_id: 'go', ...fields }));
const picture = { media: { url: 'https://example.com/a.png' } };
const AT = 'components[0].components[0]';

const layout: Rule[] = [
  {
    rule: 'there are at most 40 components, nested ones included',
    passes: v2({ type: 17, components: many(39, () => text()) }),
    fails: v2(
      { type: 17, components: many(38, () => text()) },
      { type: 9, components: [text()], accessory: button('a') },
    ),
    path: 'components',
    problem: /at most 40 components, nested ones included, but are 42/,
  },
  {
    rule: 'a legacy message has at most 5 rows',
    passes: legacy(...many(5, (n) => row(button(String(n))))),
    fails: legacy(...many(6, (n) => row(button(String(n))))),
    path: 'components',
    problem: /at most 5 entries, but has 6/,
  },
  {
    rule: 'the flag allows more rows than 5',
    passes: v2(...many(6, (n) => row(button(String(n))))),
    fails: legacy(...many(6, (n) => row(button(String(n))))),
    path: 'components',
    problem: /at most 5/,
  },
  {
    rule: 'a row has 1 to 5 buttons',
    passes: legacy(row(...many(5, (n) => button(String(n))))),
    fails: legacy(row(...many(6, (n) => button(String(n))))),
    path: 'components[0].components',
    problem: /1 to 5 entries, but has 6/,
  },
  {
    rule: 'a select stands alone in its row',
    passes: legacy(row(select()), row(button('a'))),
    fails: legacy(row(select(), button('a'))),
    path: 'components[0].components',
    problem: /1 to 5 buttons or one select alone/,
  },
  {
    rule: 'a V2 component needs the flag, on an edit too',
    operation: 'update-original',
    passes: v2(text()),
    fails: legacy(text()),
    path: 'components[0].type',
    problem: /textDisplay \(10\) needs the flag IS_COMPONENTS_V2/,
  },
  {
    rule: 'a button stands in a row, not by itself',
    passes: v2(row(button('a'))),
    fails: v2(button('a')),
    path: 'components[0].type',
    problem: /button \(2\) may not stand here/,
  },
  {
    rule: 'a container holds no container',
    passes: v2({ type: 17, components: [text()] }),
    fails: v2({ type: 17, components: [{ type: 17, components: [text()] }] }),
    path: `${AT}.type`,
    problem: /container \(17\) may not stand here/,
  },
  {
    rule: 'a section has an accessory',
    passes: v2({ type: 9, components: [text()], accessory: { type: 11, ...picture } }),
    fails: v2({ type: 9, components: [text()] }),
    path: 'components[0].accessory',
    problem: /required: a button or a thumbnail/,
  },
  {
    rule: 'a section has 1 to 3 texts',
    passes: v2({ type: 9, components: many(3, () => text()), accessory: button('a') }),
    fails: v2({ type: 9, components: many(4, () => text()), accessory: button('a') }),
    path: 'components[0].components',
    problem: /1 to 3/,
  },
  {
    rule: 'a type that is unknown may stand nowhere',
    passes: v2(text()),
    fails: v2({ type: 99 }),
    path: 'components[0].type',
    problem: /type 99 may not stand here/,
  },
];

const controls: Rule[] = [
  {
    rule: 'a custom id is unique in the message, nested ones included',
    passes: v2({ type: 17, components: [row(button('a'))] }, row(button('b'))),
    fails: v2({ type: 17, components: [row(button('a'))] }, row(button('a'))),
    path: 'components[1].components[0].custom_id',
    problem: /must be unique, but components\[0\]\.components\[0\]\.components\[0\] has the same/,
  },
  {
    rule: 'a custom id has 1 to 100 characters',
    passes: one({ custom_id: 'x'.repeat(100) }),
    fails: one({ custom_id: 'x'.repeat(101) }),
    path: `${AT}.custom_id`,
    problem: /1 to 100 characters long, but is 101/,
  },
  {
    rule: 'a custom id is not empty',
    passes: one({ custom_id: 'x' }),
    fails: one({ custom_id: '' }),
    path: `${AT}.custom_id`,
    problem: /1 to 100 characters long, but is 0/,
  },
  {
    rule: 'a button of style 1 to 4 has a custom id',
    passes: one({ style: 4 }),
    fails: one({ style: 4, custom_id: undefined }),
    path: `${AT}.custom_id`,
    problem: /required/,
  },
  {
    rule: 'a button of style 1 to 4 has no address',
    passes: one({ url: null }),
    fails: one({ url: 'https://example.com' }),
    path: `${AT}.url`,
    problem: /not allowed on a non-link button/,
  },
  {
    rule: 'a link has an address',
    passes: one({ style: 5, custom_id: undefined, url: 'https://example.com' }),
    fails: one({ style: 5, custom_id: undefined }),
    path: `${AT}.url`,
    problem: /required/,
  },
  {
    rule: 'a link has no custom id',
    passes: one({ style: 5, custom_id: undefined, url: 'https://example.com' }),
    fails: one({ style: 5, url: 'https://example.com' }),
    path: `${AT}.custom_id`,
    problem: /not allowed on a link button/,
  },
  {
    rule: "a link's address has at most 512 characters",
    passes: one({ style: 5, custom_id: undefined, url: `https://e.com/${'x'.repeat(498)}` }),
    fails: one({ style: 5, custom_id: undefined, url: `https://e.com/${'x'.repeat(499)}` }),
    path: `${AT}.url`,
    problem: /1 to 512/,
  },
  {
    rule: 'a premium button has nothing but what it sells',
    passes: one({ style: 6, custom_id: undefined, label: undefined, sku_id: '5' }),
    fails: one({ style: 6, custom_id: undefined, sku_id: '5' }),
    path: `${AT}.label`,
    problem: /not allowed on a premium button/,
  },
  {
    rule: 'a style is 1 to 6',
    passes: one({ style: 3 }),
    fails: one({ style: 7 }),
    path: `${AT}.style`,
    problem: /1 to 6/,
  },
  {
    rule: 'a button has a label or an emoji',
    passes: one({ label: undefined, emoji: { name: '🎨', animated: false } }),
    fails: one({ label: undefined }),
    path: `${AT}.label`,
    problem: /required where there is no emoji/,
  },
  {
    rule: 'a label has at most 80 characters',
    passes: one({ label: 'x'.repeat(80) }),
    fails: one({ label: 'x'.repeat(81) }),
    path: `${AT}.label`,
    problem: /at most 80 characters long, but is 81/,
  },
  {
    rule: 'a select has 1 to 25 options',
    passes: legacy(row(select({ options: many(25, (n) => option(String(n))) }))),
    fails: legacy(row(select({ options: many(26, (n) => option(String(n))) }))),
    path: `${AT}.options`,
    problem: /1 to 25 entries, but has 26/,
  },
  {
    rule: 'the values of a select are unique',
    passes: legacy(row(select({ options: [option('a'), option('b')] }))),
    fails: legacy(row(select({ options: [option('a'), option('a')] }))),
    path: `${AT}.options[1].value`,
    problem: /unique/,
  },
  {
    rule: 'the label of a choice has 1 to 100 characters',
    passes: legacy(row(select({ options: [{ label: 'x'.repeat(100), value: 'a' }] }))),
    fails: legacy(row(select({ options: [{ label: 'x'.repeat(101), value: 'a' }] }))),
    path: `${AT}.options[0].label`,
    problem: /1 to 100/,
  },
  {
    rule: 'a placeholder has at most 150 characters',
    passes: legacy(row(select({ placeholder: 'x'.repeat(150) }))),
    fails: legacy(row(select({ placeholder: 'x'.repeat(151) }))),
    path: `${AT}.placeholder`,
    problem: /at most 150/,
  },
  {
    rule: 'a select asks for no more than it allows',
    passes: legacy(row(select({ min_values: 1, max_values: 1 }))),
    fails: legacy(row(select({ min_values: 2, max_values: 1 }))),
    path: `${AT}.min_values`,
    problem: /must not exceed max_values/,
  },
];

const displays: Rule[] = [
  {
    rule: 'all texts together have at most 4000 characters',
    passes: v2(text('x'.repeat(2000)), { type: 17, components: [text('x'.repeat(2000))] }),
    fails: v2(text('x'.repeat(2000)), { type: 17, components: [text('x'.repeat(2001))] }),
    path: 'components',
    problem: /at most 4000 characters over all text displays, but have 4001/,
  },
  {
    rule: 'a text is not empty',
    passes: v2(text('x')),
    fails: v2(text('')),
    path: 'components[0].content',
    problem: /1 to 4000/,
  },
  {
    rule: 'a gallery has 1 to 10 pictures',
    passes: v2({ type: 12, items: many(10, () => picture) }),
    fails: v2({ type: 12, items: many(11, () => picture) }),
    path: 'components[0].items',
    problem: /1 to 10 entries, but has 11/,
  },
  {
    rule: 'a gallery is not empty',
    passes: v2({ type: 12, items: [picture] }),
    fails: v2({ type: 12, items: [] }),
    path: 'components[0].items',
    problem: /1 to 10 entries, but has 0/,
  },
  {
    rule: 'the description of a picture has 1 to 1024 characters',
    passes: v2({ type: 12, items: [{ ...picture, description: 'x'.repeat(1024) }] }),
    fails: v2({ type: 12, items: [picture, { ...picture, description: 'x'.repeat(1025) }] }),
    path: 'components[0].items[1].description',
    problem: /1 to 1024 characters long, but is 1025/,
  },
];

describe('components', () => {
  withAndWithoutSpec((contract) => {
    testRules(contract, 'create-message', [...layout, ...controls, ...displays]);

    test('texts of more than 10170 bytes are told apart, since Discord answers 500', () => {
      // Three bytes each, so that 4000 characters are not exceeded.
      const full = '語'.repeat(3386);
      expect(contract.check('create-message', v2(text(full)), [])).toEqual([]);
      expect(contract.check('create-message', v2(text(`${full}x`)), [])).toEqual([
        { operation: 'create-message', path: 'components', problem: OVERSIZED_COMPONENTS },
      ]);
    });
  });
});
