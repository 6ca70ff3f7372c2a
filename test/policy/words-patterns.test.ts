import { describe, expect, it } from 'vitest';
import type { WordRule } from '../../src/domain/rule.ts';
import { createWords } from '../../src/policy/words.ts';

const words = createWords();

function pattern(text: string): WordRule {
  return { id: 'w1', kind: 'pattern', text, dryRun: false };
}

function found(text: string, prompt: string): string | undefined {
  return words.hits([pattern(text)], prompt).enforced[0]?.found;
}

describe('patterns', () => {
  it.each([
    ['c[ao]t', 'a COT', 'COT'],
    ['\\bcats?\\b', 'two Cats.', 'Cats'],
    ['cat', 'conCATenate', 'CAT'],
    ['кот', 'КОТ', 'КОТ'],
    ['\\d{4}', 'in 1999', '1999'],
    // As it was written, but for what nobody sees.
    ['cat', 'c\u200ba\u00adt!', 'c\u200ba\u00adt'],
    ['\\p{So}', 'a 🐱', '🐱'],
    ['café', 'a café', 'café'],
    // And bare of disguises.
    ['cafe', 'a café au lait', 'café'],
    ['cafes', 'two cafe\u0301s', 'cafe\u0301s'],
    ['cat', '𝓬𝓪𝓽s', '𝓬𝓪𝓽'],
    ['cat', 'сat', 'сat'],
    ['ff', 'ﬀ!', 'ﬀ'],
    ['(?-i)CAT', 'a ＣＡＴ', 'ＣＡＴ'],
  ])('%j finds in %j what is there', (text, prompt, part) => {
    expect(found(text, prompt)).toBe(part);
  });

  it.each([
    ['^cat', 'a cat'],
    ['\\bcat\\b', 'concatenate'],
    ['cat', 'c4t'],
    ['(?-i)CAT', 'cat'],
    ['pot', 'большой рот'],
  ])('%j finds nothing in %j', (text, prompt) => {
    expect(found(text, prompt)).toBeUndefined();
  });

  it('are all looked for, however many there are', () => {
    const rules = Array.from({ length: 600 }, (_, index) => pattern(`number ${index} of\\b`));
    const hits = words.hits(rules, 'number 3 of them, number 599 of them').enforced;
    expect(hits.map(({ rule }) => rule)).toEqual([rules[3], rules[599]]);
  });

  it('that repeat much answer on the longest prompt', () => {
    const rules = Array.from({ length: 60 }, (_, index) =>
      pattern(`(?:[a-z ]{0,40}[a-z ]{0,40})[a-z ]{0,38}\\d${index}`),
    );
    expect(words.hits(rules, 'a '.repeat(512)).enforced).toEqual([]);
  });
});

describe('problems of patterns', () => {
  it.each(['c[ao]t', '\\bred.{0,20}panda', '(?:a|b)+c', '(?<animal>cat)s', 'x{2,5}', '\\p{Han}'])(
    '%j has none',
    (text) => {
      expect(words.problem(pattern(text))).toBeUndefined();
    },
  );

  it.each([
    ['(?=a)b', 'looks-around'],
    ['(?!a)b', 'looks-around'],
    ['(?<=a)b', 'looks-around'],
    ['(?<!a)b', 'looks-around'],
    ['(a)\\1', 'refers-back'],
    ['(?<x>a)\\k<x>', 'refers-back'],
    ['a++b', 'possessive'],
    ['(?>a)b', 'possessive'],
    ['(?#note)a', 'unknown-group'],
    ['\\u0041', 'escaped-number'],
    ['(a', 'open-parenthesis'],
    ['a)', 'closed-parenthesis'],
    ['[a', 'open-bracket'],
    ['*a', 'nothing-to-repeat'],
    ['a**', 'repeats-twice'],
    ['a{5,2}', 'repeat-count'],
    ['[z-a]', 'range'],
    ['\\p{Nonsense}', 'range'],
    ['a\\', 'trailing-backslash'],
    ['\\y', 'unknown-escape'],
    ['(?P<a>x)(?P<a>y)', 'group-names'],
    ['a{1000}', 'too-large'],
    ['(?:a{30}){30}', 'too-large'],
    ['x'.repeat(201), 'too-long'],
    ['', 'empty'],
    ['  ', 'empty'],
    ['a*', 'hits-nothing'],
    ['cat|', 'hits-nothing'],
    ['\\b', 'hits-nothing'],
    ['^', 'hits-nothing'],
  ])('%j has one: %s', (text, kind) => {
    expect(words.problem(pattern(text))).toMatchObject({ kind });
  });

  it('have a limit for all together', () => {
    const others = Array.from({ length: 70 }, () => pattern(`a.{0,100}b`));
    expect(words.problem(pattern('c.{0,100}d'), others.slice(0, 60))).toBeUndefined();
    expect(words.problem(pattern('c.{0,100}d'), [...others, ...others])).toEqual({
      kind: 'too-large-together',
    });
    expect(words.problem({ kind: 'words', text: 'cat' }, others)).toBeUndefined();
  });
});
