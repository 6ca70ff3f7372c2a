import { sql } from 'kysely';
import type { Kysely, Selectable } from 'kysely';
import type { EntryKind, GenerationsTable, Schema } from './schema.ts';
import { hourOf } from './usage.ts';

/** What one entry changes; all amounts may be negative. */
export interface Change {
  readonly kind: EntryKind;
  /** For the member's window. */
  readonly memberCredits: number;
  /** For the guild's and the bot's windows. */
  readonly sharedCredits: number;
  /** What the provider charged, in its own unit. */
  readonly providerCost?: number;
  /** What the provider may have charged. */
  readonly unknownCost?: number;
  readonly at: number;
}

type Owner = Pick<
  Selectable<GenerationsTable>,
  'id' | 'guild_id' | 'member_id' | 'account' | 'created_at'
>;

/**
 * Writes one entry of a generation and keeps every sum in step. It belongs in the transaction that
 * changes the generation's state.
 */
export async function book(trx: Kysely<Schema>, owner: Owner, change: Change): Promise<void> {
  const { memberCredits, sharedCredits, at } = change;
  const settledMicros = toMicros(change.providerCost ?? 0);
  const unknownMicros = toMicros(change.unknownCost ?? 0);
  await trx
    .insertInto('ledger_entries')
    .values({
      generation_id: owner.id,
      kind: change.kind,
      guild_id: owner.guild_id,
      member_id: owner.member_id,
      account: owner.account,
      member_credits: memberCredits,
      shared_credits: sharedCredits,
      provider_cost_micros: settledMicros,
      unknown_cost_micros: unknownMicros,
      counts_at: owner.created_at,
      at,
    })
    .execute();
  const sums = {
    hour: hourOf(owner.created_at),
    member_credits: memberCredits,
    shared_credits: sharedCredits,
  };
  await trx
    .insertInto('ledger_buckets')
    .values([
      // The bot's row first: it is the one that all transactions of an hour share, so that on
      // Postgres they wait for each other here and never crosswise.
      { guild_id: '', member_id: '', ...sums },
      { guild_id: owner.guild_id, member_id: '', ...sums },
      { guild_id: '', member_id: owner.member_id, ...sums },
      { guild_id: owner.guild_id, member_id: owner.member_id, ...sums },
    ])
    .onConflict((conflict) =>
      conflict.columns(['guild_id', 'member_id', 'hour']).doUpdateSet((eb) => ({
        member_credits: eb('ledger_buckets.member_credits', '+', eb.ref('excluded.member_credits')),
        shared_credits: eb('ledger_buckets.shared_credits', '+', eb.ref('excluded.shared_credits')),
      })),
    )
    .execute();
  if (settledMicros === 0 && unknownMicros === 0) return;
  await trx
    .insertInto('accounts')
    .values({
      account: owner.account,
      credits_micros: null,
      since: null,
      spent_micros: 0,
      settled_micros: settledMicros,
      unknown_micros: unknownMicros,
    })
    .onConflict((conflict) =>
      conflict.column('account').doUpdateSet((eb) => ({
        settled_micros: eb('accounts.settled_micros', '+', eb.ref('excluded.settled_micros')),
        unknown_micros: eb('accounts.unknown_micros', '+', eb.ref('excluded.unknown_micros')),
        spent_micros: sql<number>`accounts.spent_micros + case when accounts.since <= ${at}
          then excluded.settled_micros + excluded.unknown_micros else 0 end`,
      })),
    )
    .execute();
}

/** A provider's unit in whole millionths, since a provider may charge fractions (0.0001). */
export function toMicros(cost: number): number {
  return Math.round(cost * 1_000_000);
}

export function fromMicros(micros: number): number {
  return micros / 1_000_000;
}
