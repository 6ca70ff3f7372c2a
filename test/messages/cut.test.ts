import { describe, expect, it } from 'vitest';
import { cut } from '../../src/messages/cut.ts';

describe('cut', () => {
  it.each([
    ['', 10],
    ['short', 10],
    ['exactly10!', 10],
    ['🦊🦊', 4],
  ])('leaves %j alone where %i units are allowed', (text, max) => {
    expect(cut(text, max)).toBe(text);
  });

  it.each([
    ['exactly10!', 9, 'exactly1…'],
    ['🦊🦊🦊', 5, '🦊🦊…'],
    ['🦊🦊🦊', 4, '🦊…'],
    ['a👩‍👩‍👧‍👦b', 11, 'a…'],
    ['e\u0301e\u0301e\u0301', 5, 'e\u0301e\u0301…'],
    ['🇩🇪🇫🇷', 7, '🇩🇪…'],
    ['👩‍👩‍👧‍👦', 5, '…'],
    ['ab', 1, '…'],
  ])('cuts %j to %i units as %j, never within a character', (text, max, wanted) => {
    expect(cut(text, max)).toBe(wanted);
    expect(cut(text, max).length).toBeLessThanOrEqual(max);
  });

  it('keeps every limit, whatever is cut', () => {
    const text = 'x👩‍👩‍👧e\u0301🇩🇪漢'.repeat(40);
    for (let max = 1; max <= text.length; max += 1) {
      const kept = cut(text, max);
      expect(kept.length).toBeLessThanOrEqual(max);
      expect(kept.isWellFormed()).toBe(true);
    }
  });
});
