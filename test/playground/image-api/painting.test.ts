import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { captionSvg } from '../../../src/playground/image-api/painting/caption.ts';
import { visualLine } from '../../../src/playground/image-api/painting/lettering.ts';
import { createPainter } from '../../../src/playground/image-api/painting/painter.ts';
import { readTypeface } from '../../../src/typeface.ts';

const recipe = {
  prompt: 'a fox in the snow',
  index: 0,
  images: 4,
  guidance: 5,
  seed: 1,
  black: false,
};

describe('painted pictures', () => {
  const painter = createPainter();

  it('are 1024x1024 PNGs, the same for the same recipe and another for any other', async () => {
    const first = await painter.paint(recipe);
    expect(await sharp(first).metadata()).toMatchObject({
      format: 'png',
      width: 1024,
      height: 1024,
      hasAlpha: false,
    });
    expect((await createPainter().paint(recipe)).equals(first)).toBe(true);
    const others = await Promise.all(
      [{ prompt: 'a cat' }, { index: 1 }, { guidance: 12 }, { seed: 2 }].map((each) =>
        painter.paint({ ...recipe, ...each }),
      ),
    );
    const all = [first, ...others].map((each) => each.toString('base64'));
    expect(new Set(all).size).toBe(5);
  });

  it.each([
    ['markup', '<svg onload="x"> & "quotes" \']]> <!-- -->'],
    ['emoji alone', '🦊🦊👩‍👩‍👧🏳️‍🌈'],
    ['Hebrew and Arabic', 'שועל (fox) 12 ثعلب في الثلج'],
    ['lone surrogates and control characters', '\ud83d\udc00\ud800 \u0000\u0007\u202e abc'],
    ['a word without an end', 'x'.repeat(1024)],
    ['names of inherited properties', 'constructor toString __proto__ hasOwnProperty'],
    ['nothing but spaces', '     '],
    [
      'every place and weather',
      'stormy sea space desert city mountain fog rain rainbow aurora night',
    ],
  ])('survive %s in the prompt', async (_, prompt) => {
    const bytes = await painter.paint({ ...recipe, prompt });
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 1024, height: 1024 });
  });

  it('show what the words say: snow is brighter below than a night at sea', async () => {
    const brightness = async (prompt: string): Promise<number> => {
      const ground = sharp(await painter.paint({ ...recipe, prompt })).extract({
        left: 0,
        top: 860,
        width: 1024,
        height: 40,
      });
      const { channels } = await ground.stats();
      return channels.reduce((sum, channel) => sum + channel.mean, 0) / 3;
    };
    const [snow, night] = await Promise.all([
      brightness('snow at noon'),
      brightness('a boat on the sea at night'),
    ]);
    expect(snow).toBeGreaterThan(150);
    expect(night).toBeLessThan(90);
  });
});

describe('the caption', async () => {
  const face = readTypeface(
    await readFile(new URL('../../../src/fonts/DejaVuSansCondensed.ttf', import.meta.url)),
  );
  const text = (line: string, rightToLeft = false): string =>
    String.fromCodePoint(...visualLine(line, rightToLeft).codePoints);

  it('is drawn as outlines, so that no font of the machine plays a part', () => {
    const svg = captionSvg(face, 'a fox', 0, 4, 1024);
    expect(svg).not.toContain('<text');
    expect(svg).not.toContain('NaN');
    expect(svg.match(/M[\d.]+ [\d.]+/g)?.length).toBeGreaterThan(5);
  });

  it('knows Latin, Greek, Cyrillic, Hebrew and Arabic letters and how wide they are', () => {
    for (const letter of 'aÅßñΩЖשع') expect(face.has(letter.codePointAt(0) ?? 0)).toBe(true);
    expect(face.has(0x1f98a)).toBe(false);
    expect(face.advance('m'.charCodeAt(0))).toBeGreaterThan(face.advance('i'.charCodeAt(0)));
  });

  it('draws composed letters from their parts', () => {
    const path = (letter: string): string => face.path(letter.codePointAt(0) ?? 0, 0, 0, 10);
    expect(path('é').length).toBeGreaterThan(path('e').length);
    expect(path(' ')).toBe('');
  });

  it('turns right-to-left writing round and leaves the rest', () => {
    expect(text('abc')).toBe('abc');
    expect(text('אבג', true)).toBe('גבא');
    expect(text('אב fox גד', true)).toBe('דג fox בא');
    expect(text('see אב now')).toBe('see בא now');
    expect(text('(אב)', true)).toBe('(בא)');
  });

  it('joins Arabic letters by their neighbours', () => {
    // beh + beh + beh: final, medial, initial, from left to right.
    expect(text('\u0628\u0628\u0628', true)).toBe('\ufe90\ufe92\ufe91');
    expect(text('\u0628', true)).toBe('\ufe8f');
    // Alef joins only to what stands before it; lam and alef become one.
    expect(text('\u0627\u0628', true)).toBe('\ufe8f\ufe8d');
    expect(text('\u0644\u0627', true)).toBe('\ufefb');
  });

  it('is cut after three lines', () => {
    const short = captionSvg(face, 'word '.repeat(12), 0, 1, 1024);
    const long = captionSvg(face, 'word '.repeat(200), 0, 1, 1024);
    const heights = [short, long].map((each) => Number(/height="([\d.]+)"/.exec(each)?.[1]));
    expect(heights[1]).toBeLessThan(170);
    expect(heights[0]).toBeLessThan(heights[1] ?? 0);
  });
});
