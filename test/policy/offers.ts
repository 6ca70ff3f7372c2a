import type { Offer } from '../../src/domain/catalogue.ts';
import type { Model, Takes } from '../../src/domain/model.ts';
import type { GuildRules } from '../../src/domain/rule.ts';
import { noRules } from '../../src/domain/rule.ts';
import type { Style } from '../../src/domain/style.ts';
import type { Wish } from '../../src/domain/wish.ts';
import type { Circumstances } from '../../src/policy/circumstances.ts';

/** Takes everything, within bounds narrower than those of the options. */
export const everything: Takes = {
  promptLength: { min: 3, max: 500 },
  mostImages: 4,
  guidance: { min: 1, max: 30, default: 7 },
  steps: { min: 10, max: 50, effect: true },
  aspects: ['1:1', '16:9'],
  negativeLength: 300,
  seed: { min: 0, max: 1000 },
  schedulers: ['K_EULER', 'DDIM'],
  styles: ['Anime', 'Photo'],
  image: { types: ['image/png', 'image/jpeg'], maxBytes: 5_000_000 },
  strength: { min: 0, max: 1, default: 0.5 },
};

/** Takes the prompt alone, and one picture. */
export const little: Takes = { promptLength: { min: 3, max: 1024 }, mostImages: 1 };

/** An offer by its model's key; it takes everything where nothing else is said. */
export function offer(
  key: string,
  given: Partial<Pick<Model, 'takes' | 'public' | 'unfiltered'>> &
    Partial<Pick<Offer, 'outUntil' | 'outWhy'>> = {},
): Offer {
  const [provider = key] = key.split('/');
  const { takes = everything, outUntil, outWhy } = given;
  return {
    model: {
      key,
      provider,
      title: titleOf(key),
      takes,
      public: given.public ?? false,
      unfiltered: given.unfiltered ?? false,
    },
    price: 1,
    account: provider,
    outUntil,
    outWhy: outUntil === undefined ? undefined : (outWhy ?? 'trouble'),
  };
}

/** `stablecog/flux.1` is titled `Stablecog Flux.1`. */
export function titleOf(key: string): string {
  return key
    .split('/')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join(' ');
}

export const circumstances: Circumstances = {
  private: false,
  ageRestricted: false,
  defaultImages: 4,
  seed: 77,
};

export const prompt = 'a red fox';

export function wish(given: Partial<Wish> = {}): Wish {
  return { prompt, ...given };
}

export function rulesWith(given: Partial<GuildRules> = {}): GuildRules {
  return { ...noRules, ...given };
}

export function style(name: string, given: Partial<Style> = {}): Style {
  return { name, text: 'in ink, {prompt}, at night', negative: 'colours', options: {}, ...given };
}

export const png = {
  url: 'https://cdn.discordapp.com/ephemeral-attachments/1/2/fox.png',
  contentType: 'image/png',
  sizeBytes: 1_000_000,
} as const;
