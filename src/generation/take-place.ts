import type { Destination } from '../domain/destination.ts';
import type { Place } from '../domain/pace.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { GuildSettings } from '../domain/settings.ts';
import type { Chosen } from '../policy/choose.ts';
import type { Parts } from './parts.ts';
import { queueFull } from './queue-full.ts';

/** A place in the queue, where there is room for the pictures. */
export async function takePlace(
  parts: Parts,
  { guildId, memberId }: Pick<Destination, 'guildId' | 'memberId'>,
  { offer, request }: Chosen,
  { rules }: GuildSettings,
): Promise<Place | Refusal> {
  if (!(await parts.pictures.hasRoom(request.images))) {
    parts.operator.tell({ kind: 'no-room' });
    return { reason: 'no-room' };
  }
  const place = parts.pace.take(guildId, memberId, rules.requests);
  return 'full' in place ? queueFull(parts, place, offer.model.provider) : place;
}
