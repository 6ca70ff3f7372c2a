import { describe, expect, it } from 'vitest';
import type { Model } from '../../src/domain/model.ts';
import type { Provider } from '../../src/domain/provider.ts';
import { createCatalogue, type Outage } from '../../src/providers/catalogue.ts';

function model(key: string): Model {
  const [name = ''] = key.split('/');
  const takes = { promptLength: { min: 3, max: 100 }, mostImages: 1 };
  return { key, provider: name, title: key, takes, public: false, unfiltered: false };
}

function provider(name: string, keys: () => readonly string[]): Provider {
  return {
    name,
    title: name,
    keySetting: '',
    account: `${name}:1`,
    trustedHosts: [],
    pace: { windows: [] },
    models: () => keys().map(model),
    generate: () => Promise.reject(new Error('not asked for')),
    check: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

let flux = ['stablecog/flux.1', 'stablecog/sdxl'];
const providers = [provider('claid', () => ['claid']), provider('stablecog', () => flux)];
const prices = new Map([
  ['stablecog', 3],
  ['stablecog/sdxl', 0],
]);
let outage: Outage | undefined;
const catalogue = createCatalogue(providers, prices, ({ name }) =>
  name === 'stablecog' ? outage : undefined,
);

describe('the catalogue', () => {
  it('has each provider’s models, at the model’s price, else the provider’s, else 1', () => {
    const seen = catalogue.offers().map((offer) => [offer.model.key, offer.price, offer.account]);
    expect(seen).toEqual([
      ['claid', 1, 'claid:1'],
      ['stablecog/flux.1', 3, 'stablecog:1'],
      ['stablecog/sdxl', 0, 'stablecog:1'],
    ]);
  });

  it.each([
    ['claid', 'claid'],
    ['stablecog/sdxl', 'stablecog/sdxl'],
    ['stablecog', 'stablecog/flux.1'],
    ['stablecog/gone', undefined],
    ['kidjig', undefined],
    ['', undefined],
  ])('finds for "%s" %s', (key, found) => {
    expect(catalogue.find(key)?.model.key).toBe(found);
  });

  it('says what is out as things are now, and why', () => {
    expect(catalogue.find('stablecog')).toMatchObject({ outUntil: undefined, outWhy: undefined });
    outage = { until: 5000, why: 'trouble' };
    expect(catalogue.find('stablecog/sdxl')).toMatchObject({ outUntil: 5000, outWhy: 'trouble' });
    expect(catalogue.find('claid')).toMatchObject({ outUntil: undefined, outWhy: undefined });
    outage = undefined;
    expect(catalogue.find('stablecog/sdxl')?.outUntil).toBeUndefined();
  });

  it('follows the lists of the APIs', () => {
    flux = ['stablecog/new'];
    expect(catalogue.find('stablecog/sdxl')).toBeUndefined();
    expect(catalogue.find('stablecog')?.model.key).toBe('stablecog/new');
  });
});
