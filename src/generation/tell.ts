import type { Failure } from '../domain/failure.ts';
import type { Generation } from '../domain/generation.ts';
import type { Parts } from './parts.ts';

/**
 * Tells how a generation ended without pictures. Until the member has been told it keeps its lease,
 * so that recovery tells what a dead process, or Discord being away, has left untold.
 */
export async function tell(
  { delivery, store }: Pick<Parts, 'delivery' | 'store'>,
  generation: Generation,
  failure: Failure,
): Promise<void> {
  if (await delivery.fail(generation.destination, generation, failure))
    await store.told(generation.id);
}
