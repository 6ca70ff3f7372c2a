import type { Standing, Window } from '../domain/ledger.ts';
import type { Admission, Begun, Draft } from '../domain/store.ts';
import { wholeCredits } from './credits.ts';
import type { Database } from './database.ts';
import { book } from './ledger.ts';
import { takeTurn } from './locks.ts';
import { generationFromRow, rowFromDraft } from './rows.ts';
import { standingOf, withHeld } from './standing.ts';

/**
 * Begins a generation in one transaction: a repeat of its id changes nothing; else the policy sees
 * the ledger as it is without this draft, and where it agrees the credits are held. The standing
 * that comes back counts them.
 *
 * @throws {RangeError} where the policy takes more from the grant than there is, or than is held
 */
export function begin(
  database: Database,
  draft: Draft,
  windows: readonly Window[],
  // The policy may live in another thread than the database.
  admit: (standing: Standing) => Admission | Promise<Admission>,
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
    const look = await standingOf(trx, guildId, memberId, windows, draft.at);
    const admission = await admit(look.standing);
    if (!admission.admitted) return { kind: 'refused', refusal: admission.refusal };

    const row = await trx
      .insertInto('generations')
      .values(rowFromDraft(draft))
      .returningAll()
      .executeTakeFirstOrThrow();
    const { held } = row;
    const fromGrant = wholeCredits(admission.fromGrant);
    if (fromGrant > Math.min(held, look.standing.granted)) {
      throw new RangeError('No more can be taken from a grant than is in it and is held.');
    }
    await book(trx, row, {
      kind: 'hold',
      memberCredits: held,
      sharedCredits: held,
      grantedCredits: fromGrant,
      at: draft.at,
    });
    const { at } = draft;
    return {
      kind: 'begun',
      generation: generationFromRow(row),
      standing: withHeld(look, windows, { guildId, memberId, credits: held, fromGrant, at }),
    };
  });
}
