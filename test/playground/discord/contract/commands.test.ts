import { describe } from 'vitest';

import { many, testRules, withAndWithoutSpec } from './rules.ts';
import type { Rule } from './rules.ts';

const command = (fields: object = {}): object => ({ name: 'imagine', description: 'd', ...fields });
const option = (fields: object = {}): object => ({
  type: 3,
  name: 'prompt',
  description: 'd',
  ...fields,
});
const list = (...commands: object[]): object[] => commands;
const withOptions = (...options: object[]): object[] => [command({ options })];
const choice = (value: string): object => ({ name: value, value });
const AT = '[0].options[0]';

const commands: Rule[] = [
  {
    rule: 'the name of a slash command has letters, digits, hyphens and underscores only',
    passes: list(command({ name: 'größe_1-a' })),
    fails: list(command({ name: 'make it' })),
    path: '[0].name',
    problem: /1 to 32 letters, digits/,
  },
  {
    rule: 'the name of a slash command is in lower case',
    passes: list(command({ name: 'imagine' })),
    fails: list(command({ name: 'Imagine' })),
    path: '[0].name',
    problem: /lower case/,
  },
  {
    rule: 'a translated name keeps the same rule',
    passes: list(command({ name_localizations: { de: 'bild' } })),
    fails: list(command({ name_localizations: { de: 'Ein Bild' } })),
    path: '[0].name_localizations.de',
    problem: /1 to 32 letters/,
  },
  {
    rule: 'a command of the context menu may have spaces and capitals, but no description',
    passes: list({ type: 3, name: 'Make This Again' }),
    fails: list({ type: 3, name: 'Make This Again', description: 'd' }),
    path: '[0].description',
    problem: /slash commands only/,
  },
  {
    rule: 'a description has 1 to 100 characters',
    passes: list(command({ description: 'x'.repeat(100) })),
    fails: list(command({ description: 'x'.repeat(101) })),
    path: '[0].description',
    problem: /1 to 100 characters long, but is 101/,
  },
  {
    rule: 'a slash command has a description',
    passes: list(command()),
    fails: list(command({ description: undefined })),
    path: '[0].description',
    problem: /required/,
  },
  {
    rule: 'two commands of a kind have different names',
    passes: list(command(), { type: 2, name: 'imagine' }),
    fails: list(command(), command()),
    path: '[1].name',
    problem: /"imagine" is there twice/,
  },
  {
    rule: 'there are at most 100 slash commands',
    passes: many(100, (n) => command({ name: `c${String(n)}` })),
    fails: many(101, (n) => command({ name: `c${String(n)}` })),
    path: '',
    problem: /at most 100 slash commands, but are 101/,
  },
  {
    rule: 'there are at most 15 message commands',
    passes: many(15, (n) => ({ type: 3, name: String(n) })),
    fails: many(16, (n) => ({ type: 3, name: String(n) })),
    path: '',
    problem: /at most 15 message commands, but are 16/,
  },
  {
    rule: 'a command has at most 8000 characters, of a text and its translations the longest counted',
    passes: large({ description_localizations: { de: 'x'.repeat(83) } }),
    fails: large({ description_localizations: { de: 'x'.repeat(84) } }),
    path: '[0]',
    problem: /at most 8000 characters together, but are 8001/,
  },
];

/** A command of 7917 characters and the longest description of its second option. */
function large(second: object): object[] {
  const rest = { name: 'n'.repeat(100), value: 'v' };
  return withOptions(
    option({ choices: choices(25, 100) }),
    option({ name: 'b', ...second, choices: [...choices(14, 100), rest] }),
  );
}

function choices(count: number, length: number): object[] {
  return many(count, (n) => choice(String(n).padStart(length, 'x')));
}

const options: Rule[] = [
  {
    rule: 'a command has at most 25 options',
    passes: withOptions(...many(25, (n) => option({ name: `o${String(n)}` }))),
    fails: withOptions(...many(26, (n) => option({ name: `o${String(n)}` }))),
    path: '[0].options',
    problem: /at most 25 entries, but has 26/,
  },
  {
    rule: 'required options come first',
    passes: withOptions(option({ required: true }), option({ name: 'b' })),
    fails: withOptions(option({ name: 'b' }), option({ required: true })),
    path: '[0].options[1].required',
    problem: /before optional ones/,
  },
  {
    rule: 'options have different names',
    passes: withOptions(option(), option({ name: 'b' })),
    fails: withOptions(option(), option()),
    path: '[0].options[1].name',
    problem: /"prompt" is there twice/,
  },
  {
    rule: 'the name of an option is in lower case',
    passes: withOptions(option({ name: 'größe' })),
    fails: withOptions(option({ name: 'Größe' })),
    path: `${AT}.name`,
    problem: /lower case/,
  },
  {
    rule: 'the description of an option is not empty',
    passes: withOptions(option()),
    fails: withOptions(option({ description: '' })),
    path: `${AT}.description`,
    problem: /1 to 100 characters long, but is 0/,
  },
  {
    rule: 'a type is 1 to 11',
    passes: withOptions(option({ type: 11 })),
    fails: withOptions(option({ type: 12 })),
    path: `${AT}.type`,
    problem: /1 to 11/,
  },
  {
    rule: 'an option has at most 25 choices',
    passes: withOptions(option({ choices: choices(25, 2) })),
    fails: withOptions(option({ choices: choices(26, 2) })),
    path: `${AT}.choices`,
    problem: /at most 25 entries, but has 26/,
  },
  {
    rule: 'an option with choices does not complete',
    passes: withOptions(option({ autocomplete: true })),
    fails: withOptions(option({ autocomplete: true, choices: [choice('a')] })),
    path: `${AT}.autocomplete`,
    problem: /may not be true where there are choices/,
  },
  {
    rule: 'the name of a choice has 1 to 100 characters',
    passes: withOptions(option({ choices: [{ name: 'x'.repeat(100), value: 'a' }] })),
    fails: withOptions(option({ choices: [{ name: 'x'.repeat(101), value: 'a' }] })),
    path: `${AT}.choices[0].name`,
    problem: /1 to 100/,
  },
  {
    rule: 'the value of a choice has at most 100 characters',
    passes: withOptions(option({ choices: [{ name: 'a', value: 'x'.repeat(100) }] })),
    fails: withOptions(option({ choices: [{ name: 'a', value: 'x'.repeat(101) }] })),
    path: `${AT}.choices[0].value`,
    problem: /at most 100/,
  },
  {
    rule: 'the lower bound is not above the upper one',
    passes: withOptions(option({ type: 4, min_value: 1, max_value: 4 })),
    fails: withOptions(option({ type: 4, min_value: 5, max_value: 4 })),
    path: `${AT}.min_value`,
    problem: /must not exceed max_value \(4\)/,
  },
  {
    rule: 'lengths are for string options',
    passes: withOptions(option({ max_length: 6000 })),
    fails: withOptions(option({ type: 4, max_length: 6000 })),
    path: `${AT}.max_length`,
    problem: /string options only/,
  },
  {
    rule: 'file types are for attachment options',
    passes: withOptions(option({ type: 11, file_types: ['image'] })),
    fails: withOptions(option({ type: 3, file_types: ['image'] })),
    path: `${AT}.file_types`,
    problem: /attachment options only/,
  },
  {
    rule: 'sub-commands and other options do not mix',
    passes: withOptions(option({ type: 1, name: 'a' }), option({ type: 1, name: 'b' })),
    fails: withOptions(option({ type: 1, name: 'a' }), option({ name: 'b' })),
    path: '[0].options',
    problem: /sub-commands and groups alone/,
  },
  {
    rule: 'a group holds sub-commands',
    passes: withOptions(option({ type: 2, options: [option({ type: 1 })] })),
    fails: withOptions(option({ type: 2, options: [option({ type: 3 })] })),
    path: `${AT}.options[0].type`,
    problem: /may not stand in a group/,
  },
  {
    rule: 'the options of a sub-command keep the rules too',
    passes: withOptions(option({ type: 1, options: [option({ required: true })] })),
    fails: withOptions(option({ type: 1, options: [option(), option()] })),
    path: `${AT}.options[1].name`,
    problem: /there twice/,
  },
];

describe('commands', () => {
  withAndWithoutSpec((contract) => {
    testRules(contract, 'bulk-global-commands', [...commands, ...options]);
    testRules(contract, 'bulk-guild-commands', [
      {
        rule: 'the body is a list of commands',
        passes: [],
        fails: { name: 'imagine' },
        path: '',
        problem: /list of commands/,
      },
    ]);
  });
});
