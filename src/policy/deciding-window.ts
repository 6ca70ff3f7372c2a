import type { Window } from '../domain/ledger.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Terms } from './terms.ts';
import { windowOfCap, windowOfLimit } from './windows.ts';

/**
 * For a refusal by a limit or a cap: its window, and how many credits (1 or more) must leave it before
 * the same request passes there. `undefined` for other refusals, and where waiting does not help.
 */
export function decidingWindow(
  refusal: Refusal,
  { asker }: Pick<Terms, 'asker'>,
): { readonly window: Window; readonly excess: number } | undefined {
  switch (refusal.reason) {
    case 'cap': {
      const { whose, cap, spent, needed } = refusal;
      if (needed > cap) return undefined;
      return { window: windowOfCap(whose, asker), excess: spent + needed - cap };
    }
    case 'limit': {
      const { subject, period, limit, spent } = refusal;
      const paid = refusal.needed - refusal.granted;
      if (paid > limit) return undefined;
      return {
        window: windowOfLimit({ subject, period, credits: limit }, asker),
        excess: spent + paid - limit,
      };
    }
    default:
      return undefined;
  }
}
