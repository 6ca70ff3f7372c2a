import type { Standing } from '../domain/ledger.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Admission } from '../domain/store.ts';
import { boundsOf, roomOf } from './bounds.ts';
import { contentPauseUntil } from './content-pause.ts';
import { coolDownUntil } from './cool-down.ts';
import { over, worst, worstOfBestWay } from './over.ts';
import type { Over } from './over.ts';
import { overRefusal } from './over-refusal.ts';
import type { Terms } from './terms.ts';

export interface Cost {
  /** How many pictures are asked for, and the credits for each; either may be 0. */
  readonly images: number;
  readonly price: number;
  readonly now: number;
}

/**
 * Whether a request may hold its credits, given the figures of the ledger (of the windows that
 * `windowsOf` names). The same function decides inside the transaction that holds them, so that nothing
 * can slip in between.
 *
 * What is above the room of the limits on members is paid by granted credits, if there are enough; they
 * lift neither the guild's limits nor the operator's caps, nor a role's 0.
 *
 * Where several things refuse, the one that keeps the member away longest is told: being shut out, the
 * content pause, then credits (which of them, see {@link worst}), and the cool-down last. `backAt` is
 * `null`: the ledger knows it, see `decidingWindow`.
 */
export function decide(terms: Terms, standing: Standing, cost: Cost): Admission {
  const { images, price, now } = cost;
  const count = terms.contentRefusalsPerDay;
  const bounds = boundsOf(terms, standing);
  if (bounds.shutOutBy)
    return refused({ reason: 'shut-out', roleId: bounds.shutOutBy.subject.roleId });

  const pausedUntil = contentPauseUntil(standing.contentRefusals, count);
  if (pausedUntil !== undefined && pausedUntil > now)
    return refused({ reason: 'content-refusals', count, until: pausedUntil });

  const needed = price * images;
  const { granted } = standing;
  const shared = [...bounds.guild, ...bounds.caps];
  const ofMember = bounds.ways.length === 0 ? Infinity : Math.max(...bounds.ways.map(roomOf));
  const fromGrant = Math.max(0, needed - ofMember);
  const refusing: Over[] = [
    ...(fromGrant > granted ? [worstOfBestWay(bounds.ways, needed, granted)] : []),
    ...shared.filter(({ room }) => needed > room).map((bound) => over(bound, needed, 0)),
  ];
  const told = worst(refusing);
  if (told) {
    const room = Math.min(ofMember + granted, ...shared.map((bound) => bound.room));
    return refused(overRefusal(told, { needed, price, fits: fitting(cost, room) }));
  }

  const { coolDownSeconds } = terms.rules.requests;
  const coolUntil = coolDownUntil(terms.rules.requests, standing.lastBegunAt);
  if (coolDownSeconds !== null && coolUntil !== undefined && coolUntil > now)
    return refused({ reason: 'cool-down', until: coolUntil, seconds: coolDownSeconds });

  return { admitted: true, fromGrant };
}

/** How many pictures, fewer than were asked for, keep within so many credits. */
function fitting({ images, price }: Cost, room: number): number {
  return Math.max(0, Math.min(images - 1, Math.floor(room / price)));
}

function refused(refusal: Refusal): Admission {
  return { admitted: false, refusal };
}
