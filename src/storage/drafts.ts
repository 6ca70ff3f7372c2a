import { z } from 'zod';
import type { GuildStore } from '../domain/guild-store.ts';
import type { Wish } from '../domain/wish.ts';
import { askedOptions } from './asked-options.ts';
import type { Database } from './database.ts';
import { StoreError } from './errors.ts';

type Drafts = Pick<GuildStore, 'keepDraft' | 'draft' | 'dropDrafts'>;

// What was written before there were several models is a request, and reads as a wish.
const wish = z.object({
  ...askedOptions,
  prompt: z.string(),
  model: z.string().exactOptional(),
  images: z.number().exactOptional(),
  style: z.string().exactOptional(),
}) satisfies z.ZodType<Wish>;

const models = z.array(z.string());

/** What a button runs: requests in another way than they were refused, and comparisons. */
export function createDrafts(database: Database): Drafts {
  return {
    keepDraft: (draft) =>
      database.run(async (db) => {
        const values = {
          guild_id: draft.guildId,
          member_id: draft.memberId,
          request: JSON.stringify(draft.wish),
          models: JSON.stringify(draft.models),
          credits: draft.credits,
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
        return {
          id,
          guildId: row.guild_id,
          memberId: row.member_id,
          wish: parsed(id, wish, row.request),
          models: parsed(id, models, row.models),
          credits: row.credits,
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

function parsed<T>(id: string, schema: z.ZodType<T>, text: string): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    // Without the cause: it would quote the text.
    throw new StoreError(`The draft ${id} cannot be read.`);
  }
}
