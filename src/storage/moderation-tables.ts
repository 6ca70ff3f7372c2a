import { sql } from 'kysely';
import type { Generated, Kysely } from 'kysely';
import type { GuildEvent } from '../domain/guild-log.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Schema } from './schema.ts';

/** The tables of what moderators set, of the guilds' logs, of kept drafts, and of those who were erased. */
export interface ModerationTables {
  guild_settings: GuildSettingsTable;
  settings_changes: SettingsChangesTable;
  blocks: BlocksTable;
  word_hits: WordHitsTable;
  guild_log: GuildLogTable;
  drafts: DraftsTable;
  erasures: ErasuresTable;
  secrets: SecretsTable;
}

/** A row stands where something was set. */
interface GuildSettingsTable {
  guild_id: string;
  version: number;
  /** JSON of the guild's rules. */
  rules: string;
  /** The same as in the rules, so that an entry of the log can ask for it. */
  log_channel_id: string | null;
  /** The number of the latest change of this guild among all guilds' changes. */
  changed: number;
}

/**
 * One row: the number of the latest change of any guild's settings. Whoever changes settings holds
 * it until the end of the transaction, so that a lower number is never seen after a higher one.
 */
interface SettingsChangesTable {
  id: number;
  latest: number;
}

interface BlocksTable {
  guild_id: string;
  member_id: string;
  ends_at: number | null;
  reason: string | null;
  by_id: string;
  at: number;
}

interface WordHitsTable {
  guild_id: string;
  rule_id: string;
  hits: number;
}

export interface GuildLogTable {
  id: Generated<number>;
  guild_id: string;
  at: number;
  by_id: string;
  kind: GuildEvent['kind'];
  /** JSON. */
  event: string;
  /** Of a refusal only. */
  reason: Refusal['reason'] | null;
  /** Members named in the event besides `by_id`, each between spaces; `null` where there are none. */
  mentions: string | null;
  /** When it was written, until it has been taken for the log channel; `null` where there was none. */
  unposted_since: number | null;
}

interface DraftsTable {
  id: string;
  guild_id: string;
  member_id: string;
  /** JSON. */
  request: string;
  /** 1 or 0. */
  private: number;
  expires_at: number;
}

/** Members who were taken out, under the id that they have since. */
interface ErasuresTable {
  erased_id: string;
  at: number;
}

interface SecretsTable {
  name: string;
  value: string;
}

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
