import type { GuildStore } from '../domain/guild-store.ts';
import type { GuildRules } from '../domain/rule.ts';
import type { GuildSettings, RuleEdit, RulesChanged } from '../domain/settings.ts';
import type { Database } from './database.ts';
import { writeLog } from './guild-log.ts';
import { readSettings, takeGuildTurn, writeRules } from './guild-settings.ts';

type Rules = Pick<GuildStore, 'settings' | 'settingsChanged' | 'countWordHits' | 'wordHits'> & {
  changeRules(
    guildId: string,
    by: string,
    at: number,
    // The policy may live in another thread than the database.
    edit: (settings: GuildSettings) => RuleEdit | Promise<RuleEdit>,
  ): Promise<RulesChanged>;
};

/** What moderators have set. */
export function createRules(database: Database): Rules {
  return {
    settings: (guildId) => database.snapshot((trx) => readSettings(trx, guildId)),

    changeRules: (guildId, by, at, edit) =>
      database.transaction(async (trx): Promise<RulesChanged> => {
        await takeGuildTurn(database, trx, guildId);
        const before = await readSettings(trx, guildId);
        const edited = await edit(before);
        if ('refused' in edited) return { refused: edited.refused };
        const { rules, change } = edited;
        await writeRules(database, trx, before, rules);
        const gone = wordsGone(before.rules, rules);
        if (gone.length > 0) {
          await trx
            .deleteFrom('word_hits')
            .where('guild_id', '=', guildId)
            .where('rule_id', 'in', gone)
            .execute();
        }
        await writeLog(trx, guildId, by, { kind: 'change', change }, at);
        return { change, settings: await readSettings(trx, guildId) };
      }),

    settingsChanged: (after) =>
      database.snapshot(async (trx) => {
        const changes = await trx
          .selectFrom('settings_changes')
          .select('latest')
          .executeTakeFirst();
        const rows = await trx
          .selectFrom('guild_settings')
          .select('guild_id')
          .where('changed', '>', after)
          .execute();
        return { guildIds: rows.map((row) => row.guild_id), latest: changes?.latest ?? 0 };
      }),

    countWordHits: (guildId, ruleIds) =>
      database.run(async (db) => {
        // In one order everywhere, so that two processes never wait for each other crosswise.
        const ids = [...new Set(ruleIds)].toSorted();
        if (ids.length === 0) return;
        await db
          .insertInto('word_hits')
          .values(ids.map((id) => ({ guild_id: guildId, rule_id: id, hits: 1 })))
          .onConflict((conflict) =>
            conflict
              .columns(['guild_id', 'rule_id'])
              .doUpdateSet((eb) => ({ hits: eb('word_hits.hits', '+', eb.lit(1)) })),
          )
          .execute();
      }),

    wordHits: (guildId) =>
      database.run(async (db) => {
        const rows = await db
          .selectFrom('word_hits')
          .select(['rule_id', 'hits'])
          .where('guild_id', '=', guildId)
          .execute();
        return new Map(rows.map((row) => [row.rule_id, row.hits]));
      }),
  };
}

/** The ids of the rules on words that are no more. */
function wordsGone(before: GuildRules, after: GuildRules): string[] {
  const kept = new Set(after.words.map((rule) => rule.id));
  return before.words.map((rule) => rule.id).filter((id) => !kept.has(id));
}
