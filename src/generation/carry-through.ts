import type { Generation } from '../domain/generation.ts';
import type { Place } from '../domain/pace.ts';
import { conclude } from './conclude.ts';
import { end } from './end.ts';
import type { Parts } from './parts.ts';
import { run } from './run.ts';
import type { Settled } from './settle.ts';
import { standInFor } from './stand-in.ts';
import { tell } from './tell.ts';

/**
 * From a generation that is written down to its final word. From here on, whatever goes wrong is
 * recovery's, not the member's: it never throws.
 */
export async function carryThrough(
  parts: Parts,
  generation: Generation,
  place: Place,
): Promise<void> {
  try {
    await parts.active.work(generation.id, (signal) =>
      toTheEnd(parts, generation, () => run(parts, generation, place, signal)),
    );
  } catch (error) {
    parts.log.error({ err: error, generation: generation.id }, 'left to recovery');
  } finally {
    place.leave();
  }
}

/**
 * Makes the pictures in the given way and posts them. Where that fails, the credits are put right, and
 * another model stands in where the guild allows it, or the member is told.
 */
export async function toTheEnd(
  parts: Parts,
  generation: Generation,
  make: () => Promise<Settled>,
): Promise<void> {
  let settled: Settled;
  try {
    settled = await make();
  } catch (error) {
    const ended = await end(parts, generation, error);
    if (!ended) return;
    const standIn = await standInFor(parts, ended, error);
    if (!standIn) return tell(parts, ended, ended.failure);
    await noteTold(parts, generation.id);
    return carryThrough(parts, standIn.generation, standIn.place);
  }
  await conclude(parts, settled.generation, settled.remaining);
}

/** What stands in for it tells of it; where that cannot be written down, recovery sees it. */
async function noteTold({ store, log }: Parts, id: string): Promise<void> {
  try {
    await store.told(id);
  } catch (error) {
    log.warn({ err: error, generation: id }, 'that another model stands in was not written down');
  }
}
