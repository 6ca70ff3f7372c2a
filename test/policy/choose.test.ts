import { describe, expect, it } from 'vitest';
import type { Offer } from '../../src/domain/catalogue.ts';
import type { GuildRules } from '../../src/domain/rule.ts';
import type { Wish } from '../../src/domain/wish.ts';
import { choose } from '../../src/policy/choose.ts';
import type { Circumstances } from '../../src/policy/circumstances.ts';
import { circumstances, everything, little, offer, rulesWith, style, wish } from './offers.ts';

const later = Date.UTC(2026, 0, 15);
const claid = offer('claid', { takes: { ...little, mostImages: 4 } });
const flux = offer('stablecog/flux.1');
const open = offer('openai/sdxl', { unfiltered: true });
const kidjig = offer('kidjig/flux-ultra', { takes: little });
const offers = [claid, flux, kidjig, open];
const out = (each: Offer, outWhy: Offer['outWhy'] = 'trouble'): Offer => ({
  ...each,
  outUntil: later,
  outWhy,
});

interface Given {
  readonly offers?: readonly Offer[];
  readonly rules?: Partial<GuildRules>;
  readonly tried?: readonly string[];
  readonly by?: Partial<Circumstances>;
}

function chosen(wished: Partial<Wish>, given: Given = {}) {
  const found = choose(
    given.offers ?? offers,
    rulesWith(given.rules),
    wish(wished),
    { ...circumstances, ...given.by },
    new Set(given.tried),
  );
  return 'refused' in found
    ? found.refused
    : { key: found.offer.model.key, insteadOf: found.insteadOf };
}

const denied = (...keys: readonly string[]): Partial<GuildRules> => ({
  providers: keys.map((key) => ({ key, allowed: false })),
});
const is = (key: string, insteadOf: string | null = null) => ({ key, insteadOf });

describe('where the member names a model', () => {
  it.each(['stablecog/flux.1', 'Stablecog/FLUX.1', ' stablecog flux.1 ', 'STABLECOG FLUX.1'])(
    'it is found by its key or its title, whatever the case: %j',
    (model) => {
      expect(chosen({ model })).toEqual(is('stablecog/flux.1'));
    },
  );

  it('that there is not, those that are allowed are told', () => {
    expect(chosen({ model: 'midjourney' }, { rules: denied('openai') })).toEqual({
      reason: 'model-not-allowed',
      model: 'midjourney',
      known: false,
      allowed: ['Claid', 'Stablecog Flux.1', 'Kidjig Flux-ultra'],
    });
  });

  it('that is not allowed, it is called by its title', () => {
    expect(chosen({ model: 'STABLECOG/flux.1' }, { rules: denied('stablecog') })).toEqual({
      reason: 'model-not-allowed',
      model: 'Stablecog Flux.1',
      known: true,
      allowed: ['Claid', 'Kidjig Flux-ultra', 'Openai Sdxl'],
    });
  });

  it('whose pictures are public, a private request is not taken to it', () => {
    const free = offer('stablecog/flux.1', { public: true });
    const given = { offers: [claid, free, kidjig] };
    const model = free.model.key;
    expect(chosen({ model }, given)).toEqual(is(model));
    expect(chosen({ model, images: 2 }, { ...given, by: { private: true } })).toEqual({
      reason: 'model-unsuitable',
      model: 'Stablecog Flux.1',
      why: 'private',
      can: ['Claid'],
    });
  });

  it('that nobody filters, it serves where only adults see it', () => {
    const model = open.model.key;
    expect(chosen({ model }, { by: { ageRestricted: true } })).toEqual(is(model));
    for (const ageRestricted of [false, undefined])
      expect(chosen({ model, seed: 1 }, { by: { ageRestricted } })).toEqual({
        reason: 'model-unsuitable',
        model: 'Openai Sdxl',
        why: 'age-restricted',
        can: ['Stablecog Flux.1'],
      });
  });

  it('that cannot do what is asked, it is told which can', () => {
    expect(chosen({ model: 'claid', seed: 1, steps: 20 })).toEqual({
      reason: 'not-honoured',
      model: 'Claid',
      closest: null,
      options: [
        { option: 'steps', given: '20', allowed: null },
        { option: 'seed', given: '1', allowed: null },
      ],
      can: ['Stablecog Flux.1'],
    });
  });
});

describe('where the member names none', () => {
  it('the first in the operator’s order is taken, before it the guild’s default', () => {
    expect(chosen({})).toEqual(is('claid'));
    expect(chosen({}, { rules: { defaultModel: 'kidjig/flux-ultra' } })).toEqual(
      is('kidjig/flux-ultra'),
    );
  });

  it.each([
    ['is denied', denied('kidjig'), { images: 1 }],
    ['cannot do what is asked', {}, { images: 2 }],
  ])('a default that %s is passed over', (_, rules, wished) => {
    const all = { ...rules, defaultModel: 'kidjig/flux-ultra' };
    expect(chosen(wished, { rules: all })).toEqual(is('claid'));
  });

  it('a default that is gone is passed over', () => {
    expect(chosen({}, { rules: { defaultModel: 'gone' } })).toEqual(is('claid'));
  });

  it('the first that can do all of it is taken', () => {
    expect(chosen({ seed: 1 })).toEqual(is('stablecog/flux.1'));
    const rules = denied('stablecog');
    expect(chosen({ seed: 1 }, { rules, by: { ageRestricted: true } })).toEqual(is('openai/sdxl'));
  });

  it('and nothing is allowed, or offered, that is told', () => {
    const rules = denied('claid', 'stablecog', 'kidjig', 'openai');
    for (const model of [{}, { model: 'claid' }])
      expect(chosen(model, { rules })).toEqual({ reason: 'no-model' });
    expect(chosen({}, { offers: [] })).toEqual({ reason: 'no-model' });
  });

  it('and none that can do it is suitable, the first of these is told', () => {
    const rules = denied('stablecog');
    expect(chosen({ seed: 1 }, { rules })).toEqual({
      reason: 'model-unsuitable',
      model: 'Openai Sdxl',
      why: 'age-restricted',
      can: [],
    });
    const free = offer('stablecog/flux.1', { public: true });
    const only = { offers: [free], by: { private: true } };
    expect(chosen({ steps: 500 }, only)).toMatchObject({ reason: 'model-unsuitable' });
  });

  it('and none can do all of it, what the closest cannot do is told', () => {
    expect(chosen({ images: 3, seed: 1, steps: 60, aspect: '1:1' })).toEqual({
      reason: 'not-honoured',
      model: null,
      closest: 'Stablecog Flux.1',
      options: [{ option: 'steps', given: '60', allowed: { kind: 'integer', min: 10, max: 50 } }],
      can: [],
    });
    // The first is of no use here, whatever is asked of it.
    const free = offer('stablecog/free', { public: true });
    expect(chosen({ steps: 60 }, { offers: [free, claid], by: { private: true } })).toMatchObject({
      reason: 'not-honoured',
      options: [{ option: 'steps', allowed: null }],
    });
  });
});

describe('a style', () => {
  const rules: Partial<GuildRules> = { styles: [style('Ink'), style('Anime')] };
  const found = (name: string, given: Given = {}) => {
    const result = choose(
      given.offers ?? offers,
      rulesWith({ ...rules, ...given.rules }),
      wish({ style: name }),
      circumstances,
    );
    return 'refused' in result ? result.refused : [result.offer.model.key, result.request.style];
  };

  it('of the guild’s goes before a model’s own, and goes with every model', () => {
    expect(found('ANIME')).toMatchObject(['claid', { kind: 'guild', name: 'Anime' }]);
  });

  it('of a model’s own takes the request there, in the model’s spelling', () => {
    expect(found('photo')).toEqual(['stablecog/flux.1', { kind: 'model', name: 'Photo' }]);
  });

  it('that there is nowhere is told with some that there are', () => {
    const known = ['Ink', 'Anime', 'Photo'];
    expect(found('oil')).toEqual({ reason: 'unknown-style', style: 'oil', known });
    expect(found('photo', { rules: denied('stablecog', 'openai') })).toEqual({
      reason: 'unknown-style',
      style: 'photo',
      known: ['Ink', 'Anime'],
    });
    const many = Array.from({ length: 12 }, (_, index) => style(`s${index}`));
    expect(found('oil', { rules: { styles: many } })).toMatchObject({
      known: many.slice(0, 10).map(({ name }) => name),
    });
  });
});

describe('a model that is out', () => {
  const same = offer('kidjig/same', { takes: { ...little, mostImages: 4 } });
  const others = [out(claid), kidjig, same, flux];

  it('is told, where nothing may stand in', () => {
    for (const model of [{}, { model: 'claid' }])
      expect(chosen({ ...model, images: 2 }, { offers: others })).toEqual({
        reason: 'unavailable',
        model: 'Claid',
        until: later,
      });
    expect(chosen({}, { offers: [out(claid, 'account'), same] })).toEqual({
      reason: 'account-closed',
      until: later,
    });
  });

  it('has the next that does the same stand in, also where it was named', () => {
    const rules = { failover: true };
    for (const model of [{}, { model: 'claid' }])
      expect(chosen({ ...model, images: 2 }, { offers: others, rules })).toEqual(
        is('kidjig/same', 'Claid'),
      );
    expect(chosen({ seed: 1 }, { offers: [out(flux), claid, open], rules })).toMatchObject({
      reason: 'unavailable',
      model: 'Stablecog Flux.1',
    });
  });

  it('is told of the first, where all of them are', () => {
    const all = [out(claid, 'account'), out(same)];
    expect(chosen({ images: 2 }, { offers: all, rules: { failover: true } })).toEqual({
      reason: 'account-closed',
      until: later,
    });
  });
});

describe('a model that has failed already', () => {
  it('is not chosen again', () => {
    const rules = { failover: true };
    expect(chosen({}, { tried: ['claid'] })).toEqual(is('stablecog/flux.1'));
    expect(chosen({ model: 'claid' }, { tried: ['claid'], rules })).toEqual(
      is('stablecog/flux.1', 'Claid'),
    );
    expect(chosen({ seed: 1 }, { tried: ['stablecog/flux.1'], rules })).toEqual({
      reason: 'no-model',
    });
    expect(chosen({ model: 'claid' }, { tried: ['claid'] })).toEqual({ reason: 'no-model' });
  });
});

describe('what is asked of the chosen model', () => {
  it('is what it takes, by the guild’s rules and the circumstances', () => {
    const found = choose(
      offers,
      rulesWith({ requests: { ...rulesWith().requests, mostPictures: 2 } }),
      wish({ model: 'stablecog/flux.1' }),
      circumstances,
    );
    expect(found).toMatchObject({
      request: { model: 'stablecog/flux.1', images: 2, guidance: everything.guidance?.default },
    });
  });
});
