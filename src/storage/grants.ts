import { sql } from 'kysely';
import type { Insertable, Kysely } from 'kysely';
import type { LedgerStore } from '../domain/ledger-store.ts';
import type { RuleChange } from '../domain/rule-change.ts';
import type { Database } from './database.ts';
import { writeLog } from './guild-log.ts';
import { takeTurn } from './locks.ts';
import type { Schema } from './schema.ts';

type Grants = Pick<LedgerStore, 'grant' | 'reset'>;

/** What moderators do to a member's balance in their guild. */
export function createGrants(database: Database): Grants {
  return {
    grant: (guildId, memberId, { credits, reason, by, at }) =>
      database.transaction(async (trx) => {
        // No draft may find credits that are taken back at this moment.
        await takeTurn(database, trx, 'begin');
        const row = await trx
          .selectFrom('member_balances')
          .select('granted')
          .where('guild_id', '=', guildId)
          .where('member_id', '=', memberId)
          // What is returned to it meanwhile is not seen, and must not change the sum below.
          .$if(database.postgres, (query) => query.forUpdate())
          .executeTakeFirst();
        const before = row?.granted ?? 0;
        const after = Math.max(0, before + credits);
        if (!Number.isSafeInteger(credits) || !Number.isSafeInteger(after)) {
          throw new RangeError('Granted credits are integers.');
        }
        const change: RuleChange = { what: 'grant', memberId, before, after, reason };
        if (after === before) return change;
        await adjust(trx, {
          guild_id: guildId,
          member_id: memberId,
          kind: 'grant',
          credits: after - before,
          reason,
          by_id: by,
          at,
        });
        await writeLog(trx, guildId, by, { kind: 'change', change }, at);
        return change;
      }),

    reset: (guildId, memberId, by, at) =>
      database.transaction(async (trx) => {
        await takeTurn(database, trx, 'begin');
        await adjust(trx, {
          guild_id: guildId,
          member_id: memberId,
          kind: 'reset',
          credits: 0,
          reason: null,
          by_id: by,
          at,
        });
        const change: RuleChange = { what: 'reset', memberId };
        await writeLog(trx, guildId, by, { kind: 'change', change }, at);
        return change;
      }),
  };
}

/** Writes an adjustment down and keeps the member's balance in step. */
async function adjust(
  trx: Kysely<Schema>,
  adjustment: Insertable<Schema['member_adjustments']>,
): Promise<void> {
  const { guild_id, member_id, kind, credits, at } = adjustment;
  await trx.insertInto('member_adjustments').values(adjustment).execute();
  await trx
    .insertInto('member_balances')
    .values({ guild_id, member_id, granted: credits, reset_at: kind === 'reset' ? at : null })
    .onConflict((conflict) =>
      conflict.columns(['guild_id', 'member_id']).doUpdateSet((eb) => ({
        granted: eb('member_balances.granted', '+', eb.ref('excluded.granted')),
        // By another clock it may be older than one that is there; the latest stays.
        reset_at: sql<number | null>`case
          when member_balances.reset_at >= excluded.reset_at or excluded.reset_at is null
          then member_balances.reset_at else excluded.reset_at end`,
      })),
    )
    .execute();
}
