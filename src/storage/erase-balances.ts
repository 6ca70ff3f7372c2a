import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';

/**
 * Entries that granted credits paid for have gone from one id to the other: so has that much of what
 * was granted, and each id's balance is what it was.
 */
export async function carryGranted(
  trx: Kysely<Schema>,
  guildId: string,
  from: string,
  to: string,
  credits: number,
  at: number,
): Promise<void> {
  if (credits === 0) return;
  const carried = { guild_id: guildId, kind: 'grant', reason: '', by_id: '', at } as const;
  await trx
    .insertInto('member_adjustments')
    .values([
      { ...carried, member_id: from, credits: -credits },
      { ...carried, member_id: to, credits },
    ])
    .execute();
  await trx
    .insertInto('member_balances')
    .values(
      [from, to].map((member_id) => ({ guild_id: guildId, member_id, granted: 0, reset_at: null })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/**
 * Moves what moderators did to a member's balances. What is left under way keeps as much of the
 * grants as it has taken; what is unspent goes. Nothing may begin, be granted or be reset meanwhile.
 */
export async function moveBalances(
  database: Pick<Database, 'postgres'>,
  trx: Kysely<Schema>,
  memberId: string,
  erasedId: string,
  at: number,
): Promise<void> {
  const balances = await trx
    .selectFrom('member_balances')
    .selectAll()
    .where('member_id', '=', memberId)
    .orderBy('guild_id')
    // What comes back to it meanwhile waits.
    .$if(database.postgres, (query) => query.forUpdate())
    .execute();
  await trx
    .updateTable('member_adjustments')
    .set({
      member_id: erasedId,
      reason: sql<string | null>`case when reason is null then null else '' end`,
    })
    .where('member_id', '=', memberId)
    .execute();
  await trx
    .updateTable('member_adjustments')
    .set({ by_id: erasedId })
    .where('by_id', '=', memberId)
    .execute();
  for (const { guild_id, granted, reset_at } of balances) {
    await trx
      .insertInto('member_balances')
      .values({ guild_id, member_id: erasedId, granted, reset_at })
      .onConflict((conflict) =>
        conflict.columns(['guild_id', 'member_id']).doUpdateSet((eb) => ({
          granted: eb('member_balances.granted', '+', eb.ref('excluded.granted')),
          reset_at: sql<number | null>`case
            when member_balances.reset_at >= excluded.reset_at or excluded.reset_at is null
            then member_balances.reset_at else excluded.reset_at end`,
        })),
      )
      .execute();
    const { taken } = await trx
      .selectFrom('ledger_entries')
      .select(sql<number>`cast(coalesce(sum(granted_credits), 0) as bigint)`.as('taken'))
      .where('member_id', '=', memberId)
      .where('guild_id', '=', guild_id)
      .executeTakeFirstOrThrow();
    if (taken === 0) {
      await trx
        .deleteFrom('member_balances')
        .where('guild_id', '=', guild_id)
        .where('member_id', '=', memberId)
        .execute();
    } else {
      await carryGranted(trx, guild_id, erasedId, memberId, taken, at);
      // In place: what comes back to it at this moment waits for this very row.
      await trx
        .updateTable('member_balances')
        .set({ granted: 0, reset_at: null })
        .where('guild_id', '=', guild_id)
        .where('member_id', '=', memberId)
        .execute();
    }
  }
}
