import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Database } from './database.ts';
import { StoreError } from './errors.ts';
import { grantsAndResets } from './grants-migration.ts';
import { takeTurn } from './locks.ts';
import { createModerationTables } from './moderation-migration.ts';
import type { Schema } from './schema.ts';
import { severalModels } from './several-models-migration.ts';

type Migration = (trx: Kysely<Schema>, postgres: boolean) => Promise<void>;

/** In order, forward only; one that was released is never changed. */
const migrations: readonly Migration[] = [
  generationsAndLedger,
  grantsAndResets,
  createModerationTables,
  severalModels,
];

/**
 * Brings the tables up to date in one transaction; several processes may do it at once.
 *
 * @throws {StoreError} where the tables are newer than this program
 */
export async function migrate(database: Database, at: number): Promise<void> {
  await database.transaction(async (trx) => {
    await takeTurn(database, trx, 'migrate');
    await trx.schema
      .createTable('schema_version')
      .ifNotExists()
      .addColumn('version', 'integer', (column) => column.primaryKey())
      .addColumn('applied_at', 'bigint', (column) => column.notNull())
      .execute();
    const from = await versionOf(trx);
    refuseNewer(from);
    for (const [index, apply] of migrations.entries()) {
      if (index < from) continue;
      await apply(trx, database.postgres);
      await trx
        .insertInto('schema_version')
        .values({ version: index + 1, applied_at: at })
        .execute();
    }
  });
}

/**
 * For those who only read.
 *
 * @throws {StoreError} where the tables are older or newer than this program, or are not ours
 */
export async function requireTables(database: Database): Promise<void> {
  const version = await database.snapshot(async (trx) => {
    const tables = await trx.introspection.getTables();
    return tables.some(({ name }) => name === 'schema_version') ? versionOf(trx) : undefined;
  });
  if (version === undefined) {
    throw new StoreError('The database is none of Easel: it has no tables of its own.');
  }
  refuseNewer(version);
  if (version < migrations.length) {
    throw new StoreError(
      `The tables of the database are older than this Easel (${version}, this one knows ${migrations.length}). Start the bot once; that brings them up to date.`,
    );
  }
}

function refuseNewer(version: number): void {
  if (version <= migrations.length) return;
  throw new StoreError(
    `The database was written by a newer Easel (tables ${version}, this one knows ${migrations.length}). Start the newer version again.`,
  );
}

/** Up to which migration the tables of a database have come. */
async function versionOf(db: Kysely<Schema>): Promise<number> {
  const latest = await db
    .selectFrom('schema_version')
    .select('version')
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return latest?.version ?? 0;
}

async function generationsAndLedger(trx: Kysely<Schema>, postgres: boolean): Promise<void> {
  const { schema } = trx;
  await schema
    .createTable('generations')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('guild_id', 'text', (column) => column.notNull())
    .addColumn('member_id', 'text', (column) => column.notNull())
    .addColumn('provider', 'text', (column) => column.notNull())
    .addColumn('account', 'text', (column) => column.notNull())
    .addColumn('destination', 'text', (column) => column.notNull())
    .addColumn('token', 'text')
    .addColumn('token_ends_at', 'bigint', (column) => column.notNull())
    .addColumn('request', 'text', (column) => column.notNull())
    .addColumn('price', 'bigint', (column) => column.notNull())
    .addColumn('held', 'bigint', (column) => column.notNull())
    .addColumn('credits', 'bigint', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('delivery', 'text', (column) => column.notNull())
    .addColumn('failure', 'text')
    .addColumn('request_id', 'text')
    .addColumn('job_ref', 'text')
    .addColumn('sources', 'text', (column) => column.notNull())
    .addColumn('pictures', 'text', (column) => column.notNull())
    .addColumn('warnings', 'text', (column) => column.notNull())
    .addColumn('message_id', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('sent_at', 'bigint')
    .addColumn('made_at', 'bigint')
    .addColumn('content_refused_at', 'bigint')
    .addColumn('owner', 'text', (column) => column.notNull())
    .addColumn('lease_until', 'bigint')
    .execute();
  await schema
    .createIndex('generations_unfinished')
    .on('generations')
    .column('lease_until')
    .where(sql.ref('lease_until'), 'is not', null)
    .execute();
  await schema
    .createIndex('generations_with_token')
    .on('generations')
    .column('token_ends_at')
    .where(sql.ref('token'), 'is not', null)
    .execute();
  await schema
    .createIndex('generations_refused')
    .on('generations')
    .columns(['member_id', 'content_refused_at'])
    .where(sql.ref('content_refused_at'), 'is not', null)
    .execute();
  await schema
    .createIndex('generations_by_member')
    .on('generations')
    .columns(['guild_id', 'member_id', 'delivery', 'created_at'])
    .execute();
  await schema
    .createIndex('generations_by_delivery')
    .on('generations')
    .columns(['delivery', 'made_at'])
    .execute();
  await schema
    .createIndex('generations_runs')
    .on('generations')
    .columns(['provider', 'made_at'])
    .where(sql.ref('made_at'), 'is not', null)
    .execute();

  await schema
    .createTable('ledger_entries')
    // The one column that the two databases spell differently.
    .addColumn('id', postgres ? 'bigserial' : 'integer', (column) => column.primaryKey())
    .addColumn('generation_id', 'text', (column) => column.notNull().references('generations.id'))
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('guild_id', 'text', (column) => column.notNull())
    .addColumn('member_id', 'text', (column) => column.notNull())
    .addColumn('account', 'text', (column) => column.notNull())
    .addColumn('member_credits', 'bigint', (column) => column.notNull())
    .addColumn('shared_credits', 'bigint', (column) => column.notNull())
    .addColumn('provider_cost_micros', 'bigint', (column) => column.notNull())
    .addColumn('unknown_cost_micros', 'bigint', (column) => column.notNull())
    .addColumn('counts_at', 'bigint', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addUniqueConstraint('ledger_entries_once', ['generation_id', 'kind'])
    .execute();
  // The sums stand in the indexes, so that an hour's entries are added up without the table.
  await schema
    .createIndex('ledger_entries_of_bot')
    .on('ledger_entries')
    .columns(['counts_at', 'shared_credits'])
    .execute();
  await schema
    .createIndex('ledger_entries_of_guild')
    .on('ledger_entries')
    .columns(['guild_id', 'counts_at', 'shared_credits'])
    .execute();
  await schema
    .createIndex('ledger_entries_of_member')
    .on('ledger_entries')
    .columns(['member_id', 'counts_at', 'member_credits'])
    .execute();
  await schema
    .createIndex('ledger_entries_of_account')
    .on('ledger_entries')
    .columns(['account', 'at'])
    .execute();

  await schema
    .createTable('ledger_buckets')
    .addColumn('guild_id', 'text', (column) => column.notNull())
    .addColumn('member_id', 'text', (column) => column.notNull())
    .addColumn('hour', 'bigint', (column) => column.notNull())
    .addColumn('member_credits', 'bigint', (column) => column.notNull())
    .addColumn('shared_credits', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('ledger_buckets_key', ['guild_id', 'member_id', 'hour'])
    .execute();

  await schema
    .createTable('accounts')
    .addColumn('account', 'text', (column) => column.primaryKey())
    .addColumn('credits_micros', 'bigint')
    .addColumn('since', 'bigint')
    .addColumn('spent_micros', 'bigint', (column) => column.notNull())
    .addColumn('settled_micros', 'bigint', (column) => column.notNull())
    .addColumn('unknown_micros', 'bigint', (column) => column.notNull())
    .execute();

  await schema
    .createTable('departures')
    .addColumn('account', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('generation_id', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('departures_key', ['account', 'at', 'generation_id'])
    .execute();

  await schema
    .createTable('write_checks')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('filler', 'text', (column) => column.notNull())
    .execute();
}
