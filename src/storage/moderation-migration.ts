import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** The third migration. */
export async function createModerationTables(
  trx: Kysely<Schema>,
  postgres: boolean,
): Promise<void> {
  await settingsTables(trx);
  await logTable(trx, postgres);
  await memberTables(trx);
  await indexesOfReports(trx);
}

async function settingsTables({ schema }: Kysely<Schema>): Promise<void> {
  await schema
    .createTable('guild_settings')
    .addColumn('guild_id', 'text', (column) => column.primaryKey())
    .addColumn('version', 'bigint', (column) => column.notNull())
    .addColumn('rules', 'text', (column) => column.notNull())
    .addColumn('log_channel_id', 'text')
    .addColumn('changed', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createIndex('guild_settings_changed')
    .on('guild_settings')
    .column('changed')
    .execute();
  await schema
    .createTable('settings_changes')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('latest', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('blocks')
    .addColumn('guild_id', 'text', (column) => column.notNull())
    .addColumn('member_id', 'text', (column) => column.notNull())
    .addColumn('ends_at', 'bigint')
    .addColumn('reason', 'text')
    .addColumn('by_id', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('blocks_key', ['guild_id', 'member_id'])
    .execute();
  await schema
    .createTable('word_hits')
    .addColumn('guild_id', 'text', (column) => column.notNull())
    .addColumn('rule_id', 'text', (column) => column.notNull())
    .addColumn('hits', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('word_hits_key', ['guild_id', 'rule_id'])
    .execute();
}

async function logTable({ schema }: Kysely<Schema>, postgres: boolean): Promise<void> {
  await schema
    .createTable('guild_log')
    .addColumn('id', postgres ? 'bigserial' : 'integer', (column) => column.primaryKey())
    .addColumn('guild_id', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('by_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('event', 'text', (column) => column.notNull())
    .addColumn('reason', 'text')
    .addColumn('mentions', 'text')
    .addColumn('unposted_since', 'bigint')
    .execute();
  await schema
    .createIndex('guild_log_of_guild')
    .on('guild_log')
    .columns(['guild_id', 'kind', 'id'])
    .execute();
  await schema.createIndex('guild_log_by').on('guild_log').columns(['by_id', 'id']).execute();
  await schema.createIndex('guild_log_at').on('guild_log').column('at').execute();
  await schema
    .createIndex('guild_log_refusals')
    .on('guild_log')
    .columns(['guild_id', 'at', 'reason'])
    .where(sql.ref('reason'), 'is not', null)
    .execute();
  await schema
    .createIndex('guild_log_mentions')
    .on('guild_log')
    .column('mentions')
    .where(sql.ref('mentions'), 'is not', null)
    .execute();
  await schema
    .createIndex('guild_log_unposted')
    .on('guild_log')
    .columns(['guild_id', 'id'])
    .where(sql.ref('unposted_since'), 'is not', null)
    .execute();
}

async function memberTables({ schema }: Kysely<Schema>): Promise<void> {
  await schema
    .createTable('drafts')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('guild_id', 'text', (column) => column.notNull())
    .addColumn('member_id', 'text', (column) => column.notNull())
    .addColumn('request', 'text', (column) => column.notNull())
    .addColumn('private', 'integer', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('drafts_expire').on('drafts').column('expires_at').execute();
  await schema
    .createTable('erasures')
    .addColumn('erased_id', 'text', (column) => column.primaryKey())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('secrets')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute();
}

/** What reports, retention and erasing read of the generations and of the ledger. */
async function indexesOfReports({ schema }: Kysely<Schema>): Promise<void> {
  // 1 once its prompt, results and destination are gone.
  await schema.alterTable('generations').addColumn('emptied', 'integer').execute();
  await schema
    .createIndex('generations_not_emptied')
    .on('generations')
    .column('created_at')
    .where(sql.ref('emptied'), 'is', null)
    .execute();
  await schema
    .createIndex('generations_of_member')
    .on('generations')
    .columns(['member_id', 'created_at'])
    .execute();
  // Holds what a report adds up, so that a month of a guild is read without the rows.
  await schema
    .createIndex('generations_made_in_guild')
    .on('generations')
    .columns(['guild_id', 'made_at', 'price', 'credits'])
    .where(sql.ref('made_at'), 'is not', null)
    .execute();
  // Without the sums, so that changing them leaves it alone.
  await schema
    .createIndex('ledger_buckets_of_guild')
    .on('ledger_buckets')
    .columns(['guild_id', 'hour'])
    .execute();
}
