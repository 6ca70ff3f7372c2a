import type { Failure } from '../domain/failure.ts';
import { standInId } from '../domain/generation.ts';
import type { Generation } from '../domain/generation.ts';
import type { ProviderResult } from '../domain/provider.ts';
import { toTheEnd } from './carry-through.ts';
import { deliver, postedTogether } from './deliver.ts';
import { deliverTogether } from './deliver-together.ts';
import { AccountClosed, LeftQueue } from './interruption.ts';
import { dayMs, leaseMs } from './parts.ts';
import type { Parts } from './parts.ts';
import { report } from './report.ts';
import { run } from './run.ts';
import { settle } from './settle.ts';
import { tell } from './tell.ts';
import { remainingOf } from './terms.ts';
import { hasTimeLeft } from './time-left.ts';

/** A guild whose queue is full is asked again after this long. */
const queueFullMs = 30_000;
const batch = 50;

/**
 * Finishes what a dead process left behind: every generation whose lease is over (at start, where one
 * process owns the store, every unfinished one). Resolves when they are taken over, not when they are
 * done; `active.idle()` waits for that.
 *
 * @returns how many were taken over
 */
export async function recover(
  parts: Parts,
  options: { readonly atStart: boolean },
): Promise<number> {
  const { store, clock, owner } = parts;
  let taken = 0;
  for (;;) {
    const now = clock.now();
    const generations = await store.takeOver(owner, {
      now,
      leaseUntil: now + leaseMs,
      limit: batch,
      all: options.atStart && store.exclusive,
    });
    for (const generation of generations)
      parts.active
        .work(generation.id, (signal) => goOn(parts, generation, signal))
        .catch((error: unknown) => {
          parts.log.error({ err: error, generation: generation.id }, 'a recovery failed');
        });
    taken += generations.length;
    if (generations.length < batch) break;
  }
  await tidy(parts);
  return taken;
}

async function goOn(parts: Parts, generation: Generation, signal: AbortSignal): Promise<void> {
  switch (generation.state) {
    case 'queued':
      return goOnQueued(parts, generation, signal);
    case 'sent':
      return goOnSent(parts, generation);
    case 'made':
      return goOnMade(parts, generation);
    case 'returned':
      // Another model has taken over, and tells.
      if (await parts.store.find(standInId(generation.id))) return parts.store.told(generation.id);
      return tell(parts, generation, generation.failure ?? { kind: 'stopped' });
    case 'unknown':
      return tell(parts, generation, generation.failure ?? { kind: 'stopped' });
  }
}

async function goOnQueued(
  parts: Parts,
  generation: Generation,
  signal: AbortSignal,
): Promise<void> {
  const { destination, id } = generation;
  const now = parts.clock.now();
  if (!hasTimeLeft(parts, destination)) {
    const failure: Failure = { kind: 'expired' };
    if (!(await parts.store.giveBack(id, 'queued', failure, now))) return;
    report(parts, generation, 'returned:expired', failure);
    return tell(parts, { ...generation, state: 'returned', failure }, failure);
  }
  if (parts.providers.get(generation.provider)?.account !== generation.account)
    return toTheEnd(parts, generation, () => Promise.reject(new AccountClosed()));
  const { rules } = await parts.settings.load(destination.guildId);
  const place = parts.pace.take(destination.guildId, destination.memberId, rules.requests);
  if ('full' in place) return parts.store.release(id, parts.owner, now + queueFullMs);
  await toTheEnd(parts, generation, () => run(parts, generation, place, signal));
}

/** It was sent and may have been made: looked for where the provider can, never sent again. */
async function goOnSent(parts: Parts, generation: Generation): Promise<void> {
  await toTheEnd(parts, generation, async () => {
    const result = await lookFor(parts, generation);
    if (!result) throw new LeftQueue('stopped');
    return settle(parts, generation, result);
  });
}

async function lookFor(parts: Parts, generation: Generation): Promise<ProviderResult | undefined> {
  const provider = parts.providers.get(generation.provider);
  const call = {
    signal: parts.active.stopping,
    ...(generation.sentAt === null ? {} : { sentAt: generation.sentAt }),
    record: (jobRef: string) => parts.store.recordJob(generation.id, jobRef),
    onLimits: () => undefined,
  };
  if (provider?.resume && generation.jobRef) return provider.resume(generation.jobRef, call);
  return provider?.find?.(generation.request, call);
}

/** A post may have reached Discord just before the end: looked for before it is posted again. */
async function goOnMade(parts: Parts, generation: Generation): Promise<void> {
  const { delivery } = parts;
  const { id, destination } = generation;
  if (destination.sharedBy > 1) return deliverTogether(parts, generation);
  if (generation.delivery === 'posting') {
    const messageId = await delivery.find(destination, id);
    if (messageId !== undefined) return postedTogether(parts, [generation], messageId);
  }
  await deliver(parts, [generation], await remainingOf(parts, destination));
}

/** What is kept for a time goes when its time is over; what was paid and never shown is returned. */
async function tidy(parts: Parts): Promise<void> {
  const { store, pictures, clock, limits } = parts;
  const now = clock.now();
  const keptSince = now - limits.pictureDays * dayMs;
  await store.wipeTokens(now);
  for (const generation of await store.undelivered(keptSince, batch))
    if (await store.lapse(generation.id, now)) {
      await pictures.delete(generation.id);
      report(parts, generation, 'lapsed');
    }
  await pictures.prune(keptSince);
}
