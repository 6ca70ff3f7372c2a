import { allowedPictures } from '../domain/refusal.ts';
import type { Refusal, Unhonoured } from '../domain/refusal.ts';
import type { Wish } from '../domain/wish.ts';

/**
 * What one button offers to run in place of a wish that was refused: it with fewer pictures, or without
 * the options that the model (or, where none was named, the one that comes closest) cannot honour.
 * `undefined` where nothing would help, and never without the prompt.
 */
export function alternative(refusal: Refusal, wish: Wish): Wish | undefined {
  if (refusal.reason === 'not-honoured') return without(refusal.options, wish);
  const images = allowedPictures(refusal);
  return images > 0 ? { ...wish, images } : undefined;
}

function without(options: readonly Unhonoured[], wish: Wish): Wish | undefined {
  if (options.length === 0) return undefined;
  const instead: { -readonly [K in keyof Wish]: Wish[K] } = { ...wish };
  for (const { option, allowed } of options) {
    if (option === 'prompt') return undefined;
    delete instead[option];
    if (option === 'images' && allowed?.kind === 'integer') instead.images = allowed.max;
    // It says nothing without a picture.
    if (option === 'image') delete instead.strength;
  }
  return instead;
}
