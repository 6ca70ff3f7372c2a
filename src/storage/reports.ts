import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { GuildReport, MemberStore } from '../domain/member-store.ts';
import { periodMs } from '../domain/rule.ts';
import type { Database } from './database.ts';
import { erasedPrefix } from './erased.ts';
import type { Marked } from './emptied.ts';
import { readableGenerations } from './rows.ts';
import type { Schema } from './schema.ts';

type Reports = Pick<MemberStore, 'findByMessage' | 'latestOf' | 'report'>;

const reportedDays = 30;
const topMembers = 10;
const hoursADay = 24;

/** What moderators look up. */
export function createReports(database: Database): Reports {
  return {
    findByMessage: (guildId, messageId) =>
      database.run(async (db) => {
        const rows = await db
          .selectFrom('generations')
          .selectAll()
          .where('message_id', '=', messageId)
          .where('guild_id', '=', guildId)
          // A comparison has one message for several.
          .orderBy('created_at')
          .orderBy('id')
          .execute();
        return readableGenerations(database, rows)[0];
      }),

    latestOf: (guildId, memberId, limit) =>
      database.run(async (db) => {
        const rows = await db
          .withTables<Marked>()
          .selectFrom('generations')
          .selectAll()
          .where('member_id', '=', memberId)
          .where('state', '=', 'made')
          .where('emptied', 'is', null)
          .$if(guildId !== null, (query) => query.where('guild_id', '=', guildId))
          .orderBy('created_at', 'desc')
          .orderBy('id', 'desc')
          .limit(limit)
          .execute();
        return readableGenerations(database, rows);
      }),

    report: (guildId, now) =>
      database.snapshot(async (trx) => {
        const today = Math.floor(now / periodMs.day);
        const first = today - reportedDays + 1;
        const days = await creditsByDay(trx, guildId, first);
        return {
          credits: days.reduce((sum, day) => sum + day.credits, 0),
          ...(await made(trx, guildId, first * periodMs.day)),
          ...(await spenders(trx, guildId, first)),
          refusals: await refusals(trx, guildId, first * periodMs.day),
          days,
        };
      }),
  };
}

/** Each of the days from the given one (days since the epoch) on. */
async function creditsByDay(
  trx: Kysely<Schema>,
  guildId: string,
  first: number,
): Promise<GuildReport['days']> {
  const day = sql<number>`hour / ${sql.lit(hoursADay)}`;
  const rows = await trx
    .selectFrom('ledger_buckets')
    .select([day.as('day'), bigSum('member_credits').as('credits')])
    .where('guild_id', '=', guildId)
    .where('member_id', '=', '')
    .where('hour', '>=', first * hoursADay)
    .groupBy(day)
    .execute();
  const credits = new Map(rows.map((row) => [row.day, row.credits]));
  return Array.from({ length: reportedDays }, (_, index) => ({
    day: (first + index) * periodMs.day,
    credits: credits.get(first + index) ?? 0,
  }));
}

async function spenders(
  trx: Kysely<Schema>,
  guildId: string,
  first: number,
): Promise<Pick<GuildReport, 'members' | 'top'>> {
  const rows = await trx
    .selectFrom('ledger_buckets')
    .select([
      'member_id',
      bigSum('member_credits').as('credits'),
      sql<number>`count(*) over ()`.as('members'),
    ])
    .where('guild_id', '=', guildId)
    .where('member_id', '<>', '')
    .where('hour', '>=', first * hoursADay)
    .groupBy('member_id')
    // Who was erased is counted, but nobody's name.
    .orderBy(sql`case when member_id like ${`${erasedPrefix}%`} then 1 else 0 end`)
    .orderBy('credits', 'desc')
    .orderBy('member_id')
    .limit(topMembers)
    .execute();
  return {
    members: rows[0]?.members ?? 0,
    top: rows
      .filter((row) => row.credits > 0 && !row.member_id.startsWith(erasedPrefix))
      .map((row) => ({ memberId: row.member_id, credits: row.credits })),
  };
}

/** Requests that came to pictures, and how many pictures; found in an index alone where they cost credits. */
async function made(
  trx: Kysely<Schema>,
  guildId: string,
  since: number,
): Promise<Pick<GuildReport, 'requests' | 'pictures'>> {
  const those = trx
    .selectFrom('generations')
    .where('guild_id', '=', guildId)
    .where('made_at', 'is not', null)
    .where('made_at', '>=', since);
  const sums = await those
    .select([
      sql<number>`count(*)`.as('requests'),
      sql<number>`count(case when price = 0 then 1 end)`.as('free'),
      sql<number>`cast(coalesce(sum(case when price > 0 then credits / price end), 0) as bigint)`.as(
        'pictures',
      ),
    ])
    .executeTakeFirstOrThrow();
  if (sums.free === 0) return { requests: sums.requests, pictures: sums.pictures };
  const marker = '"kind":';
  const free = await those
    .select(
      sql<number>`cast(coalesce(sum((length(sources) - length(replace(sources, ${marker}, '')))
        / ${sql.lit(marker.length)}), 0) as bigint)`.as('pictures'),
    )
    .where('price', '=', 0)
    .executeTakeFirstOrThrow();
  return { requests: sums.requests, pictures: sums.pictures + free.pictures };
}

async function refusals(
  trx: Kysely<Schema>,
  guildId: string,
  since: number,
): Promise<GuildReport['refusals']> {
  const rows = await trx
    .selectFrom('guild_log')
    .select((eb) => [
      eb.ref('reason').$notNull().as('reason'),
      eb.fn.countAll<number>().as('count'),
    ])
    .where('guild_id', '=', guildId)
    .where('at', '>=', since)
    .where('reason', 'is not', null)
    .groupBy('reason')
    .orderBy('count', 'desc')
    .orderBy('reason')
    .execute();
  return rows;
}

function bigSum(column: 'member_credits') {
  return sql<number>`cast(sum(${sql.ref(column)}) as bigint)`;
}
