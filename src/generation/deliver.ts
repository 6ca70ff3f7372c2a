import type { Destination } from '../domain/destination.ts';
import type { Posting } from '../domain/delivery.ts';
import type { Generation, PictureRecord } from '../domain/generation.ts';
import type { Usage } from '../domain/ledger.ts';
import { PictureError } from '../domain/pictures.ts';
import type { Picture } from '../domain/pictures.ts';
import type { Source } from '../domain/source.ts';
import type { Parts } from './parts.ts';
import { report } from './report.ts';

/** How long recovery waits before it tries a delivery again. */
const tryAgainMs = 60_000;

/**
 * Fetches, recognises, fits and posts the pictures of a made generation: one unit, of which only a
 * few run at once, since it is what costs memory. What cannot be done now is left to recovery.
 *
 * @param destination where to, when that is not where it was asked for
 */
export async function deliver(
  parts: Parts,
  generation: Generation,
  usage: Usage,
  destination: Destination = generation.destination,
): Promise<Posting['kind']> {
  return parts.deliveries.schedule(async () => {
    parts.metrics.delivering.inc();
    try {
      return await deliverNow(parts, generation, usage, destination);
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
  usage: Usage,
  destination: Destination,
): Promise<Posting['kind']> {
  const { store, clock, metrics, delivery } = parts;
  const { id, provider } = generation;
  const labels = { provider };
  const fetchedFrom = clock.now();
  const fetched = await Promise.all(
    generation.sources.map((source, index) => fetchOne(parts, generation, source, index)),
  );
  metrics.downloadTime.observe(labels, (clock.now() - fetchedFrom) / 1000);
  if (fetched.includes('later')) {
    delivery.progress(destination, id, { step: 'fetching-again' });
    await later(parts, generation);
    return 'later';
  }
  const pictures = fetched.map(recordOf);
  const shown = fetched.filter(isShown);
  await store.recordPictures(id, pictures, clock.now());
  if (generation.delivery === 'pending' && !(await store.startPosting(id, parts.owner)))
    return 'later';
  const postedFrom = clock.now();
  const posting = await delivery.post(destination, {
    generation: { ...generation, pictures },
    shown: shown.length,
    usage,
    files: (limits) => parts.pictures.fit(shown, limits),
  });
  metrics.uploadTime.observe(labels, (clock.now() - postedFrom) / 1000);
  await conclude(parts, generation, posting);
  return posting.kind;
}

async function conclude(parts: Parts, generation: Generation, posting: Posting): Promise<void> {
  const { store, log } = parts;
  switch (posting.kind) {
    case 'posted':
      await store.posted(generation.id, posting.messageId);
      report(parts, generation, 'posted');
      return;
    case 'waiting':
      log.warn({ generation: generation.id, why: posting.why }, 'a result waits for its member');
      await store.wait(generation.id);
      report(parts, generation, 'waiting');
      return;
    case 'later':
      log.warn({ generation: generation.id, why: posting.why }, 'a post is tried again later');
      await later(parts, generation);
  }
}

/** Ends the lease at the time of the next try, so that recovery (here or elsewhere) takes it up then. */
function later({ store, owner, clock }: Parts, { id }: Generation): Promise<void> {
  return store.release(id, owner, clock.now() + tryAgainMs);
}

async function fetchOne(
  parts: Parts,
  generation: Generation,
  source: Source,
  index: number,
): Promise<Picture | 'later' | 'lost'> {
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
    const dead =
      error.kind === 'lost' ||
      (source.kind === 'address' &&
        source.expiresAt !== null &&
        source.expiresAt <= parts.clock.now());
    parts.log.warn(
      { err: error, generation: generation.id, index, dead },
      'a picture was not fetched',
    );
    return dead ? 'lost' : 'later';
  }
}

function recordOf(fetched: Picture | 'later' | 'lost'): PictureRecord {
  if (typeof fetched === 'string') return { kind: 'lost' };
  return { kind: fetched.blank ? 'blank' : 'kept' };
}

function isShown(fetched: Picture | 'later' | 'lost'): fetched is Picture {
  return typeof fetched === 'object' && !fetched.blank;
}
