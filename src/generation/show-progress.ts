import type { Progress } from '../domain/delivery.ts';
import { togetherIds } from '../domain/generation.ts';
import type { Generation } from '../domain/generation.ts';
import type { Parts } from './parts.ts';

/** Shows how far a generation is, where its answer is its own; a comparison only says that it is at work. */
export function showProgress(
  { delivery }: Pick<Parts, 'delivery'>,
  { id, destination }: Generation,
  progress: Progress,
): void {
  const { sharedBy } = destination;
  // Of a comparison always by the first, so that nothing changes from one to the next.
  const [first = id] = togetherIds(id, sharedBy);
  delivery.progress(
    destination,
    sharedBy === 1 ? id : first,
    sharedBy === 1 ? progress : { step: 'comparing', models: sharedBy },
  );
}
