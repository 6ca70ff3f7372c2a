import type { Asker } from '../domain/asker.ts';
import type { Destination } from '../domain/destination.ts';
import type { Generation } from '../domain/generation.ts';
import type { Place } from '../domain/pace.ts';
import type { Provider } from '../domain/provider.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { ImageRequest } from '../domain/request.ts';
import type { GuildSettings } from '../domain/settings.ts';
import { StoreFullError } from '../domain/store.ts';
import type { Begun } from '../domain/store.ts';
import { decide } from '../policy/decide.ts';
import { screenRequest } from '../policy/screen-request.ts';
import type { Terms } from '../policy/terms.ts';
import { windowsOf } from '../policy/windows.ts';
import { deliver } from './deliver.ts';
import { leaseMs } from './parts.ts';
import type { Parts } from './parts.ts';
import { queueFull } from './queue-full.ts';
import { noteRefusal, refuse } from './refuse.ts';
import { run } from './run.ts';
import { termsFor } from './terms.ts';

export interface Asked {
  /** The generation's id; a second one of the same id does nothing. */
  readonly id: string;
  readonly destination: Destination;
  readonly asker: Asker;
  readonly provider: Provider;
  readonly request: ImageRequest;
  /** Credits per picture. */
  readonly price: number;
}

/**
 * From an acknowledged request to the posted pictures. Resolves when the answer has its final word,
 * or when the rest is left to recovery; it tells the member itself.
 *
 * @param screened the settings that the request has passed already, where they were in memory
 * @returns whether it was a repeat, of which nothing was said
 */
export async function generate(
  parts: Parts,
  asked: Asked,
  screened?: GuildSettings,
): Promise<'repeated' | 'done'> {
  const settings = screened ?? (await parts.settings.load(asked.asker.guildId));
  const refusal = screened ? undefined : screen(parts, asked, settings);
  if (refusal) return refused(parts, asked, refusal);
  const place = await takePlace(parts, asked, settings);
  if ('reason' in place) return refused(parts, asked, place);
  const terms = termsFor(parts, settings.rules, asked.destination);
  const begun = await begin(parts, asked, terms).catch((error: unknown) => {
    place.leave();
    if (!(error instanceof StoreFullError)) throw error;
    parts.operator.tell({ kind: 'no-room' });
    return { kind: 'refused', refusal: { reason: 'no-room' } } satisfies Begun;
  });
  if (begun.kind !== 'begun') {
    place.leave();
    return begun.kind === 'repeated' ? 'repeated' : refused(parts, asked, begun.refusal, terms);
  }
  countWords(parts, asked, settings);
  warnOfSpend(parts, terms, begun);
  await work(parts, begun.generation, place);
  return 'done';
}

/** What the guild's settings say to a request, without any I/O. A refusal is noted in the guild's log. */
export function screen(
  parts: Parts,
  { asker, request }: Pick<Asked, 'asker' | 'request'>,
  settings: GuildSettings,
): Refusal | undefined {
  const refusal = screenRequest(settings, asker, request, parts.words, parts.clock.now());
  if (refusal) noteRefusal(parts, asker, refusal);
  if (refusal?.reason === 'words') countHits(parts, asker.guildId, refusal.hits);
  return refusal;
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

/** From here on it is written down: whatever goes wrong is recovery's, not the member's. */
async function work(parts: Parts, generation: Generation, place: Place): Promise<void> {
  try {
    await parts.active.work(generation.id, async (signal) => {
      const made = await run(parts, generation, place, signal);
      if (made) await deliver(parts, made.generation, made.remaining);
    });
  } catch (error) {
    place.leave();
    parts.log.error({ err: error, generation: generation.id }, 'left to recovery');
  }
}

async function takePlace(
  parts: Parts,
  { destination, request }: Asked,
  { rules }: GuildSettings,
): Promise<Place | Refusal> {
  if (!(await parts.pictures.hasRoom(request.images))) {
    parts.operator.tell({ kind: 'no-room' });
    return { reason: 'no-room' };
  }
  const place = parts.pace.take(destination.guildId, destination.memberId, rules.requests);
  return 'full' in place ? queueFull(parts, place) : place;
}

function begin(parts: Parts, asked: Asked, terms: Terms): Promise<Begun> {
  const { id, destination, provider, request, price } = asked;
  const now = parts.clock.now();
  return parts.store.begin(
    {
      id,
      destination,
      provider: provider.name,
      account: provider.account,
      request,
      price,
      owner: parts.owner,
      leaseUntil: now + leaseMs,
      at: now,
    },
    windowsOf(terms.rules, terms.caps, terms.asker),
    (standing) => decide(terms, standing, { images: request.images, price, now }),
  );
}

/** Rules on words that run dry are counted for what would have been refused. */
function countWords(parts: Parts, { asker, request }: Asked, { rules }: GuildSettings): void {
  if (rules.words.some(({ dryRun }) => dryRun))
    countHits(parts, asker.guildId, parts.words.hits(rules.words, request.prompt).dry);
}

function countHits(
  { store, log }: Parts,
  guildId: string,
  hits: readonly { readonly rule: { readonly id: string } }[],
): void {
  const ids = [...new Set(hits.map(({ rule }) => rule.id))];
  if (ids.length === 0) return;
  store.countWordHits(guildId, ids).catch((error: unknown) => {
    log.warn({ err: error, guild: guildId }, 'hits of rules on words were not counted');
  });
}

/** The operator hears of it when four fifths of the bot's cap are spent. */
function warnOfSpend(
  { operator }: Parts,
  { rules, caps, asker }: Terms,
  { standing }: Extract<Begun, { kind: 'begun' }>,
): void {
  const cap = caps.bot;
  const index = windowsOf(rules, caps, asker).findIndex(({ pot }) => pot.kind === 'bot');
  const spent = standing.spent[index]?.credits;
  if (cap !== null && cap > 0 && spent !== undefined && spent >= cap * 0.8)
    operator.tell({ kind: 'spend', cap, spent });
}
