import type { Generation } from '../domain/generation.ts';
import type { Place, Turn } from '../domain/pace.ts';
import { ProviderError } from '../domain/provider.ts';
import type { Provider, ProviderResult } from '../domain/provider.ts';
import { allows } from '../policy/provider-rule.ts';
import { unsuited } from '../policy/unsuited.ts';
import { AccountClosed, NotOurs, Withdrawn } from './interruption.ts';
import type { Parts } from './parts.ts';
import { settle } from './settle.ts';
import { showProgress } from './show-progress.ts';
import type { Settled } from './settle.ts';

/**
 * From `queued` to `made`: waits for its turn, commits `sent`, asks the provider, settles.
 *
 * @throws what went wrong; the credits and the member's answer are still to be put right then
 */
export async function run(
  parts: Parts,
  generation: Generation,
  place: Place,
  signal: AbortSignal,
): Promise<Settled> {
  const { account } = generation;
  const provider = parts.providers.get(generation.provider);
  const queuedAt = parts.clock.now();
  let departed = false;
  try {
    if (!provider) throw new AccountClosed();
    const running = place.run(
      account,
      (turn) => {
        // What a 429 adds is the account's pause, not the queue's.
        if (!departed)
          parts.metrics.queueWait.observe(
            { provider: provider.name },
            (parts.clock.now() - queuedAt) / 1000,
          );
        departed = true;
        return ask(parts, provider, generation, turn);
      },
      {
        signal,
        onPosition(position) {
          const waitMs = parts.estimates.untilReadyMs(provider.name, position);
          showProgress(parts, generation, {
            step: 'waiting',
            position: position.position,
            readyAt: waitMs === null ? null : parts.clock.now() + waitMs,
          });
        },
      },
    );
    // No name for the result here: it would keep bytes in memory that are in the spool by then.
    return await running.then((result) => settle(parts, generation, result));
  } finally {
    place.leave();
  }
}

/** A restart may have brought other settings, and moderators other rules, while it waited. */
async function mayStillServe(
  { catalogue, settings }: Parts,
  { request, destination }: Generation,
): Promise<boolean> {
  const offer = catalogue.find(request.model);
  // Written down before there were models; the provider has one for it.
  if (!offer) return request.model === '';
  const { rules } = await settings.load(destination.guildId);
  return allows(rules, offer.model) && unsuited(offer.model, destination) === undefined;
}

async function ask(
  parts: Parts,
  provider: Provider,
  generation: Generation,
  turn: Turn,
): Promise<ProviderResult> {
  const { id, request } = generation;
  const { store, clock, owner, metrics, estimates } = parts;
  if (parts.accounts.closedUntil(provider.account) !== undefined) throw new AccountClosed();
  if (!(await mayStillServe(parts, generation))) throw new Withdrawn();
  if (!(await store.send(id, owner, turn.departedAt))) throw new NotOurs();
  const readyMs = estimates.untilReadyMs(provider.name);
  showProgress(parts, generation, {
    step: 'running',
    readyAt: readyMs === null ? null : clock.now() + readyMs,
  });
  const sentAt = clock.now();
  try {
    const result = await parts.breakers.run(provider, () =>
      provider.generate(request, {
        signal: parts.active.stopping,
        record: (jobRef) => store.recordJob(id, jobRef),
        onLimits: (reading) => {
          turn.observe(reading);
        },
      }),
    );
    estimates.note(provider.name, clock.now() - sentAt);
    return result;
  } catch (error) {
    // 429: nothing was made, so it is as if it had never been sent; a crash from here on runs it again.
    if (error instanceof ProviderError && error.kind === 'busy') {
      await store.unsend(id, owner).catch((trouble: unknown) => {
        parts.log.error({ err: trouble, generation: id }, 'a 429 could not be written down');
      });
      showProgress(parts, generation, { step: 'waiting', position: 1, readyAt: null });
    }
    throw error;
  } finally {
    metrics.providerTime.observe({ provider: provider.name }, (clock.now() - sentAt) / 1000);
  }
}
