import type { Caps, Spent } from '../domain/ledger.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Standing } from '../domain/store.ts';

export interface Admission {
  /** How many pictures are asked for, and the credits for each. */
  readonly images: number;
  readonly price: number;
  readonly caps: Caps;
  /** After so many content refusals within 24 h a member waits for 24 h after the last. */
  readonly contentRefusalsPerDay: number;
  readonly now: number;
}

const dayMs = 24 * 60 * 60_000;

/**
 * Whether a request may hold its credits, given the figures of the ledger. The same function decides
 * inside the transaction that holds them, so that nothing can slip in between.
 */
export function admit(standing: Standing, admission: Admission): Refusal | undefined {
  const { caps, now } = admission;
  const until = contentPauseUntil(standing.contentRefusals, admission.contentRefusalsPerDay);
  if (until !== undefined && until > now)
    return { reason: 'content-refusals', count: admission.contentRefusalsPerDay, until };
  return (
    overCap('member', standing.usage.member, caps.member, admission) ??
    overCap('guild', standing.usage.guild, caps.guild, admission) ??
    overCap('bot', standing.usage.bot, caps.bot, admission)
  );
}

function overCap(
  whose: 'member' | 'guild' | 'bot',
  spent: Spent,
  cap: number | null,
  { images, price }: Admission,
): Refusal | undefined {
  const needed = price * images;
  if (cap === null || spent.credits + needed <= cap) return undefined;
  return {
    reason: 'cap',
    whose,
    cap,
    spent: spent.credits,
    needed,
    price,
    freesAt: needed > cap ? null : spent.freesAt,
  };
}

/** Until when a member waits who had `allowed` content refusals within 24 h (times newest first). */
function contentPauseUntil(times: readonly number[], allowed: number): number | undefined {
  const latest = times[0];
  const oldest = times[allowed - 1];
  if (latest === undefined || oldest === undefined || latest - oldest > dayMs) return undefined;
  return latest + dayMs;
}
