import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Pot, Spent, Standing, Window } from '../domain/ledger.ts';
import { holdersOf } from './holders.ts';
import type { Holders } from './holders.ts';
import type { Schema } from './schema.ts';
import { spentIn } from './windows.ts';

const contentRefusalsShown = 10;

/** A standing, and with whom it was read. */
export interface Look {
  readonly standing: Standing;
  readonly holders: Holders;
}

/** What the ledger knows of a member in a guild. */
export async function standingOf(
  db: Kysely<Schema>,
  guildId: string,
  memberId: string,
  windows: readonly Window[],
  now: number,
): Promise<Look> {
  const asker: Pot = { kind: 'member', guildId, memberId };
  const holders = await holdersOf(db, [asker, ...windows.map(({ pot }) => pot)]);
  const { memberIds, granted } = holders(asker);
  const { refusedAt, begunAt } = await latestRequests(db, guildId, memberIds);
  const standing = {
    spent: await spentIn(db, windows, holders, now),
    granted,
    contentRefusals: refusedAt,
    lastBegunAt: begunAt,
  };
  return { standing, holders };
}

/** What a generation that begins holds. */
interface Held {
  readonly guildId: string;
  readonly memberId: string;
  readonly credits: number;
  readonly fromGrant: number;
  readonly at: number;
}

/** The standing once this has been held as well. */
export function withHeld(look: Look, windows: readonly Window[], held: Held): Standing {
  const { standing, holders } = look;
  return {
    ...standing,
    spent: standing.spent.map((spent, place) => {
      const window = windows[place];
      return window === undefined ? spent : more(spent, window, held, holders);
    }),
    granted: standing.granted - held.fromGrant,
    lastBegunAt: Math.max(standing.lastBegunAt ?? held.at, held.at),
  };
}

function more(spent: Spent, { pot, lengthMs }: Window, held: Held, holders: Holders): Spent {
  const credits = pot.kind === 'member' ? held.credits - held.fromGrant : held.credits;
  const counts = isIn(pot, held) && held.at > holders(pot).resetAt;
  if (!counts || credits === 0) return spent;
  const freesAt = held.at + lengthMs;
  return {
    credits: spent.credits + credits,
    freesAt: Math.min(spent.freesAt ?? freesAt, freesAt),
  };
}

function isIn(pot: Pot, { guildId, memberId }: Held): boolean {
  if ('guildId' in pot && pot.guildId !== guildId) return false;
  return !('memberId' in pot) || pot.memberId === memberId;
}

interface Requests {
  /** When the latest were refused for their content, newest first. */
  readonly refusedAt: readonly number[];
  readonly begunAt: number | null;
}

/** A member's latest content refusals anywhere, and their latest request in the guild. */
async function latestRequests(
  db: Kysely<Schema>,
  guildId: string,
  memberIds: readonly string[],
): Promise<Requests> {
  const refused = db
    .selectFrom('generations')
    .select(['content_refused_at as at', sql<number>`1`.as('refused')])
    .where('member_id', 'in', memberIds)
    .where('content_refused_at', 'is not', null)
    .orderBy('content_refused_at', 'desc')
    .limit(contentRefusalsShown);
  const begun = db
    .selectFrom('generations')
    .select(['created_at as at', sql<number>`0`.as('refused')])
    .where('guild_id', '=', guildId)
    .where('member_id', 'in', memberIds)
    // Spelled out, not bound, as it stands in the index.
    .where(sql<boolean>`state <> 'returned'`)
    .orderBy('created_at', 'desc')
    .limit(1);
  const rows = await db
    .selectFrom(refused.as('r'))
    .selectAll()
    .unionAll(db.selectFrom(begun.as('b')).selectAll())
    .orderBy('at', 'desc')
    .execute();
  return {
    refusedAt: rows.flatMap(({ at, refused: was }) => (was === 1 && at !== null ? [at] : [])),
    begunAt: rows.find(({ refused: was }) => was === 0)?.at ?? null,
  };
}
