import type { Offer } from '../domain/catalogue.ts';
import { sameName } from './same-name.ts';

/**
 * The offer that a name means: a key, else a key or a title whatever its case, else a provider's name,
 * which means its first model. The lists offer keys, but whoever types may write what they read.
 */
export function namedOffer(offers: readonly Offer[], name: string): Offer | undefined {
  return (
    offers.find(({ model }) => model.key === name) ??
    offers.find(({ model }) => sameName(model.key, name) || sameName(model.title, name)) ??
    offers.find(({ model }) => sameName(model.provider, name))
  );
}
