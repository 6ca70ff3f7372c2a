import { imageSizes, isAspect } from './sizes.ts';

/** What is wrong with a body, in fal's form. */
export interface Problem {
  readonly loc: readonly string[];
  readonly msg: string;
  readonly type: string;
}

type Check = (value: unknown) => boolean;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const text: Check = (value) => typeof value === 'string';
const truth: Check = (value) => typeof value === 'boolean';
const whole: Check = (value) => Number.isInteger(value);
const oneOf =
  (...values: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && values.includes(value);
const within =
  (min: number, max: number): Check =>
  (value) =>
    typeof value === 'number' && value >= min && value <= max;
const wholeWithin =
  (min: number, max: number): Check =>
  (value) =>
    whole(value) && within(min, max)(value);

const address: Check = (value) => typeof value === 'string' && /^(https?:\/\/|data:)/.test(value);
const size: Check = (value) =>
  (typeof value === 'string' && Object.hasOwn(imageSizes, value)) ||
  (isObject(value) && ['width', 'height'].every((name) => wholeWithin(64, 16_384)(value[name])));
const level = wholeWithin(0, 255);
const colours: Check = (value) =>
  Array.isArray(value) &&
  value.every((one: unknown) => isObject(one) && ['r', 'g', 'b'].every((name) => level(one[name])));

type Parameters = Readonly<Record<string, Check>>;

/**
 * The parameters of the models, by their ids in Kidjig's paths. Sources: fal's documents, and Kidjig's
 * page on image models for `quality`.
 */
const models: Readonly<Record<string, Parameters>> = {
  'flux-pro-v1.1-ultra': {
    aspect_ratio: isAspect,
    num_images: wholeWithin(1, 4),
    seed: whole,
    safety_tolerance: oneOf('1', '2', '3', '4', '5', '6'),
    output_format: oneOf('jpeg', 'png'),
    quality: oneOf('hd'),
    sync_mode: truth,
    enhance_prompt: truth,
    raw: truth,
    image_url: address,
    image_prompt_strength: within(0, 1),
  },
  'flux-dev': {
    image_size: size,
    num_images: wholeWithin(1, 4),
    num_inference_steps: wholeWithin(1, 50),
    guidance_scale: within(1, 20),
    seed: whole,
    enable_safety_checker: truth,
    output_format: oneOf('jpeg', 'png'),
    acceleration: oneOf('none', 'regular', 'high'),
    sync_mode: truth,
  },
  'ideogram-v2': {
    aspect_ratio: oneOf(...'10:16 16:10 9:16 16:9 4:3 3:4 1:1 1:3 3:1 3:2 2:3'.split(' ')),
    expand_prompt: truth,
    style: oneOf('auto', 'general', 'realistic', 'design', 'render_3D', 'anime'),
    negative_prompt: text,
    seed: whole,
    sync_mode: truth,
  },
  'recraft-v3': {
    image_size: size,
    style: (value) =>
      typeof value === 'string' &&
      /^(any|(realistic_image|digital_illustration|vector_illustration)(\/\w+)?)$/.test(value),
    colors: colours,
    style_id: (value) =>
      typeof value === 'string' && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value),
    enable_safety_checker: truth,
  },
};

/** A good body. */
export interface KidjigBody {
  readonly prompt: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Whether there is such a model, where it is asked strictly. */
export function hasModel(model: string): boolean {
  return Object.hasOwn(models, model);
}

/** Checks a body; not strictly, only that there is a prompt. */
export function readBodyOf(
  model: string,
  body: unknown,
  { strict, wrapper }: { readonly strict: boolean; readonly wrapper: '' | 'config' },
): KidjigBody | { readonly problems: readonly Problem[] } {
  if (!isObject(body)) {
    return { problems: [{ loc: ['body'], msg: 'Input should be an object', type: 'dict_type' }] };
  }
  const { prompt, ...rest } = body;
  const problems: Problem[] = [];
  const complain = (loc: readonly string[], msg: string, type: string): void => {
    problems.push({ loc: ['body', ...loc], msg, type });
  };
  if (typeof prompt !== 'string' || prompt.trim() === '') {
    complain(['prompt'], 'Field required', 'missing');
  }
  const wrapped = wrapper === '' ? undefined : (rest[wrapper] ?? {});
  const parameters = wrapped === undefined ? rest : isObject(wrapped) ? wrapped : {};
  if (strict) {
    if (wrapped !== undefined) {
      if (!isObject(wrapped)) complain([wrapper], 'Input should be an object', 'dict_type');
      for (const name of Object.keys(rest)) {
        if (name !== wrapper) complain([name], 'Extra inputs are not permitted', 'extra_forbidden');
      }
    }
    const known = models[model] ?? {};
    for (const [name, value] of Object.entries(parameters)) {
      const check = Object.hasOwn(known, name) ? known[name] : undefined;
      if (check === undefined)
        complain([name], 'Extra inputs are not permitted', 'extra_forbidden');
      else if (!check(value)) complain([name], 'Input should be as documented', 'value_error');
    }
    if ('style' in parameters && 'style_id' in parameters) {
      complain(['style_id'], 'style and style_id exclude each other', 'value_error');
    }
  }
  if (problems.length > 0 || typeof prompt !== 'string') return { problems };
  return { prompt, parameters };
}
