import type { Kysely } from 'kysely';
import type { Pot } from '../domain/ledger.ts';
import { idsOf } from './erased.ts';
import type { Schema } from './schema.ts';

/** Whose rows a pot counts, and since when. */
export interface Holder {
  /** All ids of the pot's member, their own first; empty where it counts all members. */
  readonly memberIds: readonly string[];
  /** What was held at this time or before counts no more; `-Infinity` where all counts. */
  readonly resetAt: number;
  /** The unspent granted credits of a member in a guild. */
  readonly granted: number;
}

export type Holders = (pot: Pot) => Holder;

/** Reads what the pots' members are called, and their balances in their guilds. */
export async function holdersOf(db: Kysely<Schema>, pots: readonly Pot[]): Promise<Holders> {
  const idsByMember = new Map<string, readonly string[]>();
  for (const pot of pots) {
    if (!('memberId' in pot) || idsByMember.has(pot.memberId)) continue;
    idsByMember.set(pot.memberId, await idsOf(db, pot.memberId));
  }
  const idsIn = (pot: Pot): readonly string[] =>
    'memberId' in pot ? (idsByMember.get(pot.memberId) ?? [pot.memberId]) : [];

  // Only a guild's own count of its members has grants and resets.
  const inGuild = pots.filter((pot) => pot.kind === 'member');
  const balances =
    inGuild.length === 0
      ? []
      : await db
          .selectFrom('member_balances')
          .selectAll()
          .where('guild_id', 'in', [...new Set(inGuild.map(({ guildId }) => guildId))])
          .where('member_id', 'in', [...new Set(inGuild.flatMap(idsIn))])
          .execute();
  return (pot) => {
    const memberIds = idsIn(pot);
    const rows = balances.filter(
      ({ guild_id, member_id }) =>
        pot.kind === 'member' && guild_id === pot.guildId && memberIds.includes(member_id),
    );
    return {
      memberIds,
      resetAt: Math.max(...rows.map(({ reset_at }) => reset_at ?? -Infinity)),
      // Of their own id alone: what somebody who was erased had left went with them.
      granted: rows.find(({ member_id }) => member_id === memberIds[0])?.granted ?? 0,
    };
  };
}
