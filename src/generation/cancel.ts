import { report } from './report.ts';
import type { Parts } from './parts.ts';

/**
 * Cancels a generation that has not been sent yet: its credits are back, its place is free, and its
 * answer says so.
 *
 * @returns `cancelled`, or why not: it was sent already (`too-late`) or is not known (`gone`)
 */
export async function cancel(parts: Parts, id: string): Promise<'cancelled' | 'too-late' | 'gone'> {
  const failure = { kind: 'cancelled' } as const;
  if (!(await parts.store.giveBack(id, 'queued', failure, parts.clock.now())))
    return (await parts.store.find(id)) ? 'too-late' : 'gone';
  parts.active.abort(id, 'cancelled');
  const generation = await parts.store.find(id);
  if (generation) {
    report(parts, generation, 'returned:cancelled', failure);
    await parts.delivery.fail(generation.destination, generation, failure);
  }
  return 'cancelled';
}
