import { describe, expect, it } from 'vitest';
import type { Takes } from '../../src/domain/model.ts';
import type { Wish } from '../../src/domain/wish.ts';
import { askedStyle } from '../../src/policy/asked-style.ts';
import { unhonoured } from '../../src/policy/unhonoured.ts';
import { everything, little, offer, png, style, wish } from './offers.ts';

/** With the guild's styles, and some other model's `Oil`. */
function problems(takes: Takes, given: Partial<Wish>, styles = [style('Ink')]) {
  const all = [
    offer('here', { takes }).model,
    offer('other', { takes: { ...little, styles: ['Oil'] } }).model,
  ];
  const asked = given.style === undefined ? undefined : askedStyle(given.style, { styles }, all);
  return unhonoured(takes, wish(given), asked);
}

const all: Partial<Wish> = {
  images: 4,
  guidance: 1,
  steps: 50,
  aspect: '16:9',
  negative: 'rain',
  seed: 1000,
  scheduler: 'k_euler',
  style: 'ANIME',
  image: png,
  strength: 0,
};

describe('what a model cannot honour', () => {
  it('is nothing where it takes all of it, whatever the case of names', () => {
    expect(problems(everything, all)).toEqual([]);
    expect(problems(everything, { ...all, style: 'ink' })).toEqual([]);
    expect(problems(little, {})).toEqual([]);
  });

  it('is each option that it does not know, in their order', () => {
    const found = problems(little, { ...all, images: 1, style: 'oil' });
    expect(found.map(({ option }) => option)).toEqual([
      'guidance',
      'steps',
      'aspect',
      'negative',
      'seed',
      'scheduler',
      'style',
      'image',
      'strength',
    ]);
    expect(new Set(found.map(({ allowed }) => allowed))).toEqual(new Set([null]));
  });

  it.each<[Partial<Wish>, string, unknown]>([
    [{ images: 5 }, '5', { kind: 'integer', min: 1, max: 4 }],
    [{ guidance: 30.1 }, '30.1', { kind: 'number', min: 1, max: 30 }],
    [{ steps: 9 }, '9', { kind: 'integer', min: 10, max: 50 }],
    [{ steps: 10.5 }, '10.5', { kind: 'integer', min: 10, max: 50 }],
    [{ aspect: '3:1' }, '3:1', { kind: 'choice', choices: ['1:1', '16:9'] }],
    [{ seed: 1001 }, '1001', { kind: 'integer', min: 0, max: 1000 }],
    [{ scheduler: 'EULER' }, 'EULER', { kind: 'choice', choices: ['K_EULER', 'DDIM'] }],
    [{ style: 'oil' }, 'oil', { kind: 'choice', choices: ['Anime', 'Photo'] }],
    [
      { image: { ...png, contentType: 'image/gif' } },
      'image/gif, 1.0 MB',
      { kind: 'picture', ...everything.image },
    ],
    [
      { image: { ...png, sizeBytes: 5_000_001 } },
      'image/png, 5.1 MB',
      { kind: 'picture', ...everything.image },
    ],
    [{ image: png, strength: 1.5 }, '1.5', { kind: 'number', min: 0, max: 1 }],
  ])('is what is out of its bounds, with what it takes: %o', (given, written, allowed) => {
    const options = problems(everything, given);
    expect(options).toEqual([
      { option: 'strength' in given ? 'strength' : Object.keys(given)[0], given: written, allowed },
    ]);
  });

  it('is no strength where there is no picture', () => {
    expect(problems(little, { strength: 5 })).toEqual([]);
  });

  it('knows a type of pictures by its name alone', () => {
    expect(
      problems(everything, { image: { ...png, contentType: 'Image/PNG; charset=utf-8' } }),
    ).toEqual([]);
  });

  it('is a text too long for it, in code points and with a style’s words', () => {
    const around = 'in ink, , at night'.length;
    expect(problems(everything, { prompt: '🦊'.repeat(500) })).toEqual([]);
    expect(problems(everything, { prompt: '🦊'.repeat(501) })).toEqual([
      {
        option: 'prompt',
        given: `${'🦊'.repeat(49)}…`,
        allowed: { kind: 'length', min: 3, max: 500, length: 501 },
      },
    ]);
    expect(problems(everything, { prompt: 'x'.repeat(500 - around), style: 'ink' })).toEqual([]);
    expect(problems(everything, { prompt: 'x'.repeat(501 - around), style: 'ink' })).toMatchObject([
      { option: 'prompt', allowed: { length: 501 } },
    ]);
    const room = 300 - ', colours'.length;
    expect(problems(everything, { negative: 'x'.repeat(room), style: 'ink' })).toEqual([]);
    expect(problems(everything, { negative: 'x'.repeat(room + 1), style: 'ink' })).toMatchObject([
      { option: 'negative', allowed: { kind: 'length', min: 1, max: 300, length: 301 } },
    ]);
  });

  it('is a style whose own words leave no room; the rest is judged without it', () => {
    const long = [style('Ink', { text: 'x'.repeat(496) })];
    expect(problems(everything, { style: 'ink' }, long)).toMatchObject([
      { option: 'style', allowed: { kind: 'length', max: 497, length: 498 } },
    ]);
    const dark = [style('Ink', { negative: 'x'.repeat(301) })];
    expect(problems(everything, { style: 'ink', negative: 'rain' }, dark)).toMatchObject([
      { option: 'style', allowed: { kind: 'length', max: 300, length: 301 } },
    ]);
    // Where no negative text is taken, the style goes without its own.
    expect(problems(little, { style: 'ink' }, dark)).toEqual([]);
  });
});
