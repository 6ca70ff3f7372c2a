import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { MemberStore } from '../domain/member-store.ts';
import type { Database } from './database.ts';
import { emptyGeneration, endedGenerations } from './emptied.ts';
import { carryGranted, moveBalances } from './erase-balances.ts';
import { eraseFromLog } from './erase-log.ts';
import { noteErasure } from './erased.ts';
import { forgetAuthor } from './forget-author.ts';
import { hourMs } from './hours.ts';
import { takeTurn } from './locks.ts';
import type { Schema } from './schema.ts';
import { addToBuckets } from './ledger-buckets.ts';

/** So many generations in one transaction: others need the database meanwhile. */
const movedAtOnce = 200;

/** Takes a member out. It may be called again: what it did stays done, and what has ended since goes too. */
export function createErasing(database: Database): Pick<MemberStore, 'eraseMember'> {
  return {
    async eraseMember(memberId, at) {
      const erasedId = await database.transaction(async (trx) => {
        await trx.deleteFrom('drafts').where('member_id', '=', memberId).execute();
        return noteErasure(trx, memberId, at);
      });
      const generationIds: string[] = [];
      for (;;) {
        const moved = await moveGenerations(database, memberId, erasedId, at);
        generationIds.push(...moved);
        if (moved.length < movedAtOnce) break;
      }
      await eraseFromLog(database, memberId, erasedId);
      await forgetAuthor(database, memberId, erasedId);
      const left = await database.transaction(async (trx) => {
        await takeTurn(database, trx, 'begin');
        await moveBalances(database, trx, memberId, erasedId, at);
        return countOf(trx, memberId);
      });
      return { generationIds, left };
    },
  };
}

/** Empties generations that have ended, and moves what they cost to the id that stays. */
function moveGenerations(
  database: Database,
  memberId: string,
  erasedId: string,
  at: number,
): Promise<readonly string[]> {
  return database.transaction(async (trx) => {
    // No draft may look at the ledger while a part of what the member spent is on its way.
    await takeTurn(database, trx, 'begin');
    const rows = await endedGenerations(trx)
      .select(['id', 'guild_id', 'request', 'used', 'failure'])
      .where('member_id', '=', memberId)
      .orderBy('created_at')
      .orderBy('id')
      .limit(movedAtOnce)
      // What somebody is changing has not quite ended.
      .$if(database.postgres, (query) => query.forUpdate().skipLocked())
      .execute();
    const ids = rows.map((row) => row.id);
    if (ids.length === 0) return ids;
    for (const row of rows) {
      await emptyGeneration(trx, row, erasedId);
    }
    await trx
      .updateTable('ledger_entries')
      .set({ member_id: erasedId })
      .where('generation_id', 'in', ids)
      .execute();
    await moveSums(trx, ids, memberId, erasedId, at);
    return ids;
  });
}

/** Takes what the generations' entries add up to from the one id's sums to the other's. */
async function moveSums(
  trx: Kysely<Schema>,
  generationIds: readonly string[],
  memberId: string,
  erasedId: string,
  at: number,
): Promise<void> {
  const hour = sql<number>`counts_at / ${sql.lit(hourMs)}`;
  const sum = (column: 'member_credits' | 'shared_credits' | 'granted_credits') =>
    sql<number>`cast(sum(${sql.ref(column)}) as bigint)`.as(column);
  const parts = await trx
    .selectFrom('ledger_entries')
    .select([
      'guild_id',
      hour.as('hour'),
      sum('member_credits'),
      sum('shared_credits'),
      sum('granted_credits'),
    ])
    .where('generation_id', 'in', generationIds)
    .groupBy(['guild_id', hour])
    .execute();
  for (const part of parts) {
    const { member_credits, shared_credits, granted_credits } = part;
    const bucket = { ...part, member_id: erasedId };
    const taken = {
      ...part,
      member_id: memberId,
      member_credits: -member_credits,
      shared_credits: -shared_credits,
      granted_credits: -granted_credits,
    };
    // All guilds' first, as wherever else these are written, so that nobody waits crosswise.
    await addToBuckets(trx, [
      { ...taken, guild_id: '' },
      { ...bucket, guild_id: '' },
      taken,
      bucket,
    ]);
    await carryGranted(trx, part.guild_id, memberId, erasedId, granted_credits, at);
  }
  // The id itself must not stay in sums of nothing.
  await trx
    .deleteFrom('ledger_buckets')
    .where('member_id', '=', memberId)
    .where('guild_id', 'in', ['', ...new Set(parts.map((part) => part.guild_id))])
    .where('hour', 'in', [...new Set(parts.map((part) => part.hour))])
    .where('member_credits', '=', 0)
    .where('shared_credits', '=', 0)
    .where('granted_credits', '=', 0)
    .execute();
}

async function countOf(trx: Kysely<Schema>, memberId: string): Promise<number> {
  const { count } = await trx
    .selectFrom('generations')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('member_id', '=', memberId)
    .executeTakeFirstOrThrow();
  return count;
}
