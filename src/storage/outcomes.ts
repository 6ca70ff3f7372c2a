import type { GenerationStore } from '../domain/store.ts';
import { wholeCredits } from './credits.ts';
import { changed } from './changed.ts';
import type { Database } from './database.ts';
import { noteDeparture } from './departures.ts';
import { book, grantedPart } from './ledger.ts';
import { generationFromRow } from './rows.ts';
import { standingOf } from './standing.ts';

type Outcomes = Pick<
  GenerationStore,
  'send' | 'unsend' | 'recordJob' | 'settle' | 'giveBack' | 'writeOff' | 'told'
>;

/** How a generation goes from queued to its outcome; each step is one guarded UPDATE and its entries. */
export function createOutcomes(database: Database): Outcomes {
  return {
    send: (id, owner, departedAt) =>
      database.transaction(async (trx) => {
        // A pace may compute with fractions of a millisecond.
        const at = Math.round(departedAt);
        const row = await trx
          .updateTable('generations')
          .set({ state: 'sent', sent_at: at })
          .where('id', '=', id)
          .where('state', '=', 'queued')
          .where('owner', '=', owner)
          .returning('account')
          .executeTakeFirst();
        if (!row) return false;
        await noteDeparture(trx, row.account, id, at);
        return true;
      }),

    unsend: (id, owner) =>
      database.run(async (db) => {
        const result = await db
          .updateTable('generations')
          .set({ state: 'queued', sent_at: null })
          .where('id', '=', id)
          .where('state', '=', 'sent')
          .where('owner', '=', owner)
          .executeTakeFirst();
        return changed(result);
      }),

    recordJob: (id, jobRef) =>
      database.run(async (db) => {
        await db
          .updateTable('generations')
          .set({ job_ref: jobRef })
          .where('id', '=', id)
          .where('state', '=', 'sent')
          .execute();
      }),

    settle: (id, made, windows) =>
      database.transaction(async (trx) => {
        const credits = wholeCredits(made.credits);
        const row = await trx
          .updateTable('generations')
          .set({
            state: 'made',
            delivery: 'pending',
            credits,
            sources: JSON.stringify(made.sources),
            warnings: JSON.stringify(made.warnings),
            used: JSON.stringify(made.used),
            request_id: made.requestId ?? null,
            made_at: made.at,
          })
          .where('id', '=', id)
          .where('state', '=', 'sent')
          .returningAll()
          .executeTakeFirst();
        if (!row) return undefined;
        const comesBack = Math.max(0, row.held - credits);
        await book(trx, row, {
          kind: 'settle',
          memberCredits: credits - row.held,
          sharedCredits: credits - row.held,
          // The grant was taken last, so it gets back first.
          grantedCredits: -Math.min(comesBack, await grantedPart(trx, id)),
          providerCost: made.providerCost,
          at: made.at,
        });
        const { guild_id, member_id } = row;
        return (await standingOf(trx, guild_id, member_id, windows, made.at)).standing;
      }),

    giveBack: (id, from, failure, at) =>
      database.transaction(async (trx) => {
        const row = await trx
          .updateTable('generations')
          .set({
            state: 'returned',
            failure: JSON.stringify(failure),
            ...(failure.kind === 'refused' ? { content_refused_at: at } : {}),
          })
          .where('id', '=', id)
          .where('state', '=', from)
          .returningAll()
          .executeTakeFirst();
        if (!row) return false;
        await book(trx, row, {
          kind: 'return',
          memberCredits: -row.held,
          sharedCredits: -row.held,
          grantedCredits: -(await grantedPart(trx, id)),
          at,
        });
        return true;
      }),

    writeOff: (id, failure, at) =>
      database.transaction(async (trx) => {
        const row = await trx
          .updateTable('generations')
          .set({ state: 'unknown', failure: JSON.stringify(failure) })
          .where('id', '=', id)
          .where('state', '=', 'sent')
          .returningAll()
          .executeTakeFirst();
        if (!row) return false;
        await book(trx, row, {
          kind: 'write-off',
          memberCredits: -row.held,
          sharedCredits: 0,
          grantedCredits: -(await grantedPart(trx, id)),
          // One of the provider's credits a picture is the best guess there is.
          unknownCost: generationFromRow(row).request.images,
          at,
        });
        return true;
      }),

    told: (id) =>
      database.run(async (db) => {
        await db
          .updateTable('generations')
          .set({ lease_until: null })
          .where('id', '=', id)
          .where('state', 'in', ['returned', 'unknown'])
          .execute();
      }),
  };
}
