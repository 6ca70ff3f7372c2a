import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { Picture } from '../../src/domain/pictures.ts';
import { fitWithin } from '../../src/pictures/fit.ts';
import { recognise } from '../../src/pictures/recognise.ts';
import { noise } from './samples.ts';

async function sample(width: number, height: number, channels: 3 | 4 = 3): Promise<Picture> {
  return recognise(new Uint8Array(await noise(width, height, channels)));
}

function bytesOf(pictures: readonly Picture[]): number {
  return pictures.reduce((sum, { bytes }) => sum + bytes.length, 0);
}

const [large, middle, small] = await Promise.all([
  sample(400, 300),
  sample(200, 200),
  sample(32, 32),
]);
const all = [small, large, middle, large];

describe('pictures that fit', () => {
  test('stay what they are, byte for byte', async () => {
    const limits = { fileBytes: large.bytes.length, totalBytes: bytesOf(all) };
    const fitted = await fitWithin(all, limits);
    expect(fitted.map(({ bytes }) => bytes)).toEqual(all.map(({ bytes }) => bytes));
    expect(fitted.every((picture, index) => picture === all[index])).toBe(true);
  });

  test('may be none', async () => {
    expect(await fitWithin([], { fileBytes: 10, totalBytes: 10 })).toEqual([]);
  });
});

describe('pictures that do not fit', () => {
  test.each([
    [200_000, 1_000_000],
    [100_000, 1_000_000],
    [50_000, 60_000],
    [20_000, 1_000_000],
    [1_000_000, 30_000],
    [4_000, 8_000],
    [1_000, 4_000],
  ])('are made smaller until each has %i bytes and all have %i', async (fileBytes, totalBytes) => {
    const fitted = await fitWithin(all, { fileBytes, totalBytes });
    expect(fitted).toHaveLength(all.length);
    for (const [index, picture] of fitted.entries()) {
      expect(picture.bytes.length).toBeLessThanOrEqual(fileBytes);
      const real = await sharp(picture.bytes).metadata();
      expect(picture).toMatchObject({ width: real.width, height: real.height });
      expect(picture.type).toBe(picture === all[index] ? 'png' : 'webp');
      const before = all[index];
      const shape = (before?.width ?? 0) / (before?.height ?? 1);
      expect(picture.width / picture.height).toBeCloseTo(shape, 0);
    }
    expect(bytesOf(fitted)).toBeLessThanOrEqual(totalBytes);
  });

  test('keep their size in pixels where quality alone is enough', async () => {
    const [fitted] = await fitWithin([large], { fileBytes: 200_000, totalBytes: 200_000 });
    expect(fitted).toMatchObject({ type: 'webp', width: 400, height: 300, blank: false });
  });

  test('leave those alone that do fit', async () => {
    const fitted = await fitWithin([small, large], { fileBytes: 100_000, totalBytes: 1_000_000 });
    expect(fitted[0]).toBe(small);
    expect(fitted[1]).not.toBe(large);
  });

  test('shrink the largest first where only the sum is too large', async () => {
    const limits = { fileBytes: 1_000_000, totalBytes: bytesOf(all) - 1 };
    const fitted = await fitWithin(all, limits);
    expect(fitted.filter((picture, index) => picture !== all[index])).toHaveLength(1);
    expect(fitted[0]).toBe(small);
    expect(fitted[2]).toBe(middle);
    expect(bytesOf(fitted)).toBeLessThanOrEqual(limits.totalBytes);
  });

  test('keep their transparency', async () => {
    const through = await sample(100, 100, 4);
    const [fitted] = await fitWithin([through], { fileBytes: 20_000, totalBytes: 20_000 });
    if (fitted === undefined) throw new Error('dropped');
    expect((await sharp(fitted.bytes).metadata()).hasAlpha).toBe(true);
  });

  test('are refused, not dropped, where the limit is absurd', async () => {
    const fitted = fitWithin([large], { fileBytes: 10, totalBytes: 10 });
    await expect(fitted).rejects.toMatchObject({ name: 'PictureError' });
  });
});
