import { createHmac, randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** What the ids of erased members begin with, so that nobody takes one for a member's. */
export const erasedPrefix = 'erased-';

const keyName = 'erasing';
const keyBytes = 32;

/**
 * All ids under which a member's spending is kept: their own, and while an erasure of theirs is
 * remembered (at least 30 days, the longest window) also the one that they got by it. Whatever adds
 * up or looks for a member's spending asks for `member_id in (…)`; what is new is written under the
 * first, their own.
 */
export async function idsOf(trx: Kysely<Schema>, memberId: string): Promise<readonly string[]> {
  // One look where nobody was erased, which is how it nearly always is.
  const key = await trx
    .selectFrom('secrets')
    .select('value')
    .where('name', '=', keyName)
    .where((eb) => eb.exists(eb.selectFrom('erasures').select('erased_id')))
    .executeTakeFirst();
  if (!key) return [memberId];
  const erasedId = hashed(key.value, memberId);
  const erasure = await trx
    .selectFrom('erasures')
    .select('erased_id')
    .where('erased_id', '=', erasedId)
    .executeTakeFirst();
  return erasure ? [memberId, erasedId] : [memberId];
}

/**
 * Notes that a member is being taken out, so that both ids count from now on.
 *
 * @returns the id that they have in what stays: the same each time
 */
export async function noteErasure(
  trx: Kysely<Schema>,
  memberId: string,
  at: number,
): Promise<string> {
  await trx
    .insertInto('secrets')
    .values({ name: keyName, value: randomBytes(keyBytes).toString('hex') })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const key = await trx
    .selectFrom('secrets')
    .select('value')
    .where('name', '=', keyName)
    .executeTakeFirstOrThrow();
  const erasedId = hashed(key.value, memberId);
  await trx
    .insertInto('erasures')
    .values({ erased_id: erasedId, at })
    .onConflict((conflict) => conflict.column('erased_id').doUpdateSet({ at }))
    .execute();
  return erasedId;
}

/** Forgets erasures from before the time: what was spent before them is in no window any more. */
export async function forgetErasures(trx: Kysely<Schema>, before: number): Promise<void> {
  await trx.deleteFrom('erasures').where('at', '<', before).execute();
}

/** Keyed, since ids are few enough to try them all against a plain hash. */
function hashed(key: string, memberId: string): string {
  const digest = createHmac('sha256', Buffer.from(key, 'hex')).update(memberId).digest('hex');
  return `${erasedPrefix}${digest}`;
}
