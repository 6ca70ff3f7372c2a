import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aspects } from '../../src/domain/aspect.ts';
import type { Offer } from '../../src/domain/catalogue.ts';
import type { Takes } from '../../src/domain/model.ts';
import type { Refusal } from '../../src/domain/refusal.ts';
import { negativeSent, promptSent } from '../../src/domain/request.ts';
import type { ImageRequest } from '../../src/domain/request.ts';
import { noRules } from '../../src/domain/rule.ts';
import type { GuildRules } from '../../src/domain/rule.ts';
import type { Style } from '../../src/domain/style.ts';
import type { Wish } from '../../src/domain/wish.ts';
import { alternative } from '../../src/policy/alternative.ts';
import { choose } from '../../src/policy/choose.ts';
import type { Circumstances } from '../../src/policy/circumstances.ts';
import { wishOf } from '../../src/policy/wish-of.ts';
import { offer, png } from './offers.ts';

// Small worlds, so that models, rules and wishes meet often.
const someAspects = fc.constantFrom(...aspects.slice(0, 3));
const schedulers = fc.constantFrom('DDIM', 'K_EULER');
const styleNames = fc.constantFrom('Ink', 'Anime', 'Oil');
const text = (maxLength: number) =>
  fc.string({ unit: fc.constantFrom('x', '🦊', '$&'), minLength: 3, maxLength });

const sometimes = fc.constantFrom(true, false, false, false);

/** From one of these to another. */
function range(...stops: readonly number[]) {
  return fc
    .tuple(fc.constantFrom(...stops), fc.constantFrom(...stops))
    .map(([one, other]) => ({ min: Math.min(one, other), max: Math.max(one, other) }));
}
const withDefault = (...stops: readonly number[]) =>
  range(...stops).map((each) => ({ ...each, default: each.max }));

/** Takes most of it; wishes ask for little of it: so that models and wishes fit often. */
const takes: fc.Arbitrary<Takes> = fc
  .tuple(
    fc.record({
      promptLength: fc.record({
        min: fc.constantFrom(1, 3, 5),
        max: fc.constantFrom(8, 20, 1024),
      }),
      mostImages: fc.integer({ min: 1, max: 4 }),
      guidance: withDefault(0, 5, 10),
      steps: range(1, 20, 50).map((each) => ({ ...each, effect: true })),
      aspects: fc.uniqueArray(someAspects),
      negativeLength: fc.constantFrom(4, 10, 1024),
      seed: range(0, 7, 4_294_967_295),
      schedulers: fc.uniqueArray(schedulers),
      styles: fc.uniqueArray(styleNames),
      image: fc.record({
        types: fc.constantFrom(['image/png'], ['image/jpeg', 'image/png'], ['image/webp']),
        maxBytes: fc.constantFrom(500_000, 5_000_000),
      }),
      strength: withDefault(0, 0.5, 1),
    }),
    fc.subarray<Exclude<keyof Takes, 'promptLength' | 'mostImages'>>(
      ['guidance', 'steps', 'aspects', 'negativeLength', 'seed', 'schedulers', 'image'],
      { maxLength: 3 },
    ),
  )
  .map(([all, unknown]) => {
    const known: { -readonly [K in keyof Takes]: Takes[K] } = { ...all };
    for (const option of unknown) delete known[option];
    return known;
  });

const keys = ['claid', 'stablecog/flux.1', 'stablecog/sdxl', 'openai/a', 'openai/b'];

const offersOf: fc.Arbitrary<readonly Offer[]> = fc
  .uniqueArray(
    fc.record({
      key: fc.constantFrom(...keys),
      takes,
      public: sometimes,
      unfiltered: sometimes,
      outUntil: fc.constantFrom(undefined, undefined, 5),
      outWhy: fc.constantFrom('account' as const, 'trouble' as const),
    }),
    { selector: ({ key }) => key, minLength: 1, maxLength: 4 },
  )
  .map((all) => all.map(({ key, ...given }) => offer(key, given)));

const options: Required<{ [K in Exclude<keyof Wish, 'prompt'>]: fc.Arbitrary<Wish[K]> }> = {
  model: fc.constantFrom(...keys, 'Stablecog FLUX.1', 'none'),
  images: fc.integer({ min: 1, max: 4 }),
  guidance: fc.constantFrom(0, 3.5, 10, 49.99),
  steps: fc.constantFrom(1, 20, 200),
  aspect: someAspects,
  negative: text(8),
  seed: fc.constantFrom(0, 8, 4_294_967_295),
  scheduler: fc.constantFrom('ddim', 'K_EULER', 'PLMS'),
  style: fc.constantFrom('ink', 'ANIME', 'Oil', 'none'),
  image: fc.constantFrom(png, { ...png, contentType: 'image/webp' }),
  strength: fc.constantFrom(0, 0.6, 1),
  spoiler: fc.boolean(),
};
const wishes: fc.Arbitrary<Wish> = fc
  .tuple(
    fc.record({ prompt: text(12), ...options }),
    fc.subarray(keysOf(options), { maxLength: 4 }),
  )
  .map(([all, given]) => ({
    prompt: all.prompt,
    ...Object.fromEntries(given.map((option) => [option, all[option]])),
  }));

function keysOf<T extends object>(object: T): (keyof T)[] {
  return Object.keys(object) as (keyof T)[];
}

const styles: fc.Arbitrary<Style> = fc.record({
  name: styleNames,
  text: fc.constantFrom('', 'inked', 'in {prompt}', 'x'.repeat(500)),
  negative: fc.constantFrom('', 'sun', 'x'.repeat(500)),
  options: fc.record(
    {
      aspect: someAspects,
      guidance: fc.constantFrom(0, 7, 49.99),
      steps: fc.constantFrom(1, 30, 200),
      scheduler: fc.constantFrom('ddim', 'PLMS'),
    },
    { requiredKeys: [] },
  ),
});

const rulesOf: fc.Arbitrary<GuildRules> = fc
  .record({
    providers: fc.uniqueArray(
      fc.record({
        key: fc.constantFrom(...keys, 'stablecog', 'openai'),
        allowed: fc.boolean(),
      }),
      { selector: ({ key }) => key, maxLength: 2 },
    ),
    defaultModel: fc.option(fc.constantFrom(...keys)),
    failover: fc.boolean(),
    styles: fc.uniqueArray(styles, { selector: ({ name }) => name, maxLength: 2 }),
    mostPictures: fc.option(fc.integer({ min: 1, max: 4 })),
  })
  .map(({ mostPictures, ...rules }) => ({
    ...noRules,
    ...rules,
    requests: { ...noRules.requests, mostPictures },
  }));

const circumstancesOf: fc.Arbitrary<Circumstances> = fc.record({
  private: fc.boolean(),
  ageRestricted: fc.constantFrom(true, false, undefined),
  defaultImages: fc.integer({ min: 1, max: 4 }),
  seed: fc.constantFrom(0, 77, 2_147_483_647),
});

const triedOf = fc.subarray(keys, { maxLength: 2 });
const cases = fc.tuple(offersOf, rulesOf, wishes, circumstancesOf, triedOf);
const runs = { numRuns: 1000 };

const chosenKey = (found: ReturnType<typeof choose>): string | undefined =>
  'refused' in found ? undefined : found.offer.model.key;
const refusalOf = (found: ReturnType<typeof choose>): Refusal | undefined =>
  'refused' in found ? found.refused : undefined;
const length = (value: string): number => Array.from(value).length;

/** What is wrong with a request, said by the model's bounds alone. */
function offences(request: ImageRequest, bounds: Takes): string[] {
  const { promptLength, mostImages, negativeLength, seed, image } = bounds;
  const within = (value: number | undefined, of: { min: number; max: number } | undefined) =>
    value === undefined || (of !== undefined && value >= of.min && value <= of.max);
  const among = (value: string | undefined, of: readonly string[] = []) =>
    value === undefined || of.includes(value);
  const { style } = request;
  const checks = {
    prompt: within(length(promptSent(request)), promptLength),
    images: within(request.images, { min: 1, max: mostImages }),
    guidance: within(request.guidance, bounds.guidance),
    steps: within(request.steps, bounds.steps),
    aspect: among(request.aspect, bounds.aspects),
    negative:
      (request.negative === undefined || negativeLength !== undefined) &&
      length(negativeSent(request) ?? '') <= (negativeLength ?? Infinity),
    seed: within(request.seed, seed) && (seed === undefined) === (request.seed === undefined),
    scheduler: among(request.scheduler, bounds.schedulers),
    style: style?.kind !== 'model' || among(style.name, bounds.styles),
    image:
      request.image === undefined ||
      (image !== undefined &&
        image.types.includes(request.image.contentType) &&
        request.image.sizeBytes <= image.maxBytes),
    strength: within(request.strength, bounds.strength),
  };
  return Object.entries(checks).flatMap(([option, isGood]) => (isGood ? [] : [option]));
}

describe('whatever the models, the rules and the wish', () => {
  it('the chosen model is allowed, suitable, there, not tried before, and takes all that it is asked', () => {
    fc.assert(
      fc.property(cases, ([offers, rules, wish, by, tried]) => {
        const found = choose(offers, rules, wish, by, new Set(tried));
        if ('refused' in found) return;
        const { model, outUntil } = found.offer;
        const of = (key: string) => rules.providers.find((rule) => rule.key === key)?.allowed;
        expect(of(model.key) ?? of(model.provider) ?? true).toBe(true);
        expect(model.public && by.private).toBe(false);
        expect(model.unfiltered && by.ageRestricted !== true).toBe(false);
        expect(outUntil).toBeUndefined();
        expect(tried).not.toContain(model.key);
        expect(found.request.model).toBe(model.key);
        expect(offences(found.request, model.takes)).toEqual([]);
      }),
      runs,
    );
  });

  it('all that the member gave is in the request', () => {
    fc.assert(
      fc.property(cases, ([offers, rules, wish, by]) => {
        const found = choose(offers, rules, wish, by);
        if ('refused' in found) return;
        const { model: _model, scheduler, style, strength, ...rest } = wish;
        const { request } = found;
        expect(request).toMatchObject(rest);
        expect(request.scheduler?.toLowerCase()).toBe(
          scheduler?.toLowerCase() ?? request.scheduler?.toLowerCase(),
        );
        expect(request.style?.name.toLowerCase()).toBe(style?.toLowerCase());
        if (strength !== undefined && wish.image) expect(request.strength).toBe(strength);
        expect(request.given.includes('images')).toBe(wish.images !== undefined);
      }),
      runs,
    );
  });

  it('the model that was named is chosen, or another stands in for it under its name', () => {
    fc.assert(
      fc.property(cases, ([offers, rules, wish, by, tried]) => {
        const found = choose(offers, rules, wish, by, new Set(tried));
        if ('refused' in found || wish.model === undefined) return;
        const named = offers.find(
          ({ model }) =>
            model.key === wish.model || model.title.toLowerCase() === wish.model?.toLowerCase(),
        );
        if (found.insteadOf === null) expect(found.offer).toBe(named);
        else {
          expect(rules.failover).toBe(true);
          expect(found.insteadOf).toBe(named?.model.title);
        }
      }),
      runs,
    );
  });

  it('what is refused as not honoured is no more so in the way that is offered instead', () => {
    fc.assert(
      fc.property(cases, ([offers, rules, wish, by]) => {
        const refusal = refusalOf(choose(offers, rules, wish, by));
        if (refusal?.reason !== 'not-honoured') return;
        const instead = alternative(refusal, wish);
        const isPrompt = refusal.options.some(({ option }) => option === 'prompt');
        expect(instead === undefined).toBe(isPrompt);
        if (!instead) return;
        expect(instead.prompt).toBe(wish.prompt);
        expect(instead.model).toBe(wish.model);
        expect(refusalOf(choose(offers, rules, instead, by))?.reason).not.toBe('not-honoured');
      }),
      runs,
    );
  });

  it('each model that is named as one that can is chosen when it is asked for', () => {
    fc.assert(
      fc.property(cases, ([offers, rules, wish, by]) => {
        const refusal = refusalOf(choose(offers, rules, wish, by));
        if (refusal?.reason !== 'not-honoured' && refusal?.reason !== 'model-unsuitable') return;
        const there = offers.map((each) => ({ ...each, outUntil: undefined, outWhy: undefined }));
        for (const title of refusal.can) {
          const found = choose(there, rules, { ...wish, model: title }, by);
          expect('refused' in found ? found.refused : found.offer.model.title).toBe(title);
        }
      }),
      runs,
    );
  });

  it('the wish of what was chosen chooses the same again where nothing else is different', () => {
    fc.assert(
      fc.property(cases, ([offers, rules, wish, by]) => {
        const found = choose(offers, rules, wish, by);
        if ('refused' in found) return;
        const again = choose(
          offers,
          rules,
          { ...wishOf(found.request), model: found.offer.model.key },
          by,
        );
        expect(chosenKey(again)).toBe(found.offer.model.key);
        expect('refused' in again ? undefined : again.request).toEqual(found.request);
      }),
      runs,
    );
  });

  it('some are chosen, some stand in, and some are refused for each reason', () => {
    const seen = new Map<string, number>();
    for (const [offers, rules, wish, by, tried] of fc.sample(cases, { numRuns: 2000, seed: 1 })) {
      const found = choose(offers, rules, wish, by, new Set(tried));
      const what =
        'refused' in found ? found.refused.reason : found.insteadOf === null ? 'chosen' : 'instead';
      seen.set(what, (seen.get(what) ?? 0) + 1);
    }
    expect([...seen.keys()].toSorted()).toEqual([
      'account-closed',
      'chosen',
      'instead',
      'model-not-allowed',
      'model-unsuitable',
      'no-model',
      'not-honoured',
      'unavailable',
      'unknown-style',
    ]);
    expect(Math.min(...seen.values())).toBeGreaterThan(10);
  });
});
