import { modelOptions } from '../domain/model.ts';
import type { Model, ModelOption, Range, Takes } from '../domain/model.ts';
import type { ImageRequest, RequestedStyle } from '../domain/request.ts';
import type { RequestRules } from '../domain/rule.ts';
import type { StyleOptions } from '../domain/style.ts';
import type { Wish } from '../domain/wish.ts';
import type { AskedStyle } from './asked-style.ts';
import type { Circumstances } from './circumstances.ts';
import { present } from './present.ts';
import { sameName } from './same-name.ts';

/**
 * What is asked of a model that honours all of the wish. Where the member says nothing it is what the
 * guild's style brings, as far as the model takes it, else the model's own default; as many pictures as
 * the operator, the model and the guild's rules allow; and the seed of the circumstances.
 */
export function requestFor(
  { key, takes }: Pick<Model, 'key' | 'takes'>,
  { wish, style }: { readonly wish: Wish; readonly style: AskedStyle | undefined },
  { mostPictures }: Pick<RequestRules, 'mostPictures'>,
  { defaultImages, seed }: Circumstances,
): ImageRequest {
  const brought = broughtBy(style, takes);
  const images = Math.min(defaultImages, takes.mostImages, mostPictures ?? Infinity);
  return {
    model: key,
    prompt: wish.prompt,
    images: wish.images ?? images,
    ...present({
      guidance: wish.guidance ?? brought.guidance ?? takes.guidance?.default,
      steps: wish.steps ?? brought.steps,
      aspect: wish.aspect ?? brought.aspect,
      negative: wish.negative,
      seed: wish.seed ?? (takes.seed && within(takes.seed, seed)),
      scheduler: spelled(takes.schedulers, wish.scheduler) ?? brought.scheduler,
      style: requested(style, takes),
      image: wish.image,
      strength: wish.image && (wish.strength ?? takes.strength?.default),
      spoiler: wish.spoiler,
    }),
    given: modelOptions.filter((option) => isGiven(wish, option)),
  };
}

/** A strength says nothing without a picture. */
function isGiven(wish: Wish, option: ModelOption): boolean {
  return wish[option] !== undefined && (option !== 'strength' || wish.image !== undefined);
}

/** A whole number brought into a range, so that different ones stay different as far as that goes. */
function within({ min, max }: Range, value: number): number {
  if (value >= min && value <= max) return value;
  const span = max - min + 1;
  return min + ((((value - min) % span) + span) % span);
}

/** As the model spells what was typed. */
function spelled(choices: readonly string[] = [], typed: string | undefined): string | undefined {
  return typed === undefined ? undefined : choices.find((choice) => sameName(choice, typed));
}

function requested(style: AskedStyle | undefined, takes: Takes): RequestedStyle | undefined {
  if (style?.kind !== 'guild') {
    const name = spelled(takes.styles, style?.name);
    return name === undefined ? undefined : { kind: 'model', name };
  }
  const { name, text, negative } = style.style;
  return { kind: 'guild', name, text, negative };
}

/** What a style of the guild's brings besides its words, without what the model does not take. */
function broughtBy(style: AskedStyle | undefined, takes: Takes): StyleOptions {
  if (style?.kind !== 'guild') return {};
  const { aspect, guidance, steps, scheduler } = style.style.options;
  return present({
    aspect: takes.aspects?.find((each) => each === aspect),
    guidance: onlyWithin(takes.guidance, guidance),
    steps: onlyWithin(takes.steps, steps),
    scheduler: spelled(takes.schedulers, scheduler),
  });
}

function onlyWithin(range: Range | undefined, value: number | undefined): number | undefined {
  if (range === undefined || value === undefined) return undefined;
  return value >= range.min && value <= range.max ? value : undefined;
}
