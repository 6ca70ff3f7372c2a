import type { Failure } from '../domain/failure.ts';
import type { Generation } from '../domain/generation.ts';
import type { Parts } from './parts.ts';

/** One log line and one count for each generation when it has ended. Never its prompt. */
export function report(
  { log, metrics, clock }: Pick<Parts, 'log' | 'metrics' | 'clock'>,
  generation: Generation,
  outcome: string,
  failure?: Failure,
): void {
  const { id, provider, destination, request } = generation;
  metrics.outcomes.inc({ provider, outcome });
  // What may have been made and paid for stands out.
  log[outcome.startsWith('unknown') ? 'warn' : 'info'](
    {
      generation: id,
      outcome,
      provider,
      guild: destination.guildId,
      member: destination.memberId,
      images: request.images,
      credits: generation.credits,
      tookMs: clock.now() - generation.createdAt,
      requestId: failure?.requestId ?? generation.requestId ?? undefined,
      incident: failure?.incident,
    },
    'generation',
  );
}
