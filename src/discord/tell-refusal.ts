import type { Refusal } from '../domain/refusal.ts';
import { unquoted } from '../messages/unquoted.ts';
import { problemOf } from './problem.ts';

/**
 * Tells a refusal; where AutoMod blocks it, once more without the words that it quotes.
 *
 * @throws what the last try threw
 */
export async function tellRefusal(
  refusal: Refusal,
  tell: (refusal: Refusal) => Promise<unknown>,
): Promise<void> {
  try {
    await tell(refusal);
  } catch (error) {
    if (problemOf(error) !== 'text-blocked') throw error;
    await tell(unquoted(refusal));
  }
}
