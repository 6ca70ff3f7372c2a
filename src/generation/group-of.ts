import { togetherIds } from '../domain/generation.ts';
import type { Generation } from '../domain/generation.ts';
import type { Group } from './deliver.ts';
import type { Parts } from './parts.ts';

/** The generations that share the answer of one of them, in their order: often it alone. */
export async function groupOf(
  { store }: Pick<Parts, 'store'>,
  generation: Generation,
): Promise<Group> {
  const { sharedBy } = generation.destination;
  if (sharedBy === 1) return [generation];
  const ids = togetherIds(generation.id, sharedBy);
  const found = await Promise.all(ids.map((id) => store.find(id)));
  // One that was shown on its own since then has an answer of its own.
  const [first, ...others] = found.filter((each) => each?.destination.sharedBy === sharedBy);
  return first ? [first, ...others.filter((each) => each !== undefined)] : [generation];
}
