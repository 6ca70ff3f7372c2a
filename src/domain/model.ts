import type { Aspect } from './aspect.ts';

/** From `min` to `max`, both allowed. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** What a model lets be set, and within which bounds. What is not named it cannot do. */
export interface Takes {
  /** Code points of the whole text that is sent, a style's words included. */
  readonly promptLength: Range;
  /** Pictures in one request, from 1 to this. */
  readonly mostImages: number;
  /** How closely it follows the text; `default` is sent where nobody asks for another. */
  readonly guidance?: Range & { readonly default?: number };
  /** Whole numbers; of `effect: false` the API takes them and does as it likes. */
  readonly steps?: Range & { readonly effect: boolean };
  readonly aspects?: readonly Aspect[];
  /** What the pictures should not show: at most so many code points, a style's words included. */
  readonly negativeLength?: number;
  /** Whole numbers; where it takes a seed, one is always sent. */
  readonly seed?: Range;
  /** Names, as the API or its documents spell them. */
  readonly schedulers?: readonly string[];
  /** Styles of the API's own, by name. */
  readonly styles?: readonly string[];
  /** A picture to start from: the media types (`image/png`) and the size that are accepted. */
  readonly image?: { readonly types: readonly string[]; readonly maxBytes: number };
  /** How far it may depart from that picture, or how strongly it keeps to it: as the API has it. */
  readonly strength?: Range & { readonly default: number };
}

/** A model as members choose it. */
export interface Model {
  /**
   * What settings, rules and the store call it: the provider's name, or `provider/model` where the
   * provider has several. Letters, digits, `.`, `_`, `-` and one `/`.
   */
  readonly key: string;
  /** The provider's name. */
  readonly provider: string;
  /** Provider and model as people name them, for example `Stablecog FLUX.1`; at most 80 characters. */
  readonly title: string;
  readonly takes: Takes;
  /** Whatever is made can be seen by everybody at the provider's, so private requests are refused. */
  readonly public: boolean;
  /** Nobody filters what it makes, so it serves age-restricted channels only. */
  readonly unfiltered: boolean;
}

/** The options that a model may or may not honour. The others are Discord's and ours. */
export const modelOptions = [
  'prompt',
  'images',
  'guidance',
  'steps',
  'aspect',
  'negative',
  'seed',
  'scheduler',
  'style',
  'image',
  'strength',
] as const;

export type ModelOption = (typeof modelOptions)[number];
