import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import type { Spent, Window } from '../domain/ledger.ts';
import { hourMs, hourOf } from './hours.ts';
import type { Holders } from './holders.ts';
import { rowsOf } from './pots.ts';
import type { PotRows } from './pots.ts';
import type { Schema } from './schema.ts';

/** What of a window has to be read: entry by entry the hour that its old edge cuts, then whole hours. */
export interface Reach {
  readonly rows: PotRows;
  /** The first ms that counts. */
  readonly oldest: number;
  readonly cutHour: number;
  /** The last ms of the cut hour. */
  readonly cutEnd: number;
}

export function reachOf({ pot, lengthMs }: Window, holders: Holders, now: number): Reach {
  const { memberIds, resetAt } = holders(pot);
  // What was held exactly one length ago has just left the window.
  const oldest = Math.max(Math.floor(now - lengthMs), resetAt) + 1;
  const cutHour = hourOf(oldest);
  return { rows: rowsOf(pot, memberIds), oldest, cutHour, cutEnd: (cutHour + 1) * hourMs - 1 };
}

/**
 * What has been spent in each window, aligned with them. One statement, so that all figures are of
 * one moment; it reads an hour of entries and at most one bucket an hour for each window, however
 * long the history.
 */
export async function spentIn(
  db: Kysely<Schema>,
  windows: readonly Window[],
  holders: Holders,
  now: number,
): Promise<Spent[]> {
  if (windows.length === 0) return [];
  const reaches = windows.map((window) => reachOf(window, holders, now));
  const sums = reaches.map(sumsOf);
  const oldest = reaches.map(
    (reach, place) => sql`when ${sql.lit(place)} then (${oldestCounted(reach)})`,
  );
  const { rows } = await sql<{ place: number; credits: number; counted_at: number | null }>`
    with sums (place, cut, whole, first_hour) as materialized (${sql.join(sums, sql` union all `)})
    select place, cut + whole as credits, case place ${sql.join(oldest, sql` `)} end as counted_at
    from sums`.execute(db);
  const byPlace = new Map(rows.map((row) => [row.place, row]));
  return windows.map(({ lengthMs }, place) => {
    const row = byPlace.get(place);
    const countedAt = row?.counted_at ?? null;
    return {
      credits: row?.credits ?? 0,
      freesAt: countedAt === null ? null : countedAt + lengthMs,
    };
  });
}

/** The sums of the cut hour and of the whole hours, and the first of these in which something counts. */
function sumsOf(reach: Reach, place: number): RawBuilder<unknown> {
  const { buckets, entries, amount } = reach.rows;
  const whole = sql`ledger_buckets as b where ${buckets('b')} and b.hour > ${reach.cutHour}`;
  return sql`select ${sql.lit(place)},
    (select cast(coalesce(sum(${amount('e')}), 0) as bigint) from ledger_entries as e
      where ${entries('e')} and e.counts_at >= ${reach.oldest} and e.counts_at <= ${reach.cutEnd}),
    (select cast(coalesce(sum(${amount('b')}), 0) as bigint) from ${whole}),
    (select b.hour from ${whole} and ${amount('b')} > 0 order by b.hour limit 1)`;
}

/** When the oldest generation counts that was not returned. */
function oldestCounted(reach: Reach): RawBuilder<unknown> {
  const { entries, amount } = reach.rows;
  const inCut = (then: RawBuilder<unknown>, otherwise: RawBuilder<unknown>): RawBuilder<unknown> =>
    sql`case when sums.cut > 0 then ${then} else ${otherwise} end`;
  const from = inCut(
    sql`cast(${reach.oldest} as bigint)`,
    sql`sums.first_hour * ${sql.lit(hourMs)}`,
  );
  const to = inCut(
    sql`cast(${reach.cutEnd} as bigint)`,
    sql`(sums.first_hour + 1) * ${sql.lit(hourMs)} - 1`,
  );
  return sql`select e.counts_at from ledger_entries as e
    where ${entries('e')} and e.counts_at >= ${from} and e.counts_at <= ${to}
      and (select sum(${amount('every')}) from ledger_entries as every
        where every.generation_id = e.generation_id) > 0
    order by e.counts_at limit 1`;
}
