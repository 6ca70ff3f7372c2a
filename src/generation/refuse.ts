import type { Asker } from '../domain/asker.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Wish } from '../domain/wish.ts';
import { alternative } from '../policy/alternative.ts';
import type { Destination } from '../domain/destination.ts';
import { decidingWindow } from '../policy/deciding-window.ts';
import type { Terms } from '../policy/terms.ts';
import type { Parts } from './parts.ts';

/** As long as a request that does not fit may be run in another way, at the press of a button. */
export const draftMs = 60 * 60_000;

/** Tells a member after the acknowledgement why their request is not done, and offers what would be. */
export async function refuse(
  parts: Parts,
  asked: { readonly destination: Destination; readonly wish?: Wish },
  refusal: Refusal,
  terms?: Terms,
): Promise<void> {
  parts.metrics.refusals.inc({ reason: refusal.reason });
  const told = terms ? await withTimeToComeBack(parts, refusal, terms) : refusal;
  const { destination, wish } = asked;
  const draftId = wish && (await keepDraft(parts, destination, wish, told));
  await parts.delivery.refuse(destination, told, draftId);
}

/** Keeps what would be allowed instead, for a button to run; `undefined` where there is nothing. */
export async function keepDraft(
  { store, clock, log }: Pick<Parts, 'store' | 'clock' | 'log'>,
  { interactionId, guildId, memberId, private: isPrivate }: Destination,
  wish: Wish,
  refusal: Refusal,
): Promise<string | undefined> {
  const instead = alternative(refusal, wish);
  if (!instead) return undefined;
  try {
    await store.keepDraft({
      id: interactionId,
      guildId,
      memberId,
      wish: instead,
      models: [],
      credits: 0,
      private: isPrivate,
      expiresAt: clock.now() + draftMs,
    });
    return interactionId;
  } catch (error) {
    // The refusal is told without the offer.
    log.warn({ err: error }, 'a draft could not be kept');
    return undefined;
  }
}

/** For the guild's moderators: whom a rule of theirs, or a cap, has refused. */
export function noteRefusal({ guildLog }: Parts, asker: Asker, refusal: Refusal): void {
  const words = refusal.reason === 'words' ? refusal.hits.map(({ found }) => found) : [];
  guildLog.note(asker.guildId, asker.memberId, {
    kind: 'refusal',
    reason: refusal.reason,
    channelId: asker.channelPath[0] ?? '',
    words: [...new Set(words)],
  });
}

/** When enough credits will have left the window that decided. */
async function withTimeToComeBack(
  { store, clock, log }: Parts,
  refusal: Refusal,
  terms: Terms,
): Promise<Refusal> {
  if (refusal.reason !== 'cap' && refusal.reason !== 'limit') return refusal;
  const deciding = decidingWindow(refusal, terms);
  if (!deciding) return refusal;
  const { window, excess } = deciding;
  try {
    return { ...refusal, backAt: await store.freesEnoughAt(window, excess, clock.now()) };
  } catch (error) {
    log.warn({ err: error }, 'a refusal is told without the time to come back');
    return refusal;
  }
}
