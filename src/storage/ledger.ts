import { sql } from 'kysely';
import type { Kysely, Selectable } from 'kysely';
import { hourOf } from './hours.ts';
import type { EntryKind, GenerationsTable, Schema } from './schema.ts';
import { addToBuckets } from './ledger-buckets.ts';

/** What one entry changes; all amounts may be negative. */
export interface Change {
  readonly kind: EntryKind;
  /** For the member's windows. */
  readonly memberCredits: number;
  /** For the guild's and the bot's windows. */
  readonly sharedCredits: number;
  /** The part of the member's credits that comes from what was granted to them. */
  readonly grantedCredits: number;
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
  const { memberCredits, sharedCredits, grantedCredits, at } = change;
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
      granted_credits: grantedCredits,
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
    granted_credits: grantedCredits,
  };
  await addToBuckets(trx, [
    // The bot's row first: it is the one that all transactions of an hour share, so that on
    // Postgres they wait for each other here and never crosswise.
    { guild_id: '', member_id: '', ...sums },
    { guild_id: owner.guild_id, member_id: '', ...sums },
    { guild_id: '', member_id: owner.member_id, ...sums },
    { guild_id: owner.guild_id, member_id: owner.member_id, ...sums },
  ]);
  if (grantedCredits !== 0) {
    await trx
      .updateTable('member_balances')
      .set((eb) => ({ granted: eb('granted', '-', grantedCredits) }))
      .where('guild_id', '=', owner.guild_id)
      .where('member_id', '=', owner.member_id)
      .execute();
  }
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

/** How many of a generation's credits were paid by granted ones and have not come back. */
export async function grantedPart(trx: Kysely<Schema>, generationId: string): Promise<number> {
  const row = await trx
    .selectFrom('ledger_entries')
    .select(sql<number>`cast(coalesce(sum(granted_credits), 0) as bigint)`.as('credits'))
    .where('generation_id', '=', generationId)
    .executeTakeFirstOrThrow();
  return row.credits;
}

/** A provider's unit in whole millionths, since a provider may charge fractions (0.0001). */
export function toMicros(cost: number): number {
  return Math.round(cost * 1_000_000);
}

export function fromMicros(micros: number): number {
  return micros / 1_000_000;
}
