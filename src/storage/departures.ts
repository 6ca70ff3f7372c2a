import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** No API window that is paced by departures is longer. */
const keptMs = 3_600_000;
const readAtMost = 10_000;

/** Notes that a request left for the account's API, and forgets those that no window reaches. */
export async function noteDeparture(
  trx: Kysely<Schema>,
  account: string,
  generationId: string,
  at: number,
): Promise<void> {
  await trx
    .insertInto('departures')
    .values({ account, at, generation_id: generationId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await trx
    .deleteFrom('departures')
    .where('account', '=', account)
    .where('at', '<', at - keptMs)
    .execute();
}

/** Departures at or after the time, oldest first; the newest 10 000 where there are more. */
export async function departuresSince(
  db: Kysely<Schema>,
  account: string,
  since: number,
): Promise<number[]> {
  const rows = await db
    .selectFrom('departures')
    .select('at')
    .where('account', '=', account)
    .where('at', '>=', since)
    .orderBy('at', 'desc')
    .limit(readAtMost)
    .execute();
  return rows.map((row) => row.at).toReversed();
}
