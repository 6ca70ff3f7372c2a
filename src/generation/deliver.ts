import type { Destination } from '../domain/destination.ts';
import type { Posting } from '../domain/delivery.ts';
import type { Generation, PictureRecord } from '../domain/generation.ts';
import { PictureError } from '../domain/pictures.ts';
import type { Picture } from '../domain/pictures.ts';
import type { Remaining } from '../domain/remaining.ts';
import type { Source } from '../domain/source.ts';
import type { Parts } from './parts.ts';
import { report } from './report.ts';

/** How long recovery waits before it tries a delivery again. */
const tryAgainMs = 60_000;
const rarestTryMs = 60 * 60_000;

/**
 * Fetches, recognises, fits and posts the pictures of a made generation: one unit, of which only a
 * few run at once, since it is what costs memory. What cannot be done now is left to recovery.
 *
 * @param destination where to, when that is not where it was asked for
 */
export async function deliver(
  parts: Parts,
  generation: Generation,
  remaining: Remaining | null | undefined,
  destination: Destination = generation.destination,
): Promise<Posting['kind']> {
  return parts.deliveries.schedule(async () => {
    parts.metrics.delivering.inc();
    try {
      return await deliverNow(parts, generation, remaining, destination);
    } catch (error) {
      // The pictures are paid for: whatever it is, recovery takes it up when the lease runs out.
      parts.log.error({ err: error, generation: generation.id }, 'a delivery failed');
      return 'later';
    } finally {
      parts.metrics.delivering.dec();
    }
  });
}

async function deliverNow(
  parts: Parts,
  generation: Generation,
  remaining: Remaining | null | undefined,
  destination: Destination,
): Promise<Posting['kind']> {
  const { clock, metrics, pictures } = parts;
  const fetchedFrom = clock.now();
  const fetched = await Promise.all(
    generation.sources.map((source, index) => fetchOne(parts, generation, source, index)),
  );
  const { provider } = generation;
  metrics.downloadTime.observe({ provider }, (clock.now() - fetchedFrom) / 1000);
  try {
    return await post(parts, generation, remaining, destination, fetched);
  } finally {
    pictures.release(fetched.filter(isPicture));
  }
}

async function post(
  parts: Parts,
  generation: Generation,
  remaining: Remaining | null | undefined,
  destination: Destination,
  fetched: readonly Fetched[],
): Promise<Posting['kind']> {
  const { store, clock, metrics, delivery } = parts;
  const { id, provider } = generation;
  const allMissing = fetched.length > 0 && fetched.every((one) => one === 'missing');
  if (fetched.includes('later') || allMissing) {
    delivery.progress(destination, id, { step: 'fetching-again' });
    await later(parts, generation);
    return 'later';
  }
  const pictures = fetched.map(recordOf);
  const shown = fetched.filter(isPicture).filter(({ blank }) => !blank);
  await store.recordPictures(id, pictures, clock.now());
  if (generation.delivery === 'pending' && !(await store.startPosting(id, parts.owner)))
    return 'later';
  const postedFrom = clock.now();
  const posting = await delivery.post(destination, {
    generation: { ...generation, pictures },
    remaining,
    files: (limits) => parts.pictures.fit(shown, limits),
  });
  metrics.uploadTime.observe({ provider }, (clock.now() - postedFrom) / 1000);
  await conclude(parts, generation, posting);
  return posting.kind;
}

async function conclude(parts: Parts, generation: Generation, posting: Posting): Promise<void> {
  const { store, log } = parts;
  switch (posting.kind) {
    case 'posted':
      await posted(parts, generation, posting.messageId);
      return;
    case 'waiting':
      log.warn({ generation: generation.id, why: posting.why }, 'a result waits for its member');
      await store.wait(generation.id);
      report(parts, generation, 'waiting');
      tellGuild(parts, generation, null);
      return;
    case 'later':
      log.warn({ generation: generation.id, why: posting.why }, 'a post is tried again later');
      await later(parts, generation);
  }
}

/** The member sees it: that is written down, and its pictures may go when the spool needs room. */
export async function posted(
  parts: Parts,
  generation: Generation,
  messageId: string,
): Promise<void> {
  await parts.store.posted(generation.id, messageId);
  report(parts, generation, 'posted');
  tellGuild(parts, generation, messageId);
  await parts.pictures.shown(generation.id);
}

/** The guild's moderators see what is made, private pictures too. */
function tellGuild(parts: Parts, { id, destination }: Generation, messageId: string | null): void {
  parts.guildLog.note(destination.guildId, destination.memberId, {
    kind: 'generation',
    generationId: id,
    messageId,
  });
}

/**
 * Ends the lease at the time of the next try, so that recovery (here or elsewhere) takes it up then:
 * after a minute, and ever more rarely the longer it has not worked.
 */
function later({ store, owner, clock }: Parts, { id, madeAt }: Generation): Promise<void> {
  const now = clock.now();
  const ageMs = now - (madeAt ?? now);
  const waitMs = Math.max(tryAgainMs, Math.min(ageMs / 4, rarestTryMs));
  return store.release(id, owner, now + waitMs);
}

/** A picture, or why there is none: try later, gone for good, or not to be had at an address that has no end. */
type Fetched = Picture | 'later' | 'lost' | 'missing';

async function fetchOne(
  parts: Parts,
  generation: Generation,
  source: Source,
  index: number,
): Promise<Fetched> {
  const key = { generationId: generation.id, index };
  const trustedHosts = parts.providers.get(generation.provider)?.trustedHosts ?? [];
  try {
    return await parts.pictures.fetch(key, source, {
      trustedHosts,
      signal: parts.active.stopping,
    });
  } catch (error) {
    if (!(error instanceof PictureError)) throw error;
    if (error.kind === 'no-room') parts.operator.tell({ kind: 'no-room' });
    const endsAt = source.kind === 'address' ? source.expiresAt : 0;
    const dead = error.kind === 'lost' || (endsAt !== null && endsAt <= parts.clock.now());
    parts.log.warn(
      { err: error, generation: generation.id, index, dead },
      'a picture was not fetched',
    );
    // An address without an end is in the operator's own bucket, whose rights can be mended.
    return dead ? (endsAt === null ? 'missing' : 'lost') : 'later';
  }
}

function recordOf(fetched: Fetched): PictureRecord {
  if (typeof fetched === 'string') return { kind: 'lost' };
  return { kind: fetched.blank ? 'blank' : 'kept' };
}

function isPicture(fetched: Fetched): fetched is Picture {
  return typeof fetched === 'object';
}
