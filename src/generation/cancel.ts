import { togetherIds } from '../domain/generation.ts';
import { report } from './report.ts';
import { tell } from './tell.ts';
import type { Parts } from './parts.ts';

/**
 * Cancels a generation that has not been sent yet: its credits are back, its place is free, and its
 * answer says so. Of a comparison, all that have not been sent yet.
 *
 * @returns `cancelled`, or why not: it was sent already (`too-late`), or it has ended (`over`)
 */
export async function cancel(
  parts: Parts,
  id: string,
  sharedBy: number,
): Promise<'cancelled' | 'too-late' | 'over'> {
  if (sharedBy === 1) return cancelOne(parts, id);
  const outcomes = [];
  for (const each of togetherIds(id, sharedBy)) outcomes.push(await cancelOne(parts, each));
  if (outcomes.includes('cancelled')) return 'cancelled';
  return outcomes.includes('too-late') ? 'too-late' : 'over';
}

async function cancelOne(parts: Parts, id: string): Promise<'cancelled' | 'too-late' | 'over'> {
  const failure = { kind: 'cancelled' } as const;
  const cancelled = await parts.store.giveBack(id, 'queued', failure, parts.clock.now());
  const generation = await parts.store.find(id);
  if (!cancelled)
    return generation?.state === 'sent' || generation?.state === 'made' ? 'too-late' : 'over';
  parts.active.abort(id, 'cancelled');
  if (generation) {
    report(parts, generation, 'returned:cancelled', failure);
    await tell(parts, generation, failure);
  }
  return 'cancelled';
}
