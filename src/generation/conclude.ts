import type { Generation } from '../domain/generation.ts';
import type { Remaining } from '../domain/remaining.ts';
import { deliver } from './deliver.ts';
import { deliverTogether } from './deliver-together.ts';
import type { Parts } from './parts.ts';

/** Posts what was made: at once or, of a comparison, when the last of it has ended. */
export async function conclude(
  parts: Parts,
  generation: Generation,
  remaining: Remaining | null | undefined,
): Promise<void> {
  if (generation.destination.sharedBy === 1) await deliver(parts, [generation], remaining);
  else await deliverTogether(parts, generation);
}
