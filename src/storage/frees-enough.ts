import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Window } from '../domain/ledger.ts';
import { hourMs } from './hours.ts';
import { holdersOf } from './holders.ts';
import type { PotRows } from './pots.ts';
import type { Schema } from './schema.ts';
import { reachOf } from './windows.ts';

interface Part {
  /** A time, or an hour. */
  readonly at: number;
  readonly credits: number;
}

/** When at least so many credits of those in the window have left it; `null` where so many are not in it. */
export async function freesEnoughAt(
  db: Kysely<Schema>,
  window: Window,
  credits: number,
  now: number,
): Promise<number | null> {
  const { rows, oldest, cutHour, cutEnd } = reachOf(window, await holdersOf(db, [window.pot]), now);
  const cut = crossing(await moments(db, rows, oldest, cutEnd), credits);
  if (cut.at !== undefined) return cut.at + window.lengthMs;
  const hour = crossing(await hours(db, rows, cutHour), cut.missing);
  if (hour.at === undefined) return null;
  const begin = hour.at * hourMs;
  const within = crossing(await moments(db, rows, begin, begin + hourMs - 1), hour.missing);
  return within.at === undefined ? null : within.at + window.lengthMs;
}

/** The part with which a sum of so many credits is reached, and what is missing before it (or at the end). */
function crossing(
  parts: readonly Part[],
  credits: number,
): { readonly at: number | undefined; readonly missing: number } {
  let missing = credits;
  for (const part of parts) {
    if (part.credits >= missing) return { at: part.at, missing };
    missing -= part.credits;
  }
  return { at: undefined, missing };
}

/** What counts at each moment of a stretch of time, both ends included, oldest first. */
async function moments(
  db: Kysely<Schema>,
  { entries, amount }: PotRows,
  from: number,
  to: number,
): Promise<Part[]> {
  const { rows } = await sql<Part>`
    select e.counts_at as at, cast(sum(${amount('e')}) as bigint) as credits
    from ledger_entries as e
    where ${entries('e')} and e.counts_at >= ${from} and e.counts_at <= ${to}
    group by e.counts_at order by e.counts_at`.execute(db);
  return rows;
}

/** What counts in each hour after the given one, oldest first. */
async function hours(
  db: Kysely<Schema>,
  { buckets, amount }: PotRows,
  afterHour: number,
): Promise<Part[]> {
  const { rows } = await sql<Part>`
    select b.hour as at, cast(sum(${amount('b')}) as bigint) as credits
    from ledger_buckets as b
    where ${buckets('b')} and b.hour > ${afterHour}
    group by b.hour order by b.hour`.execute(db);
  return rows;
}
