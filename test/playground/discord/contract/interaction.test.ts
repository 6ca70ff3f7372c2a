import { describe } from 'vitest';

import { many, testRules, withAndWithoutSpec } from './rules.ts';
import type { Rule } from './rules.ts';

const answer = (type: number, data?: object): object => ({ type, data });
const input = (id: string): object => ({
  type: 18,
  label: 'Prompt',
  component: { type: 4, custom_id: id, style: 2 },
});
const modal = (fields: object = {}): object =>
  answer(9, { custom_id: 'edit', title: 'Edit', components: [input('a')], ...fields });
const label = (component: object, fields: object = {}): object =>
  modal({ components: [{ type: 18, label: 'L', component, ...fields }] });
const AT = 'data.components[0].component';

const callbacks: Rule[] = [
  {
    rule: 'a type that Discord does not know is refused',
    passes: answer(6),
    fails: answer(2),
    path: 'type',
    problem: /must be one of 1, 4, 5, 6, 7, 8, 9, 12, 13/,
  },
  {
    rule: 'a deferred answer carries no flag but EPHEMERAL',
    passes: answer(5, { flags: 64 }),
    fails: answer(5, { flags: 64 + 32768 }),
    path: 'data.flags',
    problem: /no flag but EPHEMERAL/,
  },
  {
    rule: 'a message in answer keeps the rules of a message',
    passes: answer(4, { content: 'x'.repeat(2000), flags: 64 }),
    fails: answer(4, { content: 'x'.repeat(2001) }),
    path: 'data.content',
    problem: /at most 2000/,
  },
  {
    rule: 'a message in answer is not empty',
    passes: answer(4, { content: 'x' }),
    fails: answer(4, {}),
    path: 'data',
    problem: /empty message/,
  },
  {
    rule: 'a message in answer has data',
    passes: answer(4, { content: 'x' }),
    fails: answer(4),
    path: 'data',
    problem: /required/,
  },
  {
    rule: 'an update is an edit: it may leave everything as it is',
    passes: answer(7, { components: [] }),
    fails: answer(7, { content: 'x', components: [{ type: 10, content: 'x' }] }),
    path: 'data.components[0].type',
    problem: /needs the flag/,
  },
  {
    rule: 'there are at most 25 suggestions',
    passes: answer(8, { choices: many(25, (n) => ({ name: String(n), value: n })) }),
    fails: answer(8, { choices: many(26, (n) => ({ name: String(n), value: n })) }),
    path: 'data.choices',
    problem: /at most 25 entries, but has 26/,
  },
  {
    rule: 'a suggestion has a name of 1 to 100 characters',
    passes: answer(8, { choices: [{ name: 'x'.repeat(100), value: 'x' }] }),
    fails: answer(8, { choices: [{ name: 'x'.repeat(101), value: 'x' }] }),
    path: 'data.choices[0].name',
    problem: /1 to 100/,
  },
  {
    rule: 'the value of a suggestion has at most 100 characters',
    passes: answer(8, { choices: [{ name: 'x', value: 'x'.repeat(100) }] }),
    fails: answer(8, { choices: [{ name: 'x', value: 'x'.repeat(101) }] }),
    path: 'data.choices[0].value',
    problem: /at most 100/,
  },
];

const modals: Rule[] = [
  {
    rule: 'a modal has 1 to 5 components',
    passes: modal({ components: many(5, (n) => input(String(n))) }),
    fails: modal({ components: many(6, (n) => input(String(n))) }),
    path: 'data.components',
    problem: /1 to 5 entries, but has 6/,
  },
  {
    rule: 'a title has at most 45 characters',
    passes: modal({ title: 'x'.repeat(45) }),
    fails: modal({ title: 'x'.repeat(46) }),
    path: 'data.title',
    problem: /1 to 45 characters long, but is 46/,
  },
  {
    rule: 'a modal has a custom id of 1 to 100 characters',
    passes: modal({ custom_id: 'x'.repeat(100) }),
    fails: modal({ custom_id: 'x'.repeat(101) }),
    path: 'data.custom_id',
    problem: /1 to 100/,
  },
  {
    rule: 'the fields of a modal have different ids',
    passes: modal({ components: [input('a'), input('b')] }),
    fails: modal({ components: [input('a'), input('a')] }),
    path: 'data.components[1].component.custom_id',
    problem: /must be unique/,
  },
  {
    rule: 'a label has at most 45 characters',
    passes: label({ type: 4, custom_id: 'a', style: 1 }, { label: 'x'.repeat(45) }),
    fails: label({ type: 4, custom_id: 'a', style: 1 }, { label: 'x'.repeat(46) }),
    path: 'data.components[0].label',
    problem: /1 to 45/,
  },
  {
    rule: 'a placeholder has at most 100 characters',
    passes: label({ type: 4, custom_id: 'a', style: 1, placeholder: 'x'.repeat(100) }),
    fails: label({ type: 4, custom_id: 'a', style: 1, placeholder: 'x'.repeat(101) }),
    path: `${AT}.placeholder`,
    problem: /at most 100/,
  },
  {
    rule: 'a text input is of one line or of several',
    passes: label({ type: 4, custom_id: 'a', style: 2 }),
    fails: label({ type: 4, custom_id: 'a', style: 3 }),
    path: `${AT}.style`,
    problem: /1 or 2/,
  },
  {
    rule: 'a text input takes 4000 characters',
    passes: label({ type: 4, custom_id: 'a', style: 1, min_length: 0, max_length: 4000 }),
    fails: label({ type: 4, custom_id: 'a', style: 1, max_length: 4001 }),
    path: `${AT}.max_length`,
    problem: /4000/,
  },
  {
    rule: 'a text input takes at least as much as it needs',
    passes: label({ type: 4, custom_id: 'a', style: 1, min_length: 5, max_length: 5 }),
    fails: label({ type: 4, custom_id: 'a', style: 1, min_length: 6, max_length: 5 }),
    path: `${AT}.min_length`,
    problem: /must not exceed max_length/,
  },
  {
    rule: 'what a text input is filled with is no longer than what it takes',
    passes: label({ type: 4, custom_id: 'a', style: 1, value: '🦊'.repeat(5), max_length: 5 }),
    fails: label({ type: 4, custom_id: 'a', style: 1, value: 'x'.repeat(6), max_length: 5 }),
    path: `${AT}.value`,
    problem: /at most max_length characters \(5\)/,
  },
  {
    rule: 'a modal has no buttons',
    passes: label({ type: 23, custom_id: 'a' }),
    fails: label({ type: 2, style: 1, label: 'x', custom_id: 'a' }),
    path: `${AT}.type`,
    problem: /button \(2\) may not stand here/,
  },
  {
    rule: 'no field of a modal is disabled',
    passes: label({ type: 5, custom_id: 'a', disabled: false }),
    fails: label({ type: 5, custom_id: 'a', disabled: true }),
    path: `${AT}.disabled`,
    problem: /must not be true in a modal/,
  },
  {
    rule: 'a field that may stay empty is not required',
    passes: label({ type: 19, custom_id: 'a', min_values: 0, required: false }),
    fails: label({ type: 19, custom_id: 'a', min_values: 0 }),
    path: `${AT}.min_values`,
    problem: /only with required: false/,
  },
  {
    rule: 'a radio group has 2 to 10 options',
    passes: label({ type: 21, custom_id: 'a', options: choices(2) }),
    fails: label({ type: 21, custom_id: 'a', options: choices(1) }),
    path: `${AT}.options`,
    problem: /2 to 10 entries, but has 1/,
  },
];

function choices(count: number): object[] {
  return many(count, (n) => ({ label: String(n), value: String(n) }));
}

describe('the answer to an interaction', () => {
  withAndWithoutSpec((contract) => {
    testRules(contract, 'create-interaction-response', [...callbacks, ...modals]);
  });
});
