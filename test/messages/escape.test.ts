import { describe, expect, it } from 'vitest';
import { escape } from '../../src/messages/escape.ts';

const punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

describe('escape', () => {
  it.each(Array.from(punctuation))('puts a backslash before %s', (character) => {
    expect(escape(`a${character}b`)).toBe(`a\\${character}b`);
  });

  it('leaves letters, digits and everything beyond ASCII as they are', () => {
    const text = 'aZ09 äöü ñ 漢字 עברית 🦊👩‍👩‍👧 „“ … — ·';
    expect(escape(text)).toBe(text);
  });

  it.each([
    ['a mention', '<@123> @everyone @here <@&9> <#7>'],
    ['a timestamp and an emoji', '<t:0:R> <:fox:1> :fox:'],
    ['a link', '[click](https://example.org) https://example.org www.example.org'],
    ['styles', '**b** *i* __u__ ~~s~~ ||spoiler|| `code` ```block```'],
    ['structures', '# head -# small > quote - list 1. list'],
    ['what is escaped already', String.raw`\* \\ \n`],
  ])('leaves nothing of %s, and gives it back when the backslashes go', (_, text) => {
    const escaped = escape(text);
    expect(escaped.replaceAll(/\\([\s\S])/g, '')).not.toMatch(/[!-/:-@[-`{-~]/);
    expect(escaped.replaceAll(/\\([\s\S])/g, '$1')).toBe(text);
  });

  it.each([
    ['line breaks', 'one\ntwo\r\nthree\n\n# four', String.raw`one two three \# four`],
    ['separators', 'one\u2028two\u2029three', 'one two three'],
    ['tabs and many spaces', 'one\t\ttwo   three', 'one two three'],
  ])('brings %s onto one line', (_, text, wanted) => {
    expect(escape(text)).toBe(wanted);
  });
});
