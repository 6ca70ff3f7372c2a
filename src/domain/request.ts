import type { Aspect } from './aspect.ts';
import type { ModelOption } from './model.ts';

/** What is asked of one model, checked against what it takes; what it does not take is absent. */
export interface ImageRequest {
  /** The key of the model; empty in what was stored before there were several. */
  readonly model: string;
  /** The member's own words, 3–1024 code points, trimmed. See {@link promptSent}. */
  readonly prompt: string;
  /** How many pictures, 1–4. */
  readonly images: number;
  readonly guidance?: number;
  readonly steps?: number;
  readonly aspect?: Aspect;
  /** The member's own words. See {@link negativeSent}. */
  readonly negative?: string;
  readonly seed?: number;
  readonly scheduler?: string;
  readonly style?: RequestedStyle;
  readonly image?: ReferenceImage;
  readonly strength?: number;
  /** Hidden until a member clicks on it. */
  readonly spoiler?: boolean;
  /** Which of the options the member gave; the others are defaults, which another model may change. */
  readonly given: readonly ModelOption[];
}

/** A style of the guild's, with its words as they were then, or one of the model's own. */
export type RequestedStyle =
  | {
      readonly kind: 'guild';
      readonly name: string;
      readonly text: string;
      readonly negative: string;
    }
  | { readonly kind: 'model'; readonly name: string };

/** A picture to start from: an attachment of the member's, at Discord. */
export interface ReferenceImage {
  readonly url: string;
  /** As Discord says, for example `image/png`. */
  readonly contentType: string;
  readonly sizeBytes: number;
}

/**
 * What each option allows at most, whatever the model; each model may allow less. Discord's client is
 * told the same numbers, but a client can be bypassed, so both the command's definition and its parser
 * read them from here. Prompt, images and guidance are those of Claid's contract (`input` 3..1024,
 * `number_of_images` 1..4, `guidance_scale` 1 ≤ x < 50), the widest of all.
 */
export const ranges = {
  prompt: { min: 3, max: 1024 },
  images: { min: 1, max: 4 },
  guidance: { min: 0, max: 49.99 },
  steps: { min: 1, max: 200 },
  negative: { min: 1, max: 1024 },
  seed: { min: 0, max: 4_294_967_295 },
  strength: { min: 0, max: 1 },
} as const;

/** Where the member's words stand in a style's text. */
export const promptPlace = '{prompt}';

/** The text that goes to the API: the member's words within those of a guild's style. */
export function promptSent({ prompt, style }: Pick<ImageRequest, 'prompt' | 'style'>): string {
  if (style?.kind !== 'guild' || style.text === '') return prompt;
  if (!style.text.includes(promptPlace)) return `${prompt}, ${style.text}`;
  // The member's words are put in by a function, since `$&` and the like would be read as patterns.
  return style.text.replace(promptPlace, () => prompt);
}

/** The negative text that goes to the API; `undefined` where there is none. */
export function negativeSent({
  negative,
  style,
}: Pick<ImageRequest, 'negative' | 'style'>): string | undefined {
  const words = [negative, style?.kind === 'guild' ? style.negative : ''].filter(Boolean);
  return words.length === 0 ? undefined : words.join(', ');
}
