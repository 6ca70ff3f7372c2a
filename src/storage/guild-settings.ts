import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { noRules } from '../domain/rule.ts';
import type { Block, GuildRules } from '../domain/rule.ts';
import type { GuildSettings } from '../domain/settings.ts';
import type { Database } from './database.ts';
import { StoreError } from './errors.ts';
import { dropUnposted } from './guild-log.ts';
import { guildRules } from './rule-documents.ts';
import type { Schema } from './schema.ts';

// Ours, so that other programs in the same database do not meet us.
const lockNamespace = 0xea5e2;
/** The one row of the table of changes. */
const allGuilds = 1;

/**
 * Lets one change of a guild's settings at a time pass here, across processes, until its transaction
 * ends. SQLite needs none: its transactions do not overlap.
 */
export async function takeGuildTurn(
  database: Pick<Database, 'postgres'>,
  trx: Kysely<Schema>,
  guildId: string,
): Promise<void> {
  if (!database.postgres) return;
  // Not the guild's row: there is none before the first change.
  await sql`select pg_advisory_xact_lock(${sql.lit(lockNamespace)}, hashtext(${guildId}))`.execute(
    trx,
  );
}

/** @throws {StoreError} where the guild's rules cannot be read: that must not open the doors */
export async function readSettings(trx: Kysely<Schema>, guildId: string): Promise<GuildSettings> {
  const row = await trx
    .selectFrom('guild_settings')
    .select(['version', 'rules'])
    .where('guild_id', '=', guildId)
    .executeTakeFirst();
  if (!row) return { guildId, version: 0, rules: noRules, blocks: new Map() };
  const blocks = await trx
    .selectFrom('blocks')
    .selectAll()
    .where('guild_id', '=', guildId)
    .execute();
  return {
    guildId,
    version: row.version,
    rules: readRules(guildId, row.rules),
    blocks: new Map(
      blocks.map((block): [string, Block] => [
        block.member_id,
        {
          memberId: block.member_id,
          until: block.ends_at,
          reason: block.reason,
          by: block.by_id,
          at: block.at,
        },
      ]),
    ),
  };
}

/** Writes the rules with a version higher than that of the settings they replace, and numbers the change. */
export async function writeRules(
  database: Pick<Database, 'postgres'>,
  trx: Kysely<Schema>,
  before: GuildSettings,
  rules: GuildRules,
): Promise<void> {
  const { guildId } = before;
  const text = JSON.stringify(rules);
  // What could not be read back would shut the guild out.
  readRules(guildId, text);
  const { latest } = await trx
    .insertInto('settings_changes')
    .values({ id: allGuilds, latest: 1 })
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet((eb) => ({ latest: eb('settings_changes.latest', '+', eb.lit(1)) })),
    )
    .returning('latest')
    .executeTakeFirstOrThrow();
  const values = {
    version: before.version + 1,
    rules: text,
    log_channel_id: rules.logChannelId,
    changed: latest,
  };
  await trx
    .insertInto('guild_settings')
    .values({ guild_id: guildId, ...values })
    .onConflict((conflict) => conflict.column('guild_id').doUpdateSet(values))
    .execute();
  const had = before.rules.logChannelId !== null;
  const has = rules.logChannelId !== null;
  if (had !== has) await dropUnposted(database, trx, guildId);
}

function readRules(guildId: string, text: string): GuildRules {
  try {
    return guildRules.parse(JSON.parse(text));
  } catch {
    // Without the cause: it would quote the rules.
    throw new StoreError(`The settings of guild ${guildId} cannot be read.`);
  }
}
