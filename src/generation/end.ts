import type { Failure } from '../domain/failure.ts';
import { standInId } from '../domain/generation.ts';
import type { Generation } from '../domain/generation.ts';
import { ProviderError } from '../domain/provider.ts';
import { AccountClosed, LeftQueue, NotOurs, Withdrawn } from './interruption.ts';
import type { Parts } from './parts.ts';
import { report } from './report.ts';

/** A generation that ended without pictures. */
export interface Ended extends Generation {
  readonly failure: Failure;
}

/**
 * Ends a generation that was not made: credits back as the ledger's rules say, the account closed where
 * its key or credits are no good.
 *
 * @returns what is still to be told to the member; `undefined` where there is nothing to tell (any more)
 */
export async function end(
  parts: Parts,
  generation: Generation,
  error: unknown,
): Promise<Ended | undefined> {
  // Whoever took it (the Cancel button, another process) has told the member.
  if (error instanceof NotOurs) {
    await restate(parts, generation.id);
    return undefined;
  }
  if (error instanceof LeftQueue && error.why === 'cancelled') return undefined;
  // The process leaves: what was sent is looked for by recovery, but what is certain is settled now.
  if (parts.active.stopping.aborted && !nothingMade(error)) return undefined;
  const failure = failureOf(parts, error);
  if (failure.kind === 'bug')
    parts.log.error(
      { err: error, generation: generation.id, incident: failure.incident },
      'a generation met a bug',
    );
  else if (error instanceof ProviderError)
    // Expected now and then, so without a stack.
    parts.log.warn(
      {
        generation: generation.id,
        provider: generation.provider,
        kind: error.kind,
        outcome: error.outcome,
        why: error.message,
        cause: error.cause instanceof Error ? error.cause.message : undefined,
      },
      'the image service failed',
    );
  closeAccount(parts, generation, error);
  const outcome = await giveBack(parts, generation, failure, error);
  if (!outcome) return undefined;
  report(parts, generation, `${outcome}:${failure.kind}`, failure);
  return { ...generation, state: outcome, failure };
}

/** Our progress may have covered what whoever took it told; that stands again then. */
async function restate(parts: Parts, id: string): Promise<void> {
  const ended = await parts.store.find(id);
  if (ended?.state !== 'returned' || !ended.failure) return;
  // A comparison is told by whoever ends it, and what stands in for it tells itself.
  if (ended.destination.sharedBy > 1 || (await parts.store.find(standInId(id)))) return;
  await parts.delivery.fail(ended.destination, ended, ended.failure);
}

/**
 * What is queued, or sent with nothing made, is returned. What may have been made is unknown. The
 * guards of the store decide; a generation that is in neither state any more is left alone.
 */
async function giveBack(
  { store, clock }: Parts,
  { id }: Generation,
  failure: Failure,
  error: unknown,
): Promise<'returned' | 'unknown' | undefined> {
  const at = clock.now();
  if (await store.giveBack(id, 'queued', failure, at)) return 'returned';
  if (nothingMade(error))
    return (await store.giveBack(id, 'sent', failure, at)) ? 'returned' : undefined;
  return (await store.writeOff(id, failure, at)) ? 'unknown' : undefined;
}

function nothingMade(error: unknown): boolean {
  return error instanceof ProviderError && error.outcome === 'nothing-made';
}

function failureOf(parts: Parts, error: unknown): Failure {
  if (error instanceof ProviderError)
    return {
      kind: error.kind,
      ...(error.detail === undefined ? {} : { detail: error.detail }),
      ...(error.requestId === undefined ? {} : { requestId: error.requestId }),
    };
  if (error instanceof LeftQueue) return { kind: error.why };
  if (error instanceof AccountClosed) return { kind: 'account-closed' };
  if (error instanceof Withdrawn) return { kind: 'withdrawn' };
  return { kind: 'bug', incident: parts.clock.id().slice(0, 8) };
}

function closeAccount(parts: Parts, generation: Generation, error: unknown): void {
  if (!(error instanceof ProviderError)) return;
  if (!['unauthorized', 'forbidden', 'no-credits'].includes(error.kind)) return;
  const { until, wasOpen } = parts.accounts.close(generation.account);
  const provider = parts.providers.get(generation.provider);
  if (wasOpen && provider)
    parts.operator.tell({
      kind: 'account-closed',
      provider: provider.title,
      setting: provider.keySetting,
      why: error.kind,
      until,
    });
}
