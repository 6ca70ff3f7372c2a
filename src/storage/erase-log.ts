import { sql } from 'kysely';
import type { Database } from './database.ts';

/** So many entries in one transaction. */
const changedAtOnce = 200;

/** Takes a member out of the guilds' logs: as whoever did something, and as whom it was done to. */
export async function eraseFromLog(
  database: Database,
  memberId: string,
  erasedId: string,
): Promise<void> {
  for (;;) {
    const changed = await eraseAuthor(database, memberId, erasedId);
    if (changed < changedAtOnce) break;
  }
  await database.run(async (db) => {
    const named = (text: ReturnType<typeof sql.ref>) =>
      sql<string>`replace(replace(${text}, ${JSON.stringify(memberId)}, ${JSON.stringify(erasedId)}),
        ${`<@${memberId}>`}, ${`<@${erasedId}>`})`;
    await db
      .updateTable('guild_log')
      .set({
        event: named(sql.ref('event')),
        mentions: sql<string>`replace(mentions, ${` ${memberId} `}, ${` ${erasedId} `})`,
        unposted_since: null,
      })
      .where('mentions', 'is not', null)
      .where('mentions', 'like', `% ${memberId} %`)
      .execute();
  });
}

function eraseAuthor(database: Database, memberId: string, erasedId: string): Promise<number> {
  return database.transaction(async (trx) => {
    const rows = await trx
      .selectFrom('guild_log')
      .select(['id', 'event'])
      .where('by_id', '=', memberId)
      .orderBy('id')
      .limit(changedAtOnce)
      .$if(database.postgres, (query) => query.forUpdate())
      .execute();
    for (const row of rows) {
      await trx
        .updateTable('guild_log')
        .set({
          by_id: erasedId,
          event: withoutTraces(row.event, memberId, erasedId),
          // It would be posted under the id that nobody knows.
          unposted_since: null,
        })
        .where('id', '=', row.id)
        .execute();
    }
    return rows.length;
  });
}

/** Without the member's id, their words, and where their pictures can be seen. */
function withoutTraces(event: string, memberId: string, erasedId: string): string {
  try {
    return JSON.stringify(
      JSON.parse(event, (key, value: unknown): unknown => {
        if (key === 'messageId') return null;
        // The words of a refusal are of the prompt; a change of the rules has none under this name.
        if (key === 'words') return [];
        return value === memberId ? erasedId : value;
      }),
    );
  } catch {
    return event;
  }
}
