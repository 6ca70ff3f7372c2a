import type { Offer } from '../domain/catalogue.ts';
import type { Provider } from '../domain/provider.ts';
import type { Parts } from './parts.ts';

/** Why a provider is not asked at the moment, and until when; `undefined` while all is well. */
export function outageOf(
  { accounts, breakers }: Pick<Parts, 'accounts' | 'breakers'>,
  provider: Pick<Provider, 'account'>,
): { readonly until: number; readonly why: NonNullable<Offer['outWhy']> } | undefined {
  const closedUntil = accounts.closedUntil(provider.account);
  if (closedUntil !== undefined) return { until: closedUntil, why: 'account' };
  const leftAloneUntil = breakers.outUntil(provider);
  return leftAloneUntil === undefined ? undefined : { until: leftAloneUntil, why: 'trouble' };
}
