import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Spent, Usage } from '../domain/ledger.ts';
import type { Schema } from './schema.ts';

export const hourMs = 3_600_000;

/** How long a credit counts against the caps. */
const usageWindowMs = 24 * hourMs;

export function hourOf(time: number): number {
  return Math.floor(time / hourMs);
}

/** Whose window it is, and which of an entry's two amounts counts in it. */
const subjects = ['member', 'guild', 'bot'] as const;
type Subject = (typeof subjects)[number];
const amount = {
  member: 'member_credits',
  guild: 'shared_credits',
  bot: 'shared_credits',
} as const;

/** A stretch of time, both ends included. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * What counts in the 24 hours before `now`: whole hours from the buckets, and entry by entry the
 * hour that the window's old edge cuts. Reads at most 25 buckets and an hour of entries for each
 * subject, however long the history.
 */
export async function usageOf(
  db: Kysely<Schema>,
  guildId: string,
  memberId: string,
  now: number,
): Promise<Usage> {
  const ids = { guildId, memberId };
  // What was held exactly 24 h ago has just left the window.
  const oldest = Math.floor(now - usageWindowMs) + 1;
  const cutHour = hourOf(oldest);
  const cut: Stretch = { from: oldest, to: (cutHour + 1) * hourMs - 1 };
  const buckets = await wholeHours(db, ids, cutHour);
  const partial = await sums(db, ids, cut);

  const credits: Record<Subject, number> = { ...partial };
  const since: Record<Subject, Stretch | undefined> = {
    member: partial.member > 0 ? cut : undefined,
    guild: partial.guild > 0 ? cut : undefined,
    bot: partial.bot > 0 ? cut : undefined,
  };
  for (const bucket of buckets) {
    const subject = bucket.member_id !== '' ? 'member' : bucket.guild_id !== '' ? 'guild' : 'bot';
    const sum = bucket[amount[subject]];
    credits[subject] += sum;
    if (sum > 0) {
      since[subject] ??= { from: bucket.hour * hourMs, to: (bucket.hour + 1) * hourMs - 1 };
    }
  }
  const freesAt = await oldestCounted(db, ids, since);
  const spent = (subject: Subject): Spent => {
    const countedAt = freesAt[subject];
    return {
      credits: credits[subject],
      freesAt: countedAt === null ? null : countedAt + usageWindowMs,
    };
  };
  return { member: spent('member'), guild: spent('guild'), bot: spent('bot') };
}

/** The usage once so many more credits have been held. */
export function withHeld(usage: Usage, credits: number, at: number): Usage {
  const more = (spent: Spent): Spent => ({
    credits: spent.credits + credits,
    freesAt: spent.freesAt ?? (credits > 0 ? at + usageWindowMs : null),
  });
  return { member: more(usage.member), guild: more(usage.guild), bot: more(usage.bot) };
}

interface Ids {
  readonly guildId: string;
  readonly memberId: string;
}

async function wholeHours(
  db: Kysely<Schema>,
  ids: Ids,
  afterHour: number,
): Promise<Schema['ledger_buckets'][]> {
  const of = (guildId: string, memberId: string) =>
    db
      .selectFrom('ledger_buckets')
      .selectAll()
      .where('guild_id', '=', guildId)
      .where('member_id', '=', memberId)
      .where('hour', '>', afterHour);
  return of('', ids.memberId)
    .unionAll(of(ids.guildId, ''))
    .unionAll(of('', ''))
    .orderBy('hour')
    .execute();
}

async function sums(
  db: Kysely<Schema>,
  ids: Ids,
  stretch: Stretch,
): Promise<Record<Subject, number>> {
  const of = (subject: Subject) =>
    entriesOf(db, subject, ids, stretch).select((eb) =>
      sql<number>`cast(coalesce(${eb.fn.sum(`e.${amount[subject]}`)}, 0) as bigint)`.as('sum'),
    );
  const found = await db
    .selectNoFrom([of('member').as('member'), of('guild').as('guild'), of('bot').as('bot')])
    .executeTakeFirstOrThrow();
  return { member: found.member ?? 0, guild: found.guild ?? 0, bot: found.bot ?? 0 };
}

/** When the oldest generation of each stretch counts that was not returned. */
async function oldestCounted(
  db: Kysely<Schema>,
  ids: Ids,
  stretches: Record<Subject, Stretch | undefined>,
): Promise<Record<Subject, number | null>> {
  const none = { member: null, guild: null, bot: null };
  if (subjects.every((subject) => stretches[subject] === undefined)) return none;
  const of = (subject: Subject) =>
    entriesOf(db, subject, ids, stretches[subject] ?? { from: 0, to: -1 })
      .select('e.counts_at')
      .where((eb) =>
        eb(
          eb
            .selectFrom('ledger_entries as all')
            .whereRef('all.generation_id', '=', 'e.generation_id')
            .select((all) => all.fn.sum<number>(`all.${amount[subject]}`).as('net')),
          '>',
          0,
        ),
      )
      .orderBy('e.counts_at')
      .limit(1);
  return db
    .selectNoFrom([of('member').as('member'), of('guild').as('guild'), of('bot').as('bot')])
    .executeTakeFirstOrThrow();
}

function entriesOf(db: Kysely<Schema>, subject: Subject, ids: Ids, stretch: Stretch) {
  const within = db
    .selectFrom('ledger_entries as e')
    .where('e.counts_at', '>=', stretch.from)
    .where('e.counts_at', '<=', stretch.to);
  if (subject === 'member') return within.where('e.member_id', '=', ids.memberId);
  if (subject === 'guild') return within.where('e.guild_id', '=', ids.guildId);
  return within;
}
