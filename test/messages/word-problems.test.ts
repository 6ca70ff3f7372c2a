import { expect, it } from 'vitest';
import type { PatternProblem, WordRuleProblem } from '../../src/domain/word-rule-problem.ts';
import { en } from '../../src/messages/en.ts';
import { createWords } from '../../src/policy/words.ts';

const patterns: Readonly<Record<PatternProblem, true>> = {
  empty: true,
  'too-large': true,
  'too-deep': true,
  'too-large-together': true,
  'hits-nothing': true,
  'looks-around': true,
  'refers-back': true,
  possessive: true,
  'unknown-group': true,
  'escaped-number': true,
  'open-bracket': true,
  'open-parenthesis': true,
  'closed-parenthesis': true,
  'nothing-to-repeat': true,
  'repeats-twice': true,
  'repeat-count': true,
  range: true,
  'trailing-backslash': true,
  'unknown-escape': true,
  'group-names': true,
  unreadable: true,
};

const problems: readonly (readonly ['words' | 'pattern', WordRuleProblem])[] = [
  ['words', { kind: 'too-long', of: 'words', length: 1001, most: 100 }],
  ['pattern', { kind: 'too-long', of: 'pattern', length: 201, most: 200 }],
  ['words', { kind: 'nothing-to-hit' }],
  ['words', { kind: 'too-many-letters', most: 100 }],
  ...(Object.keys(patterns) as PatternProblem[]).map((kind) => ['pattern', { kind }] as const),
];

it.each(problems)(
  'what is wrong with a rule (%s, %j) is told in a sentence that people understand, with an example that has no problem',
  (kind, problem) => {
    const { why, example } = en.wordProblem(problem);
    expect(why).toMatch(/^[A-Z].*\.$/u);
    expect(why).not.toMatch(/undefined|regexp|RE2/u);
    expect(createWords().problem({ kind, text: example })).toBeUndefined();
  },
);
