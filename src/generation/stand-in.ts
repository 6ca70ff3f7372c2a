import type { Destination } from '../domain/destination.ts';
import { standInId, togetherIds } from '../domain/generation.ts';
import type { Generation } from '../domain/generation.ts';
import type { Place } from '../domain/pace.ts';
import { ProviderError } from '../domain/provider.ts';
import type { ProviderErrorKind } from '../domain/provider.ts';
import type { ImageRequest } from '../domain/request.ts';
import type { GuildSettings } from '../domain/settings.ts';
import { choose } from '../policy/choose.ts';
import { decide } from '../policy/decide.ts';
import { screenRequest } from '../policy/screen-request.ts';
import { windowsOf } from '../policy/windows.ts';
import { wishOf } from '../policy/wish-of.ts';
import { draftOf } from './draft-of.ts';
import { AccountClosed, Withdrawn } from './interruption.ts';
import type { Parts } from './parts.ts';
import { seedOf } from './seed-of.ts';
import { takePlace } from './take-place.ts';
import { termsFor } from './terms.ts';
import { hasTimeLeft } from './time-left.ts';
import { titleOf } from './title-of.ts';

/** What another provider may do better. Input and content that one refuses are not taken to the next. */
const handedOver: ReadonlySet<ProviderErrorKind> = new Set([
  'unavailable',
  'timeout',
  'protocol',
  'busy',
  'no-credits',
  'unauthorized',
  'forbidden',
]);

/**
 * Where the guild allows it, the next model that honours the same takes over what another one could
 * not make: a generation of its own, at its own price, with credits held anew.
 *
 * @param ended the one that was returned; its credits are back already
 * @returns `undefined` where nobody takes over, for whatever reason
 */
export async function standInFor(
  parts: Parts,
  ended: Generation,
  error: unknown,
): Promise<{ readonly generation: Generation; readonly place: Place } | undefined> {
  if (ended.state !== 'returned' || !mayHandOver(error)) return undefined;
  // A comparison is between the models that were named.
  if (ended.destination.sharedBy > 1) return undefined;
  try {
    return await beginStandIn(parts, ended);
  } catch (trouble) {
    parts.log.warn({ err: trouble, generation: ended.id }, 'nothing could stand in');
    return undefined;
  }
}

function mayHandOver(error: unknown): boolean {
  if (error instanceof AccountClosed || error instanceof Withdrawn) return true;
  return (
    error instanceof ProviderError && error.outcome === 'nothing-made' && handedOver.has(error.kind)
  );
}

async function beginStandIn(
  parts: Parts,
  ended: Generation,
): Promise<{ readonly generation: Generation; readonly place: Place } | undefined> {
  const { destination } = ended;
  const settings = await parts.settings.load(destination.guildId);
  if (!settings.rules.failover || !hasTimeLeft(parts, destination)) return undefined;
  const id = standInId(ended.id);
  const chosen = choose(
    parts.catalogue.offers(),
    settings.rules,
    wishOf(ended.request),
    {
      private: destination.private,
      ageRestricted: destination.ageRestricted,
      defaultImages: parts.limits.defaultImages,
      seed: seedOf(id),
    },
    await triedBefore(parts, ended),
  );
  if ('refused' in chosen) return undefined;
  if (isRefused(parts, settings, destination, chosen.request)) return undefined;
  const place = await takePlace(parts, destination, chosen, settings);
  if ('reason' in place) return undefined;
  try {
    const terms = termsFor(parts, settings.rules, destination);
    const insteadOf = ended.insteadOf ?? titleOf(parts, ended);
    const cost = {
      images: chosen.request.images,
      price: chosen.offer.price,
      now: parts.clock.now(),
    };
    const begun = await parts.store.begin(
      draftOf(parts, { id, destination }, { ...chosen, insteadOf }),
      windowsOf(terms.rules, terms.caps, terms.asker),
      (standing) => decide(terms, standing, cost),
    );
    if (begun.kind === 'begun') return { generation: begun.generation, place };
    place.leave();
    return undefined;
  } catch (error) {
    place.leave();
    throw error;
  }
}

/** What the guild's rules are by now; the channel was looked at when it was asked for. */
function isRefused(
  { words, clock }: Parts,
  settings: GuildSettings,
  { guildId, memberId, roleIds }: Destination,
  request: ImageRequest,
): boolean {
  const elsewhere = { ...settings, rules: { ...settings.rules, channels: [] } };
  const asker = { guildId, memberId, roleIds, channelPath: [] };
  return screenRequest(elsewhere, asker, request, words, clock.now()) !== undefined;
}

/** All models of the providers that have failed this request already. */
async function triedBefore(parts: Parts, ended: Generation): Promise<ReadonlySet<string>> {
  const chain = [ended.provider];
  // Of the first four ordinals only an answer that is not shared can have stand-ins behind it.
  let [id = ''] = togetherIds(ended.id, 1);
  while (id !== ended.id) {
    const earlier = await parts.store.find(id);
    if (!earlier) break;
    chain.push(earlier.provider);
    id = standInId(id);
  }
  const offers = parts.catalogue.offers();
  return new Set(
    offers.filter(({ model }) => chain.includes(model.provider)).map(({ model }) => model.key),
  );
}
