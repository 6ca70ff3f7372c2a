import { sql } from 'kysely';
import type { Database } from './database.ts';
import { StoreError } from './errors.ts';
import { readSettings, takeGuildTurn, writeRules } from './guild-settings.ts';
import { guildRules } from './rule-documents.ts';

/**
 * Takes a member out as the moderator who set something, guild by guild, so that nobody waits long.
 * What was set for the member holds on, under the true id.
 */
export async function forgetAuthor(
  database: Database,
  memberId: string,
  erasedId: string,
): Promise<void> {
  const author = `"by":${JSON.stringify(memberId)}`;
  const erased = `"by":${JSON.stringify(erasedId)}`;
  const guildIds = await database.run(async (db) => {
    const rows = await db
      .selectFrom('guild_settings')
      .select('guild_id')
      .where('rules', 'like', `%${author}%`)
      .union(db.selectFrom('blocks').select('guild_id').where('by_id', '=', memberId))
      .execute();
    return rows.map((row) => row.guild_id);
  });
  for (const guildId of guildIds) {
    await database.transaction(async (trx) => {
      await takeGuildTurn(database, trx, guildId);
      await trx
        .updateTable('blocks')
        .set({ by_id: erasedId })
        .where('guild_id', '=', guildId)
        .where('by_id', '=', memberId)
        .execute();
      try {
        const before = await readSettings(trx, guildId);
        const rules = JSON.stringify(before.rules).replaceAll(author, erased);
        // With a new version, so that other processes do not go on with the id.
        await writeRules(database, trx, before, guildRules.parse(JSON.parse(rules)));
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        // Rules that cannot be read keep nobody's id either.
        await trx
          .updateTable('guild_settings')
          .set({ rules: sql<string>`replace(rules, ${author}, ${erased})` })
          .where('guild_id', '=', guildId)
          .execute();
      }
    });
  }
}
