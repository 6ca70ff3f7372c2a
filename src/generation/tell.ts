import type { Failure } from '../domain/failure.ts';
import type { Generation } from '../domain/generation.ts';
import { deliverTogether } from './deliver-together.ts';
import type { Parts } from './parts.ts';

/**
 * Tells how a generation ended without pictures. Until the member has been told it keeps its lease,
 * so that recovery tells what a dead process, or Discord being away, has left untold.
 */
export async function tell(parts: Parts, generation: Generation, failure: Failure): Promise<void> {
  // A comparison tells of all of it in one message.
  if (generation.destination.sharedBy > 1) return deliverTogether(parts, generation);
  if (await parts.delivery.fail(generation.destination, generation, failure))
    await parts.store.told(generation.id);
}
