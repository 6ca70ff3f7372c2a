import { describe, expect, it } from 'vitest';
import { readMarkdown } from '../../../src/playground/terminal/markdown.ts';
import { momentsFrom, vagueMomentsFrom } from '../../../src/playground/terminal/moment.ts';

const now = 1_800_000_000_000;
const moments = momentsFrom(() => now);
const reader = {
  moments,
  nameOf: (id: string) => ({ '11': 'alice', '22': 'general' })[id],
};
const plain = (text: string): string =>
  readMarkdown(text, reader)
    .map(({ spans }) => spans.map((span) => span.text).join(''))
    .join('\n');

describe('the markdown of a message', () => {
  it('an escaped character stands for itself and does nothing', () => {
    expect(readMarkdown(String.raw`\*\*no\*\* \<\@11\> \\ \@everyone`, reader)).toEqual([
      { kind: 'plain', spans: [{ text: String.raw`**no** <@11> \ @everyone`, style: 'plain' }] },
    ]);
  });

  it('bold, code and mentions are told apart', () => {
    expect(readMarkdown('a **b c** `d` <@11> <#22>', reader)[0]?.spans).toEqual([
      { text: 'a ', style: 'plain' },
      { text: 'b c', style: 'bold' },
      { text: ' ', style: 'plain' },
      { text: 'd', style: 'code' },
      { text: ' ', style: 'plain' },
      { text: '@alice', style: 'mention' },
      { text: ' ', style: 'plain' },
      { text: '#general', style: 'mention' },
    ]);
  });

  it('within code a backslash is a backslash', () => {
    expect(plain('`a\\-b` a\\-b')).toBe('a\\-b a-b');
  });

  it('a block of code is lines of code, as they are', () => {
    const code = String.raw`a **b** \-`;
    expect(readMarkdown(`Name\n\`\`\`\n${code}\n\n\`\`\`\n**c**`, reader)).toEqual([
      { kind: 'plain', spans: [{ text: 'Name', style: 'plain' }] },
      { kind: 'plain', spans: [{ text: code, style: 'code' }] },
      { kind: 'plain', spans: [{ text: '', style: 'code' }] },
      { kind: 'plain', spans: [{ text: 'c', style: 'bold' }] },
    ]);
  });

  it('small lines and headings are lines of their own kind', () => {
    expect(readMarkdown('### Big\n-# little\nplain', reader).map(({ kind }) => kind)).toEqual([
      'heading',
      'small',
      'plain',
    ]);
  });

  it('somebody unknown stays as it is written', () => {
    expect(plain('for <@999>')).toBe('for <@999>');
  });

  it.each([
    [24 * 3_600_000, 'in 24 hours'],
    [24 * 3_600_000 - 90_000, 'in 24 hours'],
    [23 * 3_600_000, 'in 23 hours'],
    [47 * 3_600_000, 'in 47 hours'],
    [3 * 86_400_000, 'in 3 days'],
    [10 * 60_000, 'in 10 minutes'],
    [60_000, 'in 1 minute'],
    [5_000, 'in 5 seconds'],
    [-120_000, '2 minutes ago'],
  ])('a timestamp %i ms away reads "%s"', (distanceMs, words) => {
    expect(plain(`<t:${(now + distanceMs) / 1000}:R>`)).toBe(words);
  });

  it('what differs between two runs is left vague', () => {
    const vague = vagueMomentsFrom(() => now);
    expect(vague.relative(now + 20_000)).toBe('about now');
    expect(vague.relative(now - 20_000)).toBe('about now');
    expect(vague.relative(now + 60_000)).toBe('about now');
    expect(vague.relative(now + 600_000)).toBe('in 10 minutes');
    expect(vague.date(now)).toBe('<date>');
    expect(moments.date(now)).toBe('2027-01-15');
  });
});
