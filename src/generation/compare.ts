import type { Asker } from '../domain/asker.ts';
import type { Destination } from '../domain/destination.ts';
import { togetherIds } from '../domain/generation.ts';
import type { Place } from '../domain/pace.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { GuildSettings } from '../domain/settings.ts';
import type { BegunTogether, Draft } from '../domain/store.ts';
import type { Wish } from '../domain/wish.ts';
import type { Chosen } from '../policy/choose.ts';
import { decide } from '../policy/decide.ts';
import type { Terms } from '../policy/terms.ts';
import { windowsOf } from '../policy/windows.ts';
import { carryThrough } from './carry-through.ts';
import { draftOf } from './draft-of.ts';
import { refusalOfFullStore } from './generate.ts';
import type { Parts } from './parts.ts';
import { queueFull } from './queue-full.ts';
import { noteRefusal, refuse } from './refuse.ts';
import { countWords, screen } from './screen.ts';
import { takePlace } from './take-place.ts';
import { termsFor } from './terms.ts';
import { warnOfSpend } from './warn-of-spend.ts';

/** One text for several models, in one answer. */
export interface Comparison {
  /** The id of the first generation; see `togetherIds`. */
  readonly id: string;
  /** Its `sharedBy` is the number of models. */
  readonly destination: Destination;
  readonly asker: Asker;
  readonly wish: Wish;
  /** Their keys or names, 2 to 4. */
  readonly models: readonly string[];
  /** The most that it may cost together, as it was confirmed; nothing where it was not yet. */
  readonly confirmed?: number;
}

/** What each model would be asked, in the order of the models; or the first refusal. */
export function screenComparison(
  parts: Parts,
  { id, destination, asker, wish, models }: Comparison,
  settings: GuildSettings,
): readonly Chosen[] | { readonly refused: Refusal } {
  // Each of the models is meant, so none stands in for another.
  const rules = { ...settings.rules, failover: false };
  const ids = togetherIds(id, models.length);
  const all: Chosen[] = [];
  for (const [index, model] of models.entries()) {
    const asked = { id: ids[index] ?? id, destination, asker, wish: { ...wish, model } };
    const chosen = screen(parts, asked, { ...settings, rules });
    if ('refused' in chosen) return chosen;
    const { key, title } = chosen.offer.model;
    if (all.some(({ offer }) => offer.model.key === key)) return { refused: twice(index, title) };
    all.push(chosen);
  }
  return noPlaceFor(parts, destination, all, settings) ?? all;
}

/** By two names it is one model all the same. */
function twice(index: number, title: string): Refusal {
  const option = `model-${index + 1}`;
  return { reason: 'option', option, given: title, allowed: { kind: 'different' } };
}

/** Whether so many can be under way and in line together, with nothing of the member's before them. */
function noPlaceFor(
  parts: Parts,
  { guildId, memberId }: Destination,
  all: readonly Chosen[],
  { rules }: GuildSettings,
): { readonly refused: Refusal } | undefined {
  const full = parts.pace.full(guildId, memberId, rules.requests, all.length);
  if (!full) return undefined;
  const { places: most } = full;
  if (all.length > most) return { refused: { reason: 'too-many-models', most, asked: all.length } };
  return { refused: queueFull(parts, full, all[0]?.offer.model.provider) };
}

/** Credits for all of it. */
export function costOf(all: readonly Chosen[]): number {
  return all.reduce((sum, { offer, request }) => sum + offer.price * request.images, 0);
}

/**
 * From a comparison that was confirmed to the message with all of it. Each model's is a generation of
 * its own; all of them begin, or none.
 *
 * @returns whether it was a repeat, of which nothing was said
 */
export async function compare(parts: Parts, comparison: Comparison): Promise<'repeated' | 'done'> {
  const { asker, destination } = comparison;
  const settings = await parts.settings.load(asker.guildId);
  const all = screenComparison(parts, comparison, settings);
  if ('refused' in all) return refused(parts, comparison, all.refused);
  const credits = costOf(all);
  if (credits > (comparison.confirmed ?? Infinity))
    return refused(parts, comparison, { reason: 'price-changed', credits });
  const places = await takePlaces(parts, destination, all, settings);
  if ('reason' in places) return refused(parts, comparison, places);
  const terms = termsFor(parts, settings.rules, destination);
  const begun = await begin(parts, comparison, all, terms).catch((error: unknown) => {
    leave(places);
    return refusalOfFullStore(parts, error);
  });
  if (begun.kind !== 'begun') {
    leave(places);
    if (begun.kind === 'repeated') return 'repeated';
    return refused(parts, comparison, begun.refusal, terms);
  }
  const [first] = all;
  if (first) countWords(parts, asker.guildId, first.request, settings);
  warnOfSpend(parts, terms, begun.standing);
  // While one of them is at work the others, which have ended, are not taken for dropped.
  await parts.active.keep(
    begun.generations.map(({ id }) => id),
    Promise.all(
      begun.generations.map(async (generation, index) => {
        const place = places[index];
        if (place) await carryThrough(parts, generation, place);
      }),
    ),
  );
  return 'done';
}

async function takePlaces(
  parts: Parts,
  destination: Destination,
  all: readonly Chosen[],
  settings: GuildSettings,
): Promise<readonly Place[] | Refusal> {
  const places: Place[] = [];
  for (const chosen of all) {
    const place = await takePlace(parts, destination, chosen, settings);
    if ('reason' in place) {
      leave(places);
      return place;
    }
    places.push(place);
  }
  return places;
}

function leave(places: readonly Place[]): void {
  for (const place of places) place.leave();
}

async function begin(
  parts: Parts,
  { id, destination }: Comparison,
  all: readonly Chosen[],
  terms: Terms,
): Promise<BegunTogether> {
  const ids = togetherIds(id, all.length);
  const [first, ...others] = all.map((chosen, index): Draft =>
    draftOf(parts, { id: ids[index] ?? id, destination }, chosen),
  );
  if (!first) throw new Error('a comparison needs models');
  const cost = { images: 1, price: costOf(all), now: parts.clock.now() };
  return parts.store.beginTogether(
    [first, ...others],
    windowsOf(terms.rules, terms.caps, terms.asker),
    (standing) => decide(terms, standing, cost),
  );
}

async function refused(
  parts: Parts,
  { asker, destination }: Comparison,
  refusal: Refusal,
  terms?: Terms,
): Promise<'done'> {
  // What the screen refuses is in the guild's log already; the queue and the disk are not its matter.
  if (terms) noteRefusal(parts, asker, refusal);
  // What would be allowed instead is no comparison, so nothing is offered.
  await refuse(parts, { destination }, together(refusal), terms);
  return 'done';
}

/** What it costs together is held or nothing is, so it is not told what fewer pictures would cost. */
function together(refusal: Refusal): Refusal {
  if (refusal.reason !== 'cap' && refusal.reason !== 'limit') return refusal;
  return { ...refusal, price: 0, fits: 0 };
}
