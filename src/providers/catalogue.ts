import type { Catalogue, Offer } from '../domain/catalogue.ts';
import type { Model } from '../domain/model.ts';
import type { Provider } from '../domain/provider.ts';

/** Why a provider is not asked at the moment, and until when (ms since the epoch). */
export interface Outage {
  readonly until: number;
  readonly why: 'account' | 'trouble';
}

/**
 * What the providers offer, in their order, at the operator's prices: by the model's key, else by the
 * provider's name, else 1.
 *
 * @param outage is asked anew each time
 */
export function createCatalogue(
  providers: readonly Provider[],
  prices: ReadonlyMap<string, number>,
  outage: (provider: Provider) => Outage | undefined,
): Catalogue {
  function offersOf(provider: Provider): Offer[] {
    const out = outage(provider);
    return provider.models().map((model) => ({
      model,
      price: priceOf(model, prices),
      account: provider.account,
      outUntil: out?.until,
      outWhy: out?.why,
    }));
  }
  const offers = (): Offer[] => providers.flatMap(offersOf);
  return {
    offers,
    find(key) {
      const all = offers();
      return (
        all.find(({ model }) => model.key === key) ??
        all.find(({ model }) => model.provider === key)
      );
    },
  };
}

function priceOf({ key, provider }: Model, prices: ReadonlyMap<string, number>): number {
  return prices.get(key) ?? prices.get(provider) ?? 1;
}
