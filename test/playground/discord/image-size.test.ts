import sharp from 'sharp';
import { expect, it } from 'vitest';
import { imageSize } from '../../../src/playground/discord/image-size.ts';

it.each(['png', 'jpeg', 'webp', 'gif'] as const)('reads the size of a %s', async (format) => {
  const bytes = await sharp({
    create: { width: 70, height: 33, channels: 3, background: 'teal' },
  })
    .toFormat(format)
    .toBuffer();
  expect(imageSize(bytes)).toEqual({ width: 70, height: 33, type: `image/${format}` });
});

it('reads the size of a lossless webp, and of one with an alpha channel', async () => {
  const picture = sharp({
    create: { width: 300, height: 20, channels: 4, background: { r: 9, g: 9, b: 9, alpha: 0.5 } },
  });
  for (const options of [{ lossless: true }, { lossless: false }])
    expect(imageSize(await picture.clone().webp(options).toBuffer())).toMatchObject({
      width: 300,
      height: 20,
    });
});

it('says nothing of what is no picture', () => {
  expect(imageSize(Buffer.from('hello'))).toBeUndefined();
  expect(imageSize(Buffer.from('this is a text that is long enough to be a header'))).toBe(
    undefined,
  );
});
