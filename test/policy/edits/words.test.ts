import { describe, expect, it } from 'vitest';
import type { WordRule } from '../../../src/domain/rule.ts';
import { addWords } from '../../../src/policy/edits/add-words.ts';
import { enforceWords } from '../../../src/policy/edits/enforce-words.ts';
import { removeWords } from '../../../src/policy/edits/remove-words.ts';
import { done, many, settings } from './settings.ts';

const rule = (id: string, text: string, dryRun = false): WordRule => ({
  id,
  kind: 'words',
  text,
  dryRun,
});
const asked = (text: string, dryRun = false) => ({ kind: 'words' as const, text, dryRun });
const words = [rule('a', 'fox'), rule('b', 'red wolf', true)];

/** Gives these ids, then no more. */
function idsOf(...ids: readonly string[]): () => string {
  const left = [...ids];
  return () => {
    const id = left.shift();
    if (id === undefined) throw new Error('There are no more ids.');
    return id;
  };
}

describe('addWords', () => {
  it('adds rules under ids that are not taken', () => {
    const edit = done(
      addWords(settings({ words }), [asked('bear'), asked('elk', true)], idsOf('a', 'c', 'c', 'd')),
    );
    const added = [rule('c', 'bear'), rule('d', 'elk', true)];
    expect(edit.rules.words).toEqual([...words, ...added]);
    expect(edit.change).toEqual({ what: 'words', added, removed: [] });
  });

  it('leaves out what is there already and what is named twice; a pattern is another rule than a word', () => {
    const given = [
      asked('fox'),
      asked('elk'),
      asked('elk'),
      { ...asked('fox'), kind: 'pattern' as const },
    ];
    const { change } = done(addWords(settings({ words }), given, idsOf('c', 'd')));
    expect(change).toMatchObject({
      added: [rule('c', 'elk'), { ...rule('d', 'fox'), kind: 'pattern' }],
      removed: [],
    });
  });

  it('where only the dry run differs, changes the rule that is there, under its own id', () => {
    const { rules, change } = done(addWords(settings({ words }), [asked('red wolf')], idsOf()));
    expect(rules.words).toEqual([words[0], rule('b', 'red wolf')]);
    expect(change).toEqual({ what: 'words', added: [rule('b', 'red wolf')], removed: [words[1]] });
  });

  it('refuses when nothing is left to do, and all where they would be too many', () => {
    expect(addWords(settings({ words }), [asked('fox')], idsOf())).toMatchObject({
      refused: { reason: 'no-change' },
    });
    expect(addWords(settings({ words }), [], idsOf())).toMatchObject({
      refused: { reason: 'no-change' },
    });
    const almost = settings({ words: many(999, (index) => rule(`${index}`, `word ${index}`)) });
    expect(addWords(almost, [asked('x'), asked('y')], idsOf('x', 'y'))).toMatchObject({
      refused: { reason: 'too-many-rules', most: 1000 },
    });
    expect(done(addWords(almost, [asked('x')], idsOf('x'))).rules.words).toHaveLength(1000);
  });
});

describe('removeWords', () => {
  it('removes those that are named', () => {
    expect(removeWords(settings({ words }), ['b', 'b'])).toEqual({
      rules: settings({ words: words.slice(0, 1) }).rules,
      change: { what: 'words', added: [], removed: words.slice(1) },
    });
  });

  it('removes nothing where one is not there, or none is named', () => {
    for (const ids of [['a', 'x'], ['x'], []])
      expect(removeWords(settings({ words }), ids)).toMatchObject({
        refused: { reason: 'not-set' },
      });
  });
});

describe('enforceWords', () => {
  it('enforces a rule that ran dry, and lets one run dry, in its place', () => {
    const { rules, change } = done(enforceWords(settings({ words }), 'b', false));
    expect(rules.words).toEqual([words[0], rule('b', 'red wolf')]);
    expect(change).toEqual({ what: 'words', added: [rule('b', 'red wolf')], removed: [words[1]] });
    expect(done(enforceWords(settings({ words }), 'a', true)).rules.words[0]).toEqual(
      rule('a', 'fox', true),
    );
  });

  it('refuses what is not there or is so already', () => {
    expect(enforceWords(settings({ words }), 'x', true)).toMatchObject({
      refused: { reason: 'not-set' },
    });
    expect(enforceWords(settings({ words }), 'a', false)).toMatchObject({
      refused: { reason: 'no-change' },
    });
  });
});
