import type { Generation } from '../domain/generation.ts';
import { deliver, postedTogether } from './deliver.ts';
import type { Group } from './deliver.ts';
import { groupOf } from './group-of.ts';
import type { Parts } from './parts.ts';
import { remainingOf } from './terms.ts';

/**
 * Posts a comparison when the last of its generations has ended; before that it does nothing. Which of
 * them calls it makes no difference, and two that end together post once.
 */
export async function deliverTogether(parts: Parts, generation: Generation): Promise<void> {
  const { interactionId } = generation.destination;
  if (!hasEnded(await groupOf(parts, generation))) return;
  await parts.active.work(interactionId, async () => {
    // Another may have posted it while this one looked.
    const group = await groupOf(parts, generation);
    // The message stands, with those that failed in it: of these that may not be written down yet.
    if (isTold(group)) return noteTold(parts, group);
    const [{ id, destination }] = group;
    // Some of it is written down as posted already.
    const posted = group.find(({ messageId }) => messageId !== null)?.messageId;
    if (posted) return postedTogether(parts, group, posted);
    const leader = group.find(({ state }) => state === 'made');
    if (leader?.delivery === 'posting') {
      // Whoever holds the first one is posting it at this moment, or takes it up when that fails.
      if (generation.id !== leader.id) return;
      // A post may have reached Discord just before the end: looked for before it is posted again.
      const messageId = await parts.delivery.find(destination, id);
      if (messageId !== undefined) return postedTogether(parts, group, messageId);
    }
    await deliver(parts, group, await remainingOf(parts, destination));
  });
}

function hasEnded(group: Group): boolean {
  return group.every(({ state }) => state !== 'queued' && state !== 'sent');
}

/** Of those that were made, none is still to be posted. */
function isTold(group: Group): boolean {
  const made = group.filter(({ state }) => state === 'made');
  return (
    made.length > 0 &&
    made.every(({ delivery }) => delivery !== 'pending' && delivery !== 'posting')
  );
}

async function noteTold({ store }: Pick<Parts, 'store'>, group: Group): Promise<void> {
  for (const { id, state } of group) if (state !== 'made') await store.told(id);
}
