import type { Destination } from '../domain/destination.ts';
import type { Draft } from '../domain/store.ts';
import type { Chosen } from '../policy/choose.ts';
import { leaseMs } from './parts.ts';
import type { Parts } from './parts.ts';

/** What is written down of a request when its model is chosen. */
export function draftOf(
  { clock, owner }: Pick<Parts, 'clock' | 'owner'>,
  { id, destination }: { readonly id: string; readonly destination: Destination },
  { offer, request, insteadOf }: Chosen,
): Draft {
  const at = clock.now();
  return {
    id,
    destination,
    provider: offer.model.provider,
    account: offer.account,
    request,
    price: offer.price,
    insteadOf,
    owner,
    leaseUntil: at + leaseMs,
    at,
  };
}
