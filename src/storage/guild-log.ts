import type { Kysely, Selectable } from 'kysely';
import type { GuildEvent, GuildLogEntry } from '../domain/guild-log.ts';
import type { GuildStore } from '../domain/guild-store.ts';
import type { Database } from './database.ts';
import { guildEvent, membersIn } from './guild-events.ts';
import type { GuildLogTable } from './moderation-tables.ts';
import type { Schema } from './schema.ts';

type GuildLogs = Pick<
  GuildStore,
  'noteLog' | 'readLog' | 'takeUnposted' | 'giveBackUnposted' | 'guildsWithUnposted'
>;

const allKinds: { [K in GuildEvent['kind']]: K } = {
  generation: 'generation',
  refusal: 'refusal',
  deletion: 'deletion',
  change: 'change',
};

/** The guilds' logs, and what of them waits for a log channel. */
export function createGuildLogs(database: Database): GuildLogs {
  return {
    noteLog: (guildId, by, event, at) => database.run((db) => writeLog(db, guildId, by, event, at)),

    readLog: (guildId, { before, kinds, limit }) =>
      database.snapshot(async (trx) => {
        const wanted = kinds.length > 0 ? new Set(kinds) : Object.values(allKinds);
        const rows: Selectable<GuildLogTable>[] = [];
        // One by one, since a rare kind among many others is found by the index only so.
        for (const kind of wanted) {
          rows.push(
            ...(await trx
              .selectFrom('guild_log')
              .selectAll()
              .where('guild_id', '=', guildId)
              .where('kind', '=', kind)
              .$if(before !== null, (query) => query.where('id', '<', before))
              .orderBy('id', 'desc')
              .limit(limit)
              .execute()),
          );
        }
        const latest = rows.toSorted((a, b) => b.id - a.id).slice(0, limit);
        return readableEntries(database, latest);
      }),

    takeUnposted: (guildId, since, limit) =>
      database.transaction(async (trx) => {
        const found = await trx
          .selectFrom('guild_log as l')
          .select('l.id')
          .where('l.guild_id', '=', guildId)
          .where('l.unposted_since', 'is not', null)
          .where('l.unposted_since', '>=', since)
          .where((eb) =>
            eb.exists(
              eb
                .selectFrom('guild_settings as s')
                .select('s.guild_id')
                .whereRef('s.guild_id', '=', 'l.guild_id')
                .where('s.log_channel_id', 'is not', null),
            ),
          )
          .orderBy('l.id')
          .limit(limit)
          // Another process that takes at the same moment goes on to the ones behind these.
          .$if(database.postgres, (query) => query.forUpdate('l').skipLocked())
          .execute();
        if (found.length === 0) return [];
        const rows = await trx
          .updateTable('guild_log')
          .set({ unposted_since: null })
          .where(
            'id',
            'in',
            found.map((row) => row.id),
          )
          .returningAll()
          .execute();
        return readableEntries(
          database,
          rows.toSorted((a, b) => a.id - b.id),
        );
      }),

    giveBackUnposted: (entryIds) =>
      database.run(async (db) => {
        if (entryIds.length === 0) return;
        await db
          .updateTable('guild_log')
          .set((eb) => ({ unposted_since: eb.ref('at') }))
          .where('id', 'in', entryIds)
          .where('guild_id', 'in', (eb) =>
            eb
              .selectFrom('guild_settings')
              .select('guild_id')
              .where('log_channel_id', 'is not', null),
          )
          .execute();
      }),

    guildsWithUnposted: (since) =>
      database.run(async (db) => {
        const rows = await db
          .selectFrom('guild_log as l')
          .innerJoin('guild_settings as s', 's.guild_id', 'l.guild_id')
          .select('l.guild_id')
          .distinct()
          .where('l.unposted_since', 'is not', null)
          .where('l.unposted_since', '>=', since)
          .where('s.log_channel_id', 'is not', null)
          .execute();
        return rows.map((row) => row.guild_id);
      }),
  };
}

/**
 * Writes one entry of a guild's log. It waits for the guild's log channel where one is set now, and
 * is never posted where none is.
 */
export async function writeLog(
  trx: Kysely<Schema>,
  guildId: string,
  by: string,
  event: GuildEvent,
  at: number,
): Promise<void> {
  const others = new Set(membersIn(event));
  others.delete(by);
  await trx
    .insertInto('guild_log')
    .values((eb) => ({
      guild_id: guildId,
      at,
      by_id: by,
      kind: event.kind,
      event: JSON.stringify(event),
      reason: event.kind === 'refusal' ? event.reason : null,
      mentions: others.size > 0 ? ` ${[...others].join(' ')} ` : null,
      unposted_since: eb
        .selectFrom('guild_settings')
        .select((sub) => sub.cast<number>(sub.val(at), 'bigint').as('at'))
        .where('guild_id', '=', guildId)
        .where('log_channel_id', 'is not', null),
    }))
    .execute();
}

/** What waits for a guild's log channel waits no more: it was written for another time of the guild. */
export async function dropUnposted(
  database: Pick<Database, 'postgres'>,
  trx: Kysely<Schema>,
  guildId: string,
): Promise<void> {
  await trx
    .updateTable('guild_log')
    .set({ unposted_since: null })
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('guild_log')
        .select('id')
        .where('guild_id', '=', guildId)
        .where('unposted_since', 'is not', null)
        // What another process is taking at this moment is on its way.
        .$if(database.postgres, (query) => query.forUpdate().skipLocked()),
    )
    .execute();
}

/** Those that can be read; the others are reported and left out. */
function readableEntries(
  database: Database,
  rows: readonly Selectable<GuildLogTable>[],
): GuildLogEntry[] {
  return rows.flatMap((row) => {
    const event = readEvent(row.event);
    if (event) {
      return [{ id: row.id, guildId: row.guild_id, at: row.at, by: row.by_id, event }];
    }
    database.onUnreadable(`log-${row.id}`);
    return [];
  });
}

function readEvent(text: string): GuildEvent | undefined {
  try {
    return guildEvent.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
