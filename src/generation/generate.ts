import type { Asker } from '../domain/asker.ts';
import type { Destination } from '../domain/destination.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { GuildSettings } from '../domain/settings.ts';
import { StoreFullError } from '../domain/store.ts';
import type { Begun } from '../domain/store.ts';
import type { Wish } from '../domain/wish.ts';
import type { Chosen } from '../policy/choose.ts';
import { decide } from '../policy/decide.ts';
import type { Terms } from '../policy/terms.ts';
import { windowsOf } from '../policy/windows.ts';
import { carryThrough } from './carry-through.ts';
import { draftOf } from './draft-of.ts';
import type { Parts } from './parts.ts';
import { noteRefusal, refuse } from './refuse.ts';
import { countWords, screen } from './screen.ts';
import { takePlace } from './take-place.ts';
import { termsFor } from './terms.ts';
import { warnOfSpend } from './warn-of-spend.ts';

export interface Asked {
  /** The generation's id; a second one of the same id does nothing. */
  readonly id: string;
  readonly destination: Destination;
  readonly asker: Asker;
  readonly wish: Wish;
}

/** What a request has passed already, where the guild's settings were in memory. */
export interface Screened {
  readonly settings: GuildSettings;
  readonly chosen: Chosen;
}

/**
 * From an acknowledged request to the posted pictures. Resolves when the answer has its final word,
 * or when the rest is left to recovery; it tells the member itself.
 *
 * @returns whether it was a repeat, of which nothing was said
 */
export async function generate(
  parts: Parts,
  asked: Asked,
  screened?: Screened,
): Promise<'repeated' | 'done'> {
  const settings = screened?.settings ?? (await parts.settings.load(asked.asker.guildId));
  const chosen = screened?.chosen ?? screen(parts, asked, settings);
  if ('refused' in chosen) return refused(parts, asked, chosen.refused);
  const place = await takePlace(parts, asked.destination, chosen, settings);
  if ('reason' in place) return refused(parts, asked, place);
  const terms = termsFor(parts, settings.rules, asked.destination);
  const begun = await begin(parts, asked, chosen, terms).catch((error: unknown) => {
    place.leave();
    return refusalOfFullStore(parts, error);
  });
  if (begun.kind !== 'begun') {
    place.leave();
    return begun.kind === 'repeated' ? 'repeated' : refused(parts, asked, begun.refusal, terms);
  }
  countWords(parts, asked.asker.guildId, chosen.request, settings);
  warnOfSpend(parts, terms, begun.standing);
  await carryThrough(parts, begun.generation, place);
  return 'done';
}

/** @throws the error where it is another one */
export function refusalOfFullStore(
  { operator }: Pick<Parts, 'operator'>,
  error: unknown,
): Extract<Begun, { kind: 'refused' }> {
  if (!(error instanceof StoreFullError)) throw error;
  operator.tell({ kind: 'no-room' });
  return { kind: 'refused', refusal: { reason: 'no-room' } };
}

async function refused(
  parts: Parts,
  asked: Asked,
  refusal: Refusal,
  terms?: Terms,
): Promise<'done'> {
  // What the screen refuses is in the guild's log already; the queue and the disk are not its matter.
  if (terms) noteRefusal(parts, asked.asker, refusal);
  await refuse(parts, asked, refusal, terms);
  return 'done';
}

function begin(parts: Parts, asked: Asked, chosen: Chosen, terms: Terms): Promise<Begun> {
  const { offer, request } = chosen;
  const cost = { images: request.images, price: offer.price, now: parts.clock.now() };
  return parts.store.begin(
    draftOf(parts, asked, chosen),
    windowsOf(terms.rules, terms.caps, terms.asker),
    (standing) => decide(terms, standing, cost),
  );
}
