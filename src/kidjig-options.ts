import { z } from 'zod';
import { aspects, type Aspect } from './domain/aspect.ts';
import { ranges } from './domain/request.ts';

/** A size on the wire: a name, or pixels. */
export type KidjigSize = string | { readonly width: number; readonly height: number };

/** A colour as fal takes it, or as Recraft does; 0 to 255 each. */
export type KidjigColour =
  | { readonly r: number; readonly g: number; readonly b: number }
  | { readonly rgb: readonly [number, number, number] };

/** An option with its name on the wire. */
interface Named {
  readonly name: string;
}

interface NamedRange extends Named {
  readonly min: number;
  readonly max: number;
}

/** An option that has the same value in every request. */
interface Fixed<T> extends Named {
  readonly value: T;
}

/** The options of a model that are switched on. What is not here is never sent. */
export interface KidjigOptions {
  readonly images?: Named & { readonly max: number };
  /** How the wire spells each of our aspects that the model has. */
  readonly aspect?: Named & { readonly values: Readonly<Partial<Record<Aspect, KidjigSize>>> };
  readonly seed?: NamedRange;
  readonly style?: Named & { readonly values: readonly string[] };
  readonly guidance?: NamedRange & { readonly default: number };
  readonly steps?: NamedRange;
  /** `maxLength` in code points. */
  readonly negative?: Named & { readonly maxLength: number };
  /** It is sent as the address of the picture. */
  readonly image?: Named & { readonly types: readonly string[]; readonly maxBytes: number };
  readonly strength?: NamedRange & { readonly default: number };
  /** Without it nobody filters what the model makes. */
  readonly 'safety-checker'?: Fixed<boolean>;
  readonly sync_mode?: Fixed<boolean>;
  /** `"1"` to `"6"` at fal, 0 to 6 at BFL; 6 is the most permissive. */
  readonly safety_tolerance?: Fixed<string | number>;
  readonly output_format?: Fixed<'jpeg' | 'png' | 'webp'>;
  /** `hd` is 2752 × 1536. */
  readonly quality?: Fixed<string>;
  readonly expand_prompt?: Fixed<boolean>;
  readonly image_size?: Fixed<KidjigSize>;
  readonly colors?: Fixed<readonly KidjigColour[]>;
  readonly style_id?: Fixed<string>;
}

const tenMegabytes = 10 * 1024 * 1024;
const pictureTypes = ['image/png', 'image/jpeg', 'image/webp'] as const;

interface Bounds {
  readonly min: number;
  readonly max: number;
}

const bounded =
  (what: string, schema: z.ZodNumber) =>
  ({ min, max }: Bounds): z.ZodNumber => {
    const error = `must be ${what} from ${min} to ${max}`;
    return schema.min(min, error).max(max, error);
  };
const whole = bounded('a whole number', z.int('must be a whole number'));
const number = bounded('a number', z.number('must be a number'));

const name = z.string().regex(/^[A-Za-z]\w{0,63}$/, 'must be a plain name such as num_images');

const inOrder = { error: 'must not be greater than max', path: ['min'] };
const isOrdered = ({ min, max }: Bounds): boolean => min <= max;

function rangeWithin(bounds: Bounds): z.ZodType<NamedRange> {
  const edge = whole(bounds);
  return z.strictObject({ name, min: edge, max: edge }).refine(isOrdered, inOrder);
}

function rangeWithDefault(bounds: Bounds): z.ZodType<NamedRange & { readonly default: number }> {
  const edge = number(bounds);
  return z
    .strictObject({ name, min: edge, max: edge, default: edge })
    .refine(isOrdered, inOrder)
    .refine((it) => it.default >= it.min && it.default <= it.max, {
      error: 'must be from min to max',
      path: ['default'],
    });
}

/** The vendor names these on the wire itself, so their names need not be given. */
const fixed = <T>(known: string, value: z.ZodType<T>): z.ZodType<Fixed<T>> =>
  z.strictObject({ name: name.default(known), value });

const truth = z.boolean('must be true or false');
const pixels = z.strictObject({
  width: whole({ min: 64, max: 16_384 }),
  height: whole({ min: 64, max: 16_384 }),
});
const level = whole({ min: 0, max: 255 });

// Sources: fal's documents (named sizes, tolerance as a text, colours as r, g, b), BFL's (tolerance as
// a number) and Recraft's (sizes such as 1024x1024, colours as rgb).
const sizes =
  'must be square_hd, square, portrait_4_3, portrait_16_9, landscape_4_3, landscape_16_9, a size like 1024x1024, or {"width", "height"} in pixels';
const namedSize = /^(square(_hd)?|(portrait|landscape)_(4_3|16_9)|\d{2,5}x\d{2,5})$/;
const size = z.union([z.string().regex(namedSize, sizes), pixels], sizes);
const tolerances = 'must be a text from "1" to "6", or a whole number from 0 to 6';
const tolerance = z.union(
  [z.string().regex(/^[1-6]$/, tolerances), whole({ min: 0, max: 6 })],
  tolerances,
);
const colour = z.union(
  [
    z.strictObject({ r: level, g: level, b: level }),
    z.strictObject({ rgb: z.tuple([level, level, level]) }),
  ],
  'must be {"r", "g", "b"} or {"rgb": […]}, each from 0 to 255',
);
const colours = z
  .array(colour, 'must be a list of colours')
  .min(1, 'must name at least one colour')
  .max(16, 'must name at most 16 colours')
  .refine((list) => new Set(list.map((it) => 'rgb' in it)).size <= 1, {
    error: 'must spell all colours in the same way',
  });

const aspect = z.enum(aspects, `must be one of ${aspects.join(', ')}`);
const aspectValues = z
  .union(
    [
      z.array(aspect).transform((list) => Object.fromEntries(list.map((it) => [it, it]))),
      z.partialRecord(aspect, z.union([z.string().min(1).max(64), pixels])),
    ],
    `must be a list of ${aspects.join(', ')}, or an object with a size for each`,
  )
  .refine((values) => Object.keys(values).length > 0, 'must name at least one aspect');

const text = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(100, 'must be at most 100 characters');

/** Checks the options of one model, each by itself and together. */
export const kidjigOptions: z.ZodType<KidjigOptions> = z
  .strictObject({
    images: z.strictObject({ name, max: whole(ranges.images) }).exactOptional(),
    aspect: z.strictObject({ name, values: aspectValues }).exactOptional(),
    seed: rangeWithin(ranges.seed).exactOptional(),
    style: z
      .strictObject({
        name,
        values: z.array(text, 'must be a list of names').min(1, 'must name at least one style'),
      })
      .exactOptional(),
    guidance: rangeWithDefault(ranges.guidance).exactOptional(),
    steps: rangeWithin(ranges.steps).exactOptional(),
    negative: z.strictObject({ name, maxLength: whole(ranges.negative) }).exactOptional(),
    image: z
      .strictObject({
        name,
        types: z
          .array(z.enum(pictureTypes, `must be one of ${pictureTypes.join(', ')}`))
          .min(1, 'must name at least one type')
          .default([...pictureTypes]),
        maxBytes: whole({ min: 1, max: 100 * 1024 * 1024 }).default(tenMegabytes),
      })
      .exactOptional(),
    strength: rangeWithDefault(ranges.strength).exactOptional(),
    'safety-checker': z.strictObject({ name, value: truth }).exactOptional(),
    sync_mode: fixed('sync_mode', truth).exactOptional(),
    safety_tolerance: fixed('safety_tolerance', tolerance).exactOptional(),
    output_format: fixed(
      'output_format',
      z.enum(['jpeg', 'png', 'webp'], 'must be jpeg, png or webp'),
    ).exactOptional(),
    quality: fixed(
      'quality',
      z.string().regex(/^[A-Za-z][\w-]{0,31}$/, 'must be a word such as hd'),
    ).exactOptional(),
    expand_prompt: fixed('expand_prompt', truth).exactOptional(),
    image_size: fixed('image_size', size).exactOptional(),
    colors: fixed('colors', colours).exactOptional(),
    style_id: fixed('style_id', z.guid('must be the id of a style (a UUID)')).exactOptional(),
  })
  .superRefine((options, context) => {
    const complain = (path: string[], message: string): void => {
      context.addIssue({ code: 'custom', path, message });
    };
    const taken = new Map([['prompt', 'the prompt']]);
    for (const [option, { name: wire }] of Object.entries(options)) {
      const other = taken.get(wire);
      if (other !== undefined) complain([option, 'name'], `is ${wire}, which is that of ${other}`);
      taken.set(wire, option);
    }
    if (options.strength && !options.image) complain(['strength'], 'is nothing without image');
    if (options.style && options.style_id)
      complain(['style_id'], 'cannot be together with style: the models take only one of them');
  });
