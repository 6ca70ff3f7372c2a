import type { GuildStore } from '../domain/guild-store.ts';
import type { Database } from './database.ts';
import { StoreError } from './errors.ts';
import { imageRequest } from './image-request.ts';

type Drafts = Pick<GuildStore, 'keepDraft' | 'draft' | 'dropDrafts'>;

/** Requests that were refused as they were, for a button to run in another way. */
export function createDrafts(database: Database): Drafts {
  return {
    keepDraft: (draft) =>
      database.run(async (db) => {
        const values = {
          guild_id: draft.guildId,
          member_id: draft.memberId,
          request: JSON.stringify(draft.request),
          private: draft.private ? 1 : 0,
          expires_at: draft.expiresAt,
        };
        await db
          .insertInto('drafts')
          .values({ id: draft.id, ...values })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
          .execute();
      }),

    draft: (id, now) =>
      database.run(async (db) => {
        const row = await db
          .selectFrom('drafts')
          .selectAll()
          .where('id', '=', id)
          .where('expires_at', '>', now)
          .executeTakeFirst();
        if (!row) return undefined;
        const request = imageRequest(row.request);
        if (!request) throw new StoreError(`The draft ${id} cannot be read.`);
        return {
          id,
          guildId: row.guild_id,
          memberId: row.member_id,
          request,
          private: row.private === 1,
          expiresAt: row.expires_at,
        };
      }),

    dropDrafts: (expiredBefore) =>
      database.run(async (db) => {
        await db.deleteFrom('drafts').where('expires_at', '<', expiredBefore).execute();
      }),
  };
}
