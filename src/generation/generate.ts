import type { Destination } from '../domain/destination.ts';
import { generationId } from '../domain/generation.ts';
import type { Generation } from '../domain/generation.ts';
import type { Place } from '../domain/pace.ts';
import type { Provider } from '../domain/provider.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { ImageRequest } from '../domain/request.ts';
import { StoreFullError } from '../domain/store.ts';
import type { Begun } from '../domain/store.ts';
import { admit } from '../policy/admit.ts';
import { deliver } from './deliver.ts';
import { leaseMs } from './parts.ts';
import type { Parts } from './parts.ts';
import { queueFull } from './queue-full.ts';
import { run } from './run.ts';

export interface Asked {
  readonly destination: Destination;
  readonly provider: Provider;
  readonly request: ImageRequest;
  /** Credits per picture. */
  readonly price: number;
  /** Which one of this interaction, from 0. */
  readonly ordinal: number;
}

/**
 * From an acknowledged request to the posted pictures. Resolves when the answer has its final word,
 * or when the rest is left to recovery; it tells the member itself.
 */
export async function generate(parts: Parts, asked: Asked): Promise<void> {
  const { destination } = asked;
  const place = await takePlace(parts, asked);
  if ('reason' in place) return refuse(parts, destination, place);
  const begun = await begin(parts, asked).catch((error: unknown) => {
    place.leave();
    if (!(error instanceof StoreFullError)) throw error;
    parts.operator.tell({ kind: 'no-room' });
    return { kind: 'refused', refusal: { reason: 'no-room' } } satisfies Begun;
  });
  if (begun.kind !== 'begun') {
    place.leave();
    if (begun.kind === 'refused') await refuse(parts, destination, begun.refusal);
    return;
  }
  warnOfSpend(parts, begun.usage.bot.credits);
  await work(parts, begun.generation, place);
}

/** From here on it is written down: whatever goes wrong is recovery's, not the member's. */
async function work(parts: Parts, generation: Generation, place: Place): Promise<void> {
  try {
    await parts.active.work(generation.id, async (signal) => {
      const made = await run(parts, generation, place, signal);
      if (made) await deliver(parts, made.generation, made.usage);
    });
  } catch (error) {
    place.leave();
    parts.log.error({ err: error, generation: generation.id }, 'left to recovery');
  }
}

async function takePlace(parts: Parts, { destination, request }: Asked): Promise<Place | Refusal> {
  if (!(await parts.pictures.hasRoom(request.images))) {
    parts.operator.tell({ kind: 'no-room' });
    return { reason: 'no-room' };
  }
  const place = parts.pace.take(destination.guildId, destination.memberId);
  return 'full' in place ? queueFull(parts, place) : place;
}

function begin(parts: Parts, asked: Asked): Promise<Begun> {
  const { destination, provider, request, price } = asked;
  const now = parts.clock.now();
  return parts.store.begin(
    {
      id: generationId(destination.interactionId, asked.ordinal),
      destination,
      provider: provider.name,
      account: provider.account,
      request,
      price,
      owner: parts.owner,
      leaseUntil: now + leaseMs,
      at: now,
    },
    (standing) =>
      admit(standing, {
        images: request.images,
        price,
        caps: parts.limits.caps,
        contentRefusalsPerDay: parts.limits.contentRefusalsPerDay,
        now,
      }),
  );
}

async function refuse(parts: Parts, destination: Destination, refusal: Refusal): Promise<void> {
  parts.metrics.refusals.inc({ reason: refusal.reason });
  await parts.delivery.refuse(destination, refusal);
}

/** The operator hears of it when four fifths of the bot's cap are spent. */
function warnOfSpend({ limits, operator }: Parts, spent: number): void {
  const cap = limits.caps.bot;
  if (cap !== null && cap > 0 && spent >= cap * 0.8) operator.tell({ kind: 'spend', cap, spent });
}
