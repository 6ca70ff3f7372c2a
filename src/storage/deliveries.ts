import type { DeliveryState, Generation } from '../domain/generation.ts';
import type { GenerationStore } from '../domain/store.ts';
import { changed } from './changed.ts';
import type { Database } from './database.ts';
import { book, grantedPart } from './ledger.ts';
import { readableGenerations } from './rows.ts';

type Deliveries = Pick<
  GenerationStore,
  | 'recordPictures'
  | 'startPosting'
  | 'posted'
  | 'claimWaiting'
  | 'wait'
  | 'markDeleted'
  | 'lapse'
  | 'undelivered'
  | 'waitingFor'
>;

const neverShown: readonly DeliveryState[] = ['pending', 'posting', 'waiting'];
const waitingShown = 10;

/** How the answer of a made generation goes from pending to the message, or to where it ends. */
export function createDeliveries(database: Database): Deliveries {
  return {
    recordPictures: (id, pictures, at) =>
      database.run(async (db) => {
        const blank = pictures.some((picture) => picture.kind === 'blank');
        await db
          .updateTable('generations')
          .set((eb) => ({
            pictures: JSON.stringify(pictures),
            // A recovered delivery looks at them again, but the member was refused once.
            ...(blank
              ? { content_refused_at: eb.fn.coalesce('content_refused_at', eb.val(at)) }
              : {}),
          }))
          .where('id', '=', id)
          .where('state', '=', 'made')
          .execute();
      }),

    startPosting: (id, owner) =>
      database.run(async (db) =>
        changed(
          await db
            .updateTable('generations')
            .set({ delivery: 'posting' })
            .where('id', '=', id)
            .where('state', '=', 'made')
            .where('delivery', '=', 'pending')
            .where('owner', '=', owner)
            .executeTakeFirst(),
        ),
      ),

    posted: (id, messageId) =>
      database.run(async (db) =>
        changed(
          await db
            .updateTable('generations')
            .set({ delivery: 'posted', message_id: messageId, lease_until: null })
            .where('id', '=', id)
            .where('state', '=', 'made')
            .where('delivery', 'in', neverShown)
            .executeTakeFirst(),
        ),
      ),

    claimWaiting: (id, owner, leaseUntil, { token, tokenEndsAt, ...where }) =>
      database.run(async (db) =>
        changed(
          await db
            .updateTable('generations')
            .set({
              delivery: 'pending',
              owner,
              lease_until: leaseUntil,
              destination: JSON.stringify(where),
              token,
              token_ends_at: tokenEndsAt,
            })
            .where('id', '=', id)
            .where('state', '=', 'made')
            .where('delivery', '=', 'waiting')
            .executeTakeFirst(),
        ),
      ),

    wait: (id) =>
      database.run(async (db) =>
        changed(
          await db
            .updateTable('generations')
            .set({ delivery: 'waiting', lease_until: null })
            .where('id', '=', id)
            .where('state', '=', 'made')
            .where('delivery', 'in', ['pending', 'posting'])
            .executeTakeFirst(),
        ),
      ),

    markDeleted: (id) =>
      database.run(async (db) =>
        changed(
          await db
            .updateTable('generations')
            .set({ delivery: 'deleted', lease_until: null })
            .where('id', '=', id)
            .where('state', '=', 'made')
            .executeTakeFirst(),
        ),
      ),

    lapse: (id, at) =>
      database.transaction(async (trx) => {
        const row = await trx
          .updateTable('generations')
          .set({ delivery: 'lapsed', lease_until: null })
          .where('id', '=', id)
          .where('state', '=', 'made')
          .where('delivery', 'in', neverShown)
          .returningAll()
          .executeTakeFirst();
        if (!row) return false;
        await book(trx, row, {
          kind: 'lapse',
          memberCredits: -row.credits,
          sharedCredits: -row.credits,
          grantedCredits: -(await grantedPart(trx, id)),
          at,
        });
        return true;
      }),

    undelivered: (madeBefore, limit) =>
      database.run(async (db) => {
        const found: Generation[] = [];
        let read = 0;
        // Those that cannot be read stay where they are, and must not hide the ones behind them.
        for (;;) {
          const wanted = limit - found.length;
          const rows = await db
            .selectFrom('generations')
            .selectAll()
            .where('delivery', 'in', neverShown)
            .where('made_at', '<', madeBefore)
            .orderBy('made_at')
            .orderBy('id')
            .limit(wanted)
            .offset(read)
            .execute();
          read += rows.length;
          found.push(...readableGenerations(database, rows));
          if (rows.length < wanted || found.length >= limit) return found;
        }
      }),

    waitingFor: (guildId, memberId) =>
      database.run(async (db) => {
        const rows = await db
          .selectFrom('generations')
          .selectAll()
          .where('guild_id', '=', guildId)
          .where('member_id', '=', memberId)
          .where('delivery', '=', 'waiting')
          .orderBy('created_at')
          .limit(waitingShown)
          .execute();
        return readableGenerations(database, rows);
      }),
  };
}
