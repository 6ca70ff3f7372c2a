import sharp, { type Sharp } from 'sharp';

const black = { r: 0, g: 0, b: 0 };

/** A black canvas, as RGB or with transparency. */
export function blackCanvas(alpha?: number, width = 300, height = 200): Sharp {
  return sharp({
    create: {
      width,
      height,
      channels: alpha === undefined ? 3 : 4,
      background: alpha === undefined ? black : { ...black, alpha },
    },
  });
}

/** Raw pixels, all black but perhaps the last one, at the far corner. */
export function pixels(
  channels: 1 | 2 | 3 | 4,
  last: number[] = [],
  width = 300,
  height = 200,
): Sharp {
  const data = Buffer.alloc(width * height * channels);
  data.set(last, data.length - channels);
  return sharp(data, { raw: { width, height, channels } });
}

/** A picture that cannot be compressed well. */
export async function noise(width: number, height: number, channels: 3 | 4 = 3): Promise<Buffer> {
  const data = Buffer.alloc(width * height * channels);
  let state = 1;
  for (let at = 0; at < data.length; at++) {
    state = Math.imul(state, 1_664_525) + 1_013_904_223;
    data[at] = state >>> 24;
  }
  return sharp(data, { raw: { width, height, channels } }).png({ compressionLevel: 1 }).toBuffer();
}
