import { describe, expect, it } from 'vitest';
import type { WordRule } from '../../../src/domain/rule.ts';
import { addStyle } from '../../../src/policy/edits/add-style.ts';
import { changeStyle } from '../../../src/policy/edits/change-style.ts';
import { removeStyle } from '../../../src/policy/edits/remove-style.ts';
import { createWords } from '../../../src/policy/words.ts';
import { style } from '../offers.ts';
import { done, many, settings } from './settings.ts';

const words = createWords();
const ink = style('Ink', { options: { steps: 30 } });
const straße = style('Straße');
const some = settings({ styles: [ink, straße] });

describe('a new style', () => {
  it('is added', () => {
    const noir = style('Noir');
    expect(addStyle(some, noir, words)).toEqual({
      rules: { ...some.rules, styles: [ink, straße, noir] },
      change: { what: 'style', before: null, after: noir },
    });
  });

  it.each([
    ['INK', 'Ink'],
    [' ink ', 'Ink'],
    ['STRASSE', 'Straße'],
  ])('is refused where its name is there already: %j', (name, there) => {
    expect(addStyle(some, style(name), words)).toEqual({
      refused: { reason: 'style-exists', style: there },
    });
  });

  it('is refused where there are too many', () => {
    const full = settings({ styles: many(50, (index) => style(`s${index}`)) });
    expect(addStyle(full, ink, words)).toEqual({
      refused: { reason: 'too-many-rules', most: 50, what: 'styles' },
    });
  });
});

describe('a style that changes', () => {
  it('takes the place of the earlier one, also under another name', () => {
    const other = style('Pencil', { negative: '' });
    expect(changeStyle(some, 'ink', other, words)).toEqual({
      rules: { ...some.rules, styles: [other, straße] },
      change: { what: 'style', before: ink, after: other },
    });
    expect(done(changeStyle(some, 'ink', { ...ink, name: 'INK' }, words)).rules.styles).toEqual([
      { ...ink, name: 'INK' },
      straße,
    ]);
  });

  it.each([
    ['text', { text: 'x' }],
    ['negative', { negative: 'x' }],
    ['an option', { options: { steps: 31 } }],
    ['an option less', { options: {} }],
  ])('may change its %s alone', (_, given) => {
    const after = { ...ink, ...given };
    expect(done(changeStyle(some, 'Ink', after, words)).change).toMatchObject({ after });
  });

  it('is refused where it is not there, is so already, or takes another’s name', () => {
    expect(changeStyle(some, 'oil', ink, words)).toEqual({
      refused: { reason: 'not-set', what: 'style' },
    });
    expect(changeStyle(some, 'INK', { ...ink, options: { steps: 30 } }, words)).toEqual({
      refused: { reason: 'no-change', what: 'style' },
    });
    expect(changeStyle(some, 'ink', { ...ink, name: 'straße' }, words)).toEqual({
      refused: { reason: 'style-exists', style: 'Straße' },
    });
  });
});

describe('a style that is removed', () => {
  it('is found whatever its case', () => {
    expect(removeStyle(some, 'iNK')).toEqual({
      rules: { ...some.rules, styles: [straße] },
      change: { what: 'style', before: ink, after: null },
    });
  });

  it('is refused where it is not there', () => {
    expect(removeStyle(some, 'oil')).toEqual({ refused: { reason: 'not-set', what: 'style' } });
  });
});

describe('a style’s own words', () => {
  const rule = (text: string, dryRun = false): WordRule => ({
    id: text,
    kind: 'words',
    text,
    dryRun,
  });
  const nude = rule('nude');
  const rules = [nude, rule('red light'), rule('prompt'), rule('wet', true)];
  const ruled = settings({ styles: [ink], words: rules });

  it.each([
    { text: 'a nude, {prompt}' },
    { text: '{prompt}NUDE' },
    { text: 'n-u-d-e' },
    { negative: 'nude people' },
    { text: 'a nude', negative: 'nude' },
  ])('are refused where an enforced rule hits them: %o', (given) => {
    const edits = [
      addStyle(ruled, style('Noir', given), words),
      changeStyle(ruled, 'ink', style('Ink', given), words),
    ];
    for (const edit of edits)
      expect(edit).toMatchObject({ refused: { reason: 'style-words', hits: [{ rule: nude }] } });
  });

  it.each([
    { text: 'in ink' },
    // The member's words stand between these two, and the place is no word of the style's.
    { text: 'red {prompt} light' },
    { text: 'wet {prompt}' },
    { text: '', negative: '' },
  ])('are good where none does: %o', (given) => {
    expect(addStyle(ruled, style('Noir', given), words)).toHaveProperty('change');
  });
});
