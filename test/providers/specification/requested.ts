import type { Model } from '../../../src/domain/model.ts';
import type { ImageRequest, ReferenceImage } from '../../../src/domain/request.ts';

const seed = 4711;

/** What a member asks for who gives nothing but the words: one picture. */
export function plainRequest({ key, takes }: Model, number = 0): ImageRequest {
  return {
    model: key,
    prompt: `a lighthouse of porcelain, number ${number}`,
    images: 1,
    ...(takes.seed ? { seed } : {}),
    given: ['prompt', 'images'],
  };
}

/** A request with one thing more that the member gave. */
export function withOption(
  request: ImageRequest,
  options: Partial<Omit<ImageRequest, 'given' | 'model' | 'spoiler'>>,
): ImageRequest {
  const given = Object.keys(options) as (keyof typeof options)[];
  return { ...request, ...options, given: [...new Set([...request.given, ...given])] };
}

/** All that the model takes at once, each in the middle of its range. */
export function fullRequest(model: Model, image: ReferenceImage, number = 0): ImageRequest {
  const { takes } = model;
  const style = takes.styles?.at(-1);
  const aspect = takes.aspects?.at(-1);
  const scheduler = takes.schedulers?.at(-1);
  return withOption(plainRequest(model, number), {
    images: takes.mostImages,
    ...(takes.guidance ? { guidance: middle(takes.guidance) } : {}),
    ...(takes.steps ? { steps: takes.steps.min + 1 } : {}),
    ...(takes.negativeLength === undefined ? {} : { negative: 'fog and rain' }),
    ...(aspect === undefined ? {} : { aspect }),
    ...(scheduler === undefined ? {} : { scheduler }),
    ...(style === undefined ? {} : { style: { kind: 'model', name: style } }),
    ...(takes.image ? { image } : {}),
    ...(takes.strength ? { strength: middle(takes.strength) } : {}),
  });
}

function middle({ min, max }: { readonly min: number; readonly max: number }): number {
  return (min + max) / 2;
}
