import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { recognise } from '../../src/pictures/recognise.ts';
import { blackCanvas, noise, pixels } from './samples.ts';

async function look(bytes: Uint8Array): ReturnType<typeof recognise> {
  return recognise(new Uint8Array(bytes));
}

describe('a picture is recognised by its bytes', () => {
  test.each(['png', 'jpeg', 'webp', 'gif', 'avif'] as const)('as %s', async (type) => {
    const canvas = sharp({ create: { width: 40, height: 30, channels: 3, background: '#c63' } });
    const bytes = new Uint8Array(await canvas.toFormat(type).toBuffer());
    const picture = await recognise(bytes);
    expect(picture).toMatchObject({ type, width: 40, height: 30, blank: false });
    expect(picture.bytes).toBe(bytes);
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['one byte', Buffer.from([0x89])],
    ['zeros', Buffer.alloc(1000)],
    ['HTML', Buffer.from('<html><body>403 Forbidden</body></html>')],
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
    ['a film', Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isommp42', 'latin1')],
    ['the name of a type alone', Buffer.from('RIFF\0\0\0\0WEBP', 'latin1')],
    ['a PNG without a picture', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')],
    ['a JPEG without a picture', Buffer.from('\xff\xd8\xff\xe0', 'latin1')],
    ['an AVIF without a picture', Buffer.from('\0\0\0\x10ftypavif\0\0\0\0', 'latin1')],
  ])('and not where they are %s', async (_, bytes) => {
    await expect(look(bytes)).rejects.toMatchObject({ name: 'PictureError', kind: 'lost' });
  });

  test('and not where it breaks off in its first rows', async () => {
    const whole = await noise(64, 64);
    await expect(look(whole.subarray(0, 200))).rejects.toMatchObject({ kind: 'lost' });
  });

  test('and not where black rows are followed by what cannot be decoded', async () => {
    const whole = await pixels(3, [9, 9, 9], 512, 512).png({ compressionLevel: 0 }).toBuffer();
    const broken = whole.subarray(0, Math.floor(whole.length / 2));
    await expect(look(broken)).rejects.toMatchObject({ kind: 'lost' });
  });

  test('and not where a few bytes would unfold to too many pixels', async () => {
    const bytes = bomb(9000, 9000);
    expect(bytes.length).toBeLessThan(20_000);
    await expect(look(bytes)).rejects.toMatchObject({ kind: 'lost' });
  });
});

describe('a picture is blank', () => {
  test.each([
    ['RGB', () => blackCanvas().png()],
    ['RGBA, opaque', () => blackCanvas(1).png()],
    ['RGBA, transparent', () => blackCanvas(0).png()],
    ['RGBA, half transparent', () => blackCanvas(0.5).png()],
    ['grey', () => pixels(1).toColourspace('b-w').png()],
    ['grey with transparency', () => pixels(2).toColourspace('b-w').png()],
    ['a palette', () => blackCanvas().png({ palette: true, colours: 2 })],
    ['16 bits', () => blackCanvas().toColourspace('rgb16').png()],
    ['interlaced', () => blackCanvas().png({ progressive: true })],
    ['JPEG', () => blackCanvas().jpeg()],
    ['WebP', () => blackCanvas().webp()],
    ['one pixel', () => blackCanvas(undefined, 1, 1).png()],
    ['one row', () => blackCanvas(undefined, 500, 1).png()],
    ['one column', () => blackCanvas(undefined, 1, 500).png()],
    ['as large as what Claid makes', () => blackCanvas(undefined, 1024, 1024).png()],
  ])('when all of it is black: %s', async (_, make) => {
    expect((await look(await make().toBuffer())).blank).toBe(true);
  });

  test.each([
    ['red', () => pixels(3, [1, 0, 0]).png()],
    ['green', () => pixels(3, [0, 1, 0]).png()],
    ['blue', () => pixels(3, [0, 0, 1]).png()],
    ['blue, in a transparent pixel', () => pixels(4, [0, 0, 1, 0]).png()],
    ['grey', () => pixels(1, [1]).toColourspace('b-w').png()],
    ['grey with transparency', () => pixels(2, [1, 255]).toColourspace('b-w').png()],
    ['in a palette', () => pixels(3, [60, 0, 0]).png({ palette: true, colours: 4, dither: 0 })],
    ['interlaced', () => pixels(3, [0, 0, 1]).png({ progressive: true })],
    ['WebP without loss', () => pixels(3, [0, 0, 1]).webp({ lossless: true })],
    ['as large as what Claid makes', () => pixels(3, [0, 1, 0], 1024, 1024).png()],
  ])('but not when one dim pixel stands at the far corner: %s', async (_, make) => {
    expect((await look(await make().toBuffer())).blank).toBe(false);
  });

  test('but not when the dimmest of 65536 steps is used', async () => {
    expect((await look(sixteenBits(1))).blank).toBe(false);
    expect((await look(sixteenBits(0))).blank).toBe(true);
  });

  test('but not when it is only very dark', async () => {
    const dark = sharp({ create: { width: 64, height: 64, channels: 3, background: '#010101' } });
    expect((await look(await dark.png().toBuffer())).blank).toBe(false);
  });
});

/** A sound PNG in black, one bit a pixel. */
function bomb(width: number, height: number): Buffer {
  const rows = Buffer.alloc(height * (1 + Math.ceil(width / 8)));
  return png(width, height, { depth: 1, colour: 0 }, deflateSync(rows));
}

/** A grey PNG of 8 × 16 with one value at the last pixel. */
function sixteenBits(last: number): Buffer {
  const row = Buffer.alloc(1 + 8 * 2);
  const rows = Array.from({ length: 16 }, () => Buffer.from(row));
  rows.at(-1)?.writeUInt16BE(last, row.length - 2);
  return png(8, 16, { depth: 16, colour: 0 }, deflateSync(Buffer.concat(rows)));
}

function png(
  width: number,
  height: number,
  { depth, colour }: { depth: number; colour: number },
  data: Buffer,
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = depth;
  header[9] = colour;
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
