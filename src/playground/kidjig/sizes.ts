interface Size {
  readonly width: number;
  readonly height: number;
}

/** fal's named sizes, in pixels. */
export const imageSizes: Readonly<Record<string, Size>> = {
  square_hd: { width: 1024, height: 1024 },
  square: { width: 512, height: 512 },
  portrait_4_3: { width: 768, height: 1024 },
  portrait_16_9: { width: 576, height: 1024 },
  landscape_4_3: { width: 1024, height: 768 },
  landscape_16_9: { width: 1024, height: 576 },
};

const ratio = /^(\d{1,2}):(\d{1,2})$/;
const aspects = ['21:9', '16:9', '4:3', '3:2', '1:1', '2:3', '3:4', '9:16', '9:21'];
const megapixel = 1024 * 1024;

/** One of fal's aspects for FLUX 1.1 Pro Ultra, or another ratio of its form. */
export function isAspect(value: unknown): boolean {
  return typeof value === 'string' && (aspects.includes(value) || ratio.test(value));
}

/** The size that the parameters ask for: about a megapixel, but for `hd`, which is 2752 × 1536. */
export function sizeFor(parameters: Readonly<Record<string, unknown>>): Size {
  const { image_size: named, aspect_ratio: aspect, quality } = parameters;
  if (quality === 'hd') return { width: 2752, height: 1536 };
  if (typeof named === 'string') return imageSizes[named] ?? { width: 1024, height: 1024 };
  if (typeof named === 'object' && named !== null && 'width' in named && 'height' in named) {
    return { width: Number(named.width), height: Number(named.height) };
  }
  const [, wide = '1', high = '1'] = ratio.exec(typeof aspect === 'string' ? aspect : '1:1') ?? [];
  const width = Math.sqrt((megapixel * Number(wide)) / Math.max(1, Number(high)));
  return { width: toEights(width), height: toEights(megapixel / width) };
}

function toEights(pixels: number): number {
  return Math.max(8, Math.round(pixels / 8) * 8);
}
