import type { Asker } from '../domain/asker.ts';
import type { Destination } from '../domain/destination.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { ImageRequest } from '../domain/request.ts';
import type { GuildSettings } from '../domain/settings.ts';
import type { Wish } from '../domain/wish.ts';
import { choose } from '../policy/choose.ts';
import type { Chosen } from '../policy/choose.ts';
import { screenRequest } from '../policy/screen-request.ts';
import { textsOf } from '../policy/texts-of.ts';
import type { Parts } from './parts.ts';
import { noteRefusal } from './refuse.ts';
import { seedOf } from './seed-of.ts';

/**
 * Which model a request goes to and what the guild's settings say to it, without any I/O. A refusal is
 * noted in the guild's log.
 */
export function screen(
  parts: Parts,
  asked: {
    readonly id: string;
    readonly destination: Destination;
    readonly asker: Asker;
    readonly wish: Wish;
  },
  settings: GuildSettings,
): Chosen | { readonly refused: Refusal } {
  const { asker, wish, destination } = asked;
  const chosen = choose(parts.catalogue.offers(), settings.rules, wish, {
    private: destination.private,
    ageRestricted: asker.ageRestricted ?? false,
    defaultImages: parts.limits.defaultImages,
    seed: seedOf(asked.id),
  });
  // What the guild refuses it refuses whatever the model.
  const request = 'refused' in chosen ? unfitted(wish) : chosen.request;
  const refusal = screenRequest(settings, asker, request, parts.words, parts.clock.now());
  if (refusal) return refused(parts, asker, refusal);
  return 'refused' in chosen ? refused(parts, asker, chosen.refused) : chosen;
}

function refused(parts: Parts, asker: Asker, refusal: Refusal): { readonly refused: Refusal } {
  noteRefusal(parts, asker, refusal);
  if (refusal.reason === 'words') countHits(parts, asker.guildId, refusal.hits);
  return { refused: refusal };
}

/** As it was asked, where no model fits; a style is not known then. */
function unfitted({ prompt, negative, images = 1 }: Wish): ImageRequest {
  return { model: '', prompt, images, ...(negative === undefined ? {} : { negative }), given: [] };
}

/** Rules on words that run dry are counted for what would have been refused. */
export function countWords(
  parts: Parts,
  guildId: string,
  request: ImageRequest,
  { rules }: GuildSettings,
): void {
  if (!rules.words.some(({ dryRun }) => dryRun)) return;
  const hits = textsOf(request).flatMap((text) => parts.words.hits(rules.words, text).dry);
  countHits(parts, guildId, hits);
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
