import type { Kysely, Selectable } from 'kysely';
import type { Schema } from './schema.ts';

/** Adds to the hourly sums, in the order given; one that is not there yet begins with it. */
export async function addToBuckets(
  trx: Kysely<Schema>,
  buckets: readonly Selectable<Schema['ledger_buckets']>[],
): Promise<void> {
  await trx
    .insertInto('ledger_buckets')
    .values(buckets)
    .onConflict((conflict) =>
      conflict.columns(['guild_id', 'member_id', 'hour']).doUpdateSet((eb) => ({
        member_credits: eb('ledger_buckets.member_credits', '+', eb.ref('excluded.member_credits')),
        shared_credits: eb('ledger_buckets.shared_credits', '+', eb.ref('excluded.shared_credits')),
        granted_credits: eb(
          'ledger_buckets.granted_credits',
          '+',
          eb.ref('excluded.granted_credits'),
        ),
      })),
    )
    .execute();
}
