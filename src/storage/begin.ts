import type { Kysely } from 'kysely';
import type { Refusal } from '../domain/refusal.ts';
import type { Begun, Draft, Standing } from '../domain/store.ts';
import type { Database } from './database.ts';
import { book } from './ledger.ts';
import { takeTurn } from './locks.ts';
import { generationFromRow, rowFromDraft } from './rows.ts';
import type { Schema } from './schema.ts';
import { usageOf, withHeld } from './usage.ts';

const contentRefusalsShown = 10;

/**
 * Begins a generation in one transaction: a repeat of its id changes nothing; else the policy sees
 * the ledger as it is without this draft, and where it agrees the credits are held. The usage that
 * comes back counts them.
 */
export function begin(
  database: Database,
  draft: Draft,
  admit: (standing: Standing) => Refusal | undefined,
): Promise<Begun> {
  return database.transaction(async (trx): Promise<Begun> => {
    // The caps are the whole bot's, so all that begin are one after the other: two processes must
    // not both find room for one.
    await takeTurn(database, trx, 'begin');
    const known = await trx
      .selectFrom('generations')
      .selectAll()
      .where('id', '=', draft.id)
      .executeTakeFirst();
    if (known) return { kind: 'repeated', generation: generationFromRow(known) };

    const { guildId, memberId } = draft.destination;
    const usage = await usageOf(trx, guildId, memberId, draft.at);
    const contentRefusals = await contentRefusalsOf(trx, memberId);
    const refusal = admit({ usage, contentRefusals });
    if (refusal) return { kind: 'refused', refusal };

    const row = await trx
      .insertInto('generations')
      .values(rowFromDraft(draft))
      .returningAll()
      .executeTakeFirstOrThrow();
    const { held } = row;
    await book(trx, row, {
      kind: 'hold',
      memberCredits: held,
      sharedCredits: held,
      at: draft.at,
    });
    return {
      kind: 'begun',
      generation: generationFromRow(row),
      usage: withHeld(usage, held, draft.at),
    };
  });
}

async function contentRefusalsOf(trx: Kysely<Schema>, memberId: string): Promise<number[]> {
  const rows = await trx
    .selectFrom('generations')
    .select((eb) => eb.ref('content_refused_at').$notNull().as('at'))
    .where('member_id', '=', memberId)
    .where('content_refused_at', 'is not', null)
    .orderBy('content_refused_at', 'desc')
    .limit(contentRefusalsShown)
    .execute();
  return rows.map((row) => row.at);
}
