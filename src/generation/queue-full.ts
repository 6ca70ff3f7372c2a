import type { QueueFull } from '../domain/pace.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Parts } from './parts.ts';

/** Half a minute: what is assumed of a run while none is known. */
const unknownRunMs = 30_000;

/**
 * The refusal for a full queue, with the time at which a place should be free.
 *
 * @param provider which is asked for, where that is known; by its runs it is guessed
 */
export function queueFull(
  parts: Pick<Parts, 'clock' | 'estimates' | 'providers'>,
  full: QueueFull,
  provider = parts.providers.keys().next().value ?? '',
): Refusal {
  const waitMs = parts.estimates.untilReadyMs(provider) ?? unknownRunMs;
  return {
    reason: 'queue-full',
    whose: full.full,
    limit: full.limit,
    ahead: full.ahead,
    backAt: parts.clock.now() + waitMs,
  };
}
