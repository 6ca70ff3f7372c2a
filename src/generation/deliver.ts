import type { Posting, Result } from '../domain/delivery.ts';
import type { Generation, PictureRecord } from '../domain/generation.ts';
import { PictureError } from '../domain/pictures.ts';
import type { Picture } from '../domain/pictures.ts';
import type { Remaining } from '../domain/remaining.ts';
import type { Source } from '../domain/source.ts';
import type { Parts } from './parts.ts';
import { report } from './report.ts';
import { hasTimeLeft } from './time-left.ts';

/** How long recovery waits before it tries a delivery again. */
const tryAgainMs = 60_000;
const rarestTryMs = 60 * 60_000;

/** One generation, or all of a comparison: those that share one answer. The first one's id is the answer's. */
export type Group = readonly [Generation, ...Generation[]];

/**
 * Fetches, recognises, fits and posts the pictures of what was made: one unit, of which only a few run
 * at once, since it is what costs memory. What cannot be done now is left to recovery. Of a comparison
 * those that were not made are told in the same message.
 */
export async function deliver(
  parts: Parts,
  group: Group,
  remaining: Remaining | null | undefined,
): Promise<Posting['kind']> {
  return parts.deliveries(async () => {
    parts.metrics.delivering.inc();
    try {
      return await deliverNow(parts, group, remaining);
    } catch (error) {
      // The pictures are paid for: whatever it is, recovery takes it up when the lease runs out.
      parts.log.error({ err: error, generation: group[0].id }, 'a delivery failed');
      return 'later';
    } finally {
      parts.metrics.delivering.dec();
    }
  });
}

/** A generation with what could be fetched of its pictures, in their order. */
interface Fetch {
  readonly generation: Generation;
  readonly fetched: readonly Fetched[];
}

async function deliverNow(
  parts: Parts,
  [first, ...others]: Group,
  remaining: Remaining | null | undefined,
): Promise<Posting['kind']> {
  const held: Picture[] = [];
  const fetchOf = async (generation: Generation): Promise<Fetch> => {
    const fetched = await fetchAll(parts, generation);
    held.push(...fetched.filter(isPicture));
    return { generation, fetched };
  };
  try {
    const firstFetch = await fetchOf(first);
    const fetches = [firstFetch, ...(await Promise.all(others.map(fetchOf)))] as const;
    return await post(parts, fetches, remaining);
  } finally {
    parts.pictures.release(held);
  }
}

async function fetchAll(parts: Parts, generation: Generation): Promise<Fetched[]> {
  const { clock, metrics } = parts;
  const { sources, provider } = generation;
  if (sources.length === 0) return [];
  const fetchedFrom = clock.now();
  const fetched = await Promise.all(
    sources.map((source, index) => fetchOne(parts, generation, source, index)),
  );
  metrics.downloadTime.observe({ provider }, (clock.now() - fetchedFrom) / 1000);
  return fetched;
}

async function post(
  parts: Parts,
  fetches: readonly [Fetch, ...Fetch[]],
  remaining: Remaining | null | undefined,
): Promise<Posting['kind']> {
  const { store, clock, metrics, delivery } = parts;
  const [{ generation: first }] = fetches;
  const { destination } = first;
  const made = fetches.map(({ generation }) => generation).filter(({ state }) => state === 'made');
  const unready = fetches.filter(({ fetched }) => isUnready(fetched));
  // Of a comparison the others do not wait for ever for one that cannot be fetched.
  const aside = fetches.length > 1 && !hasTimeLeft(parts, destination) ? unready : [];
  if (unready.length > aside.length) {
    delivery.progress(destination, first.id, { step: 'fetching-again' });
    await later(parts, made);
    return 'later';
  }
  const shown = fetches.filter((fetch) => !aside.includes(fetch));
  for (const { generation, fetched } of shown)
    if (generation.state === 'made')
      await store.recordPictures(generation.id, fetched.map(recordOf), clock.now());
  for (const { generation } of aside) await setAside(parts, generation);
  const group = shown.map(({ generation }) => generation);
  // Of a comparison the first that was made stands for all of it.
  const leader = group.find(({ state }) => state === 'made');
  if (leader?.delivery === 'pending' && !(await store.startPosting(leader.id, parts.owner)))
    return 'later';
  const postedFrom = clock.now();
  const [result, ...results] = fetches.map((fetch) => resultOf(parts, fetch, remaining));
  if (!result) return 'later';
  const posting = await delivery.post(destination, [result, ...results]);
  for (const { provider } of made)
    metrics.uploadTime.observe({ provider }, (clock.now() - postedFrom) / 1000);
  await written(parts, group, posting);
  return posting.kind;
}

/** It is offered to its member when it can be fetched again; nothing that is paid for is given up. */
async function setAside(parts: Parts, generation: Generation): Promise<void> {
  await parts.store.wait(generation.id);
  report(parts, generation, 'waiting');
  tellGuild(parts, generation, null);
}

/** Whether it is to be tried again: something may still come. */
function isUnready(fetched: readonly Fetched[]): boolean {
  const allMissing = fetched.length > 0 && fetched.every((one) => one === 'missing');
  return allMissing || fetched.includes('later');
}

function resultOf(
  { pictures }: Parts,
  { generation, fetched }: Fetch,
  remaining: Remaining | null | undefined,
): Result {
  const shown = fetched.filter(isPicture).filter(({ blank }) => !blank);
  const isAside = isUnready(fetched);
  return {
    generation: {
      ...generation,
      pictures: isAside ? [] : fetched.map(recordOf),
      ...(isAside ? { delivery: 'waiting' } : {}),
    },
    remaining,
    files: (limits) => pictures.fit(shown, limits),
  };
}

/** Writes down how the post went. */
async function written(
  parts: Parts,
  group: readonly Generation[],
  posting: Posting,
): Promise<void> {
  const { store, log } = parts;
  if (posting.kind === 'posted') return postedTogether(parts, group, posting.messageId);
  const made = group.filter(({ state }) => state === 'made');
  const [first] = group;
  if (posting.kind === 'later') {
    log.warn({ generation: first?.id, why: posting.why }, 'a post is tried again later');
    return later(parts, made);
  }
  log.warn({ generation: first?.id, why: posting.why }, 'a result waits for its member');
  for (const generation of group) {
    if (generation.state !== 'made') {
      await store.told(generation.id);
      continue;
    }
    await setAside(parts, generation);
  }
}

/** The member sees all of it. */
export async function postedTogether(
  parts: Parts,
  group: readonly Generation[],
  messageId: string,
): Promise<void> {
  for (const generation of group)
    if (generation.state === 'made') await posted(parts, generation, messageId);
    else await parts.store.told(generation.id);
}

/** The member sees it: that is written down, and its pictures may go when the spool needs room. */
async function posted(parts: Parts, generation: Generation, messageId: string): Promise<void> {
  // Of several that found the same message one tells of it.
  if (!(await parts.store.posted(generation.id, messageId))) return;
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
 * Ends the leases at the time of the next try, so that recovery (here or elsewhere) takes it up then:
 * after a minute, and ever more rarely the longer it has not worked.
 */
async function later(
  { store, owner, clock }: Parts,
  generations: readonly Generation[],
): Promise<void> {
  const now = clock.now();
  for (const { id, madeAt } of generations) {
    const waitMs = Math.max(tryAgainMs, Math.min((now - (madeAt ?? now)) / 4, rarestTryMs));
    await store.release(id, owner, now + waitMs);
  }
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
