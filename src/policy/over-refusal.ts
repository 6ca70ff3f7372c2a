import type { Refusal } from '../domain/refusal.ts';
import type { Over } from './over.ts';

/** What is told of a bound that a request does not keep within; when to come back is not known here. */
export function overRefusal(
  { bound, granted, never }: Over,
  asked: { readonly needed: number; readonly price: number; readonly fits: number },
): Refusal {
  const spent = bound.spent.credits;
  const freesAt = never ? null : bound.spent.freesAt;
  const { by } = bound;
  switch (by.kind) {
    case 'cap':
      return {
        reason: 'cap',
        whose: by.whose,
        cap: bound.credits,
        spent,
        ...asked,
        freesAt,
        backAt: null,
      };
    case 'limit': {
      const { subject, period, credits: limit } = by.limit;
      return {
        reason: 'limit',
        subject,
        period,
        limit,
        spent,
        ...asked,
        granted,
        freesAt,
        backAt: null,
      };
    }
  }
}
