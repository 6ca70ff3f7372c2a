import type { Generation } from '../../src/domain/generation.ts';
import type { Parts } from '../../src/generation/parts.ts';

const mostListed = 10;

/** A member's latest requests in a guild that were made, newest first, for moderators to choose from. */
export function lastPictures(
  { store }: Parts,
  guildId: string,
  memberId: string,
): Promise<readonly Generation[]> {
  return store.latestOf(guildId, memberId, mostListed);
}
