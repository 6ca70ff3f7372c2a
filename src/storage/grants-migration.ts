import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** The second migration: what moderators grant and reset, and the granted part of every sum. */
export async function grantsAndResets(trx: Kysely<Schema>, postgres: boolean): Promise<void> {
  const { schema } = trx;
  for (const table of ['ledger_entries', 'ledger_buckets'] as const) {
    await schema
      .alterTable(table)
      .addColumn('granted_credits', 'bigint', (column) => column.notNull().defaultTo(0))
      .execute();
  }

  await schema
    .createTable('member_adjustments')
    .addColumn('id', postgres ? 'bigserial' : 'integer', (column) => column.primaryKey())
    .addColumn('guild_id', 'text', (column) => column.notNull())
    .addColumn('member_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('credits', 'bigint', (column) => column.notNull())
    .addColumn('reason', 'text')
    .addColumn('by_id', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createIndex('member_adjustments_of_member')
    .on('member_adjustments')
    .columns(['member_id', 'guild_id'])
    .execute();
  await schema
    .createTable('member_balances')
    .addColumn('guild_id', 'text', (column) => column.notNull())
    .addColumn('member_id', 'text', (column) => column.notNull())
    .addColumn('granted', 'bigint', (column) => column.notNull())
    .addColumn('reset_at', 'bigint')
    .addPrimaryKeyConstraint('member_balances_key', ['guild_id', 'member_id'])
    .execute();

  // A member's hour is added up from the index alone, in one guild or across all.
  await schema.dropIndex('ledger_entries_of_member').execute();
  await schema
    .createIndex('ledger_entries_of_member')
    .on('ledger_entries')
    .columns(['member_id', 'counts_at', 'guild_id', 'member_credits', 'granted_credits'])
    .execute();

  await schema
    .createIndex('generations_begun')
    .on('generations')
    .columns(['guild_id', 'member_id', 'created_at'])
    .where(sql`state`, '<>', sql.lit('returned'))
    .execute();
  await schema
    .createIndex('generations_by_message')
    .on('generations')
    .column('message_id')
    .where(sql.ref('message_id'), 'is not', null)
    .execute();
}
