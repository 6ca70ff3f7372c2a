import type { Model } from './model.ts';

/** A model with what it costs here. */
export interface Offer {
  readonly model: Model;
  /** Credits per picture. */
  readonly price: number;
  /** The account that pays for it. */
  readonly account: string;
  /**
   * Until when it is not asked (ms since the epoch), since its account or its API is in trouble;
   * `undefined` while all is well.
   */
  readonly outUntil: number | undefined;
  readonly outWhy: 'account' | 'trouble' | undefined;
}

/** The models that the operator has configured, in the operator's order: the default provider's first. */
export interface Catalogue {
  /** As things are now: models come and go with the APIs' own lists. */
  offers(): readonly Offer[];
  /** Of that key, or the first of the provider of that name. */
  find(key: string): Offer | undefined;
}
