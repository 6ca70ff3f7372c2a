import type { ModelOption } from '../domain/model.ts';
import type { ImageRequest } from '../domain/request.ts';
import type { Wish } from '../domain/wish.ts';
import { present } from './present.ts';

/**
 * What the member asked for, of a request that was made of it: without the model and its defaults, so
 * that another can be chosen with its own.
 */
export function wishOf(request: ImageRequest): Wish {
  const ifGiven = <T>(option: ModelOption, value: T): T | undefined =>
    request.given.includes(option) ? value : undefined;
  return {
    prompt: request.prompt,
    ...present({
      images: ifGiven('images', request.images),
      guidance: ifGiven('guidance', request.guidance),
      steps: ifGiven('steps', request.steps),
      aspect: ifGiven('aspect', request.aspect),
      negative: ifGiven('negative', request.negative),
      seed: ifGiven('seed', request.seed),
      scheduler: ifGiven('scheduler', request.scheduler),
      style: request.style?.name,
      image: ifGiven('image', request.image),
      strength: ifGiven('strength', request.strength),
      spoiler: request.spoiler,
    }),
  };
}
