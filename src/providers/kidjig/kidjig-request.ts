import type { Model } from '../../domain/model.ts';
import { aspects } from '../../domain/aspect.ts';
import type { UsedSettings } from '../../domain/provider.ts';
import { negativeSent, promptSent, ranges, type ImageRequest } from '../../domain/request.ts';
import type { KidjigModel } from '../../kidjig-models.ts';

/** `hd` is documented so. Source: Kidjig's page on image models. */
const hdPixels = { width: 2752, height: 1536 };

/** The model as members choose it: it takes what the operator has switched on. */
export function kidjigModel({ name, title, promptLength, options }: KidjigModel): Model {
  const { images, guidance, steps, aspect, negative, seed, style, image, strength } = options;
  return {
    key: `kidjig/${name}`,
    provider: 'kidjig',
    title: `Kidjig ${title}`,
    takes: {
      promptLength: { min: ranges.prompt.min, max: promptLength },
      mostImages: images?.max ?? 1,
      ...(guidance && {
        guidance: { min: guidance.min, max: guidance.max, default: guidance.default },
      }),
      ...(steps && { steps: { min: steps.min, max: steps.max, effect: true } }),
      ...(aspect && { aspects: aspects.filter((one) => aspect.values[one] !== undefined) }),
      ...(negative && { negativeLength: negative.maxLength }),
      ...(seed && { seed: { min: seed.min, max: seed.max } }),
      ...(style && { styles: style.values }),
      ...(image && { image: { types: image.types, maxBytes: image.maxBytes } }),
      ...(strength && {
        strength: { min: strength.min, max: strength.max, default: strength.default },
      }),
    },
    public: false,
    unfiltered: options['safety-checker']?.value === false,
  };
}

/**
 * The body of a request: the prompt, and of the options those that are switched on and that the
 * request has or the operator has set, each under its name on the wire.
 */
export function kidjigBody(
  { body, options }: KidjigModel,
  request: ImageRequest,
): Readonly<Record<string, unknown>> {
  const wire = new Map<string, unknown>();
  const put = (option: { readonly name: string } | undefined, value: unknown): void => {
    if (option !== undefined && value !== undefined) wire.set(option.name, value);
  };
  put(options.images, request.images);
  put(options.aspect, request.aspect && options.aspect?.values[request.aspect]);
  put(options.seed, request.seed);
  put(options.style, request.style?.kind === 'model' ? request.style.name : undefined);
  put(options.guidance, request.guidance ?? options.guidance?.default);
  put(options.steps, request.steps);
  put(options.negative, negativeSent(request));
  put(options.image, request.image?.url);
  put(options.strength, request.image && (request.strength ?? options.strength?.default));
  for (const option of [
    options['safety-checker'],
    options.sync_mode,
    options.safety_tolerance,
    options.output_format,
    options.quality,
    options.expand_prompt,
    options.image_size,
    options.colors,
    options.style_id,
  ]) {
    put(option, option?.value);
  }
  const sent = Object.fromEntries(wire);
  const prompt = promptSent(request);
  if (body === '' || wire.size === 0) return { prompt, ...sent };
  return { prompt, [body]: sent };
}

/** What the API was told, for where it does not say itself what it used. */
export function kidjigTold({ options }: KidjigModel, request: ImageRequest): UsedSettings {
  const { seed, steps } = request;
  const guidance = request.guidance ?? options.guidance?.default;
  const shaped = options.aspect !== undefined && request.aspect !== undefined;
  const hd = options.quality?.value === 'hd' && !shaped;
  return {
    ...(options.seed && seed !== undefined ? { seed } : {}),
    ...(options.guidance && guidance !== undefined ? { guidance } : {}),
    ...(options.steps && steps !== undefined ? { steps } : {}),
    ...(hd ? hdPixels : {}),
  };
}
