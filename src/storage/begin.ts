import type { Kysely } from 'kysely';
import type { Generation } from '../domain/generation.ts';
import type { Standing, Window } from '../domain/ledger.ts';
import type { Admission, Begun, BegunTogether, Draft } from '../domain/store.ts';
import { wholeCredits } from './credits.ts';
import type { Database } from './database.ts';
import { book } from './ledger.ts';
import { takeTurn } from './locks.ts';
import { generationFromRow, rowFromDraft } from './rows.ts';
import type { Schema } from './schema.ts';
import { standingOf, withHeld } from './standing.ts';

type Drafts = readonly [Draft, ...Draft[]];
// The policy may live in another thread than the database.
type Admit = (standing: Standing) => Admission | Promise<Admission>;

/**
 * Begins a generation in one transaction: a repeat of its id changes nothing; else the policy sees
 * the ledger as it is without this draft, and where it agrees the credits are held. The standing
 * that comes back counts them.
 *
 * @throws {RangeError} where the policy takes more from the grant than there is, or than is held
 */
export async function begin(
  database: Database,
  draft: Draft,
  windows: readonly Window[],
  admit: Admit,
): Promise<Begun> {
  const written = await write(database, [draft], windows, admit);
  if (written.kind !== 'begun') return written;
  const { generations, standing } = written;
  return { kind: 'begun', generation: generations[0], standing };
}

/**
 * Begins several generations of one member in one guild as {@link begin} does one: all of them, at
 * the time of the first, or none.
 *
 * @throws {RangeError} as above, or where they are not of one member in one guild
 */
export async function beginTogether(
  database: Database,
  drafts: Drafts,
  windows: readonly Window[],
  admit: Admit,
): Promise<BegunTogether> {
  const written = await write(database, drafts, windows, admit);
  return written.kind === 'repeated' ? { kind: 'repeated' } : written;
}

type Written =
  | {
      readonly kind: 'begun';
      readonly generations: readonly [Generation, ...Generation[]];
      readonly standing: Standing;
    }
  | Exclude<Begun, { kind: 'begun' }>;

async function write(
  database: Database,
  drafts: Drafts,
  windows: readonly Window[],
  admit: Admit,
): Promise<Written> {
  const [{ at, destination }] = drafts;
  const { guildId, memberId } = destination;
  if (drafts.some((each) => !isOf(each, guildId, memberId))) {
    throw new RangeError('Only what one member asks for in one guild begins together.');
  }
  return database.transaction(async (trx): Promise<Written> => {
    // The caps are the whole bot's, so all that begin are one after the other: two processes must
    // not both find room for one.
    await takeTurn(database, trx, 'begin');
    const known = await trx
      .selectFrom('generations')
      .selectAll()
      .where(
        'id',
        'in',
        drafts.map(({ id }) => id),
      )
      .limit(1)
      .executeTakeFirst();
    if (known) return { kind: 'repeated', generation: generationFromRow(known) };

    const look = await standingOf(trx, guildId, memberId, windows, at);
    const admission = await admit(look.standing);
    if (!admission.admitted) return { kind: 'refused', refusal: admission.refusal };

    const fromGrant = wholeCredits(admission.fromGrant);
    if (fromGrant > look.standing.granted) throw beyondGrant();
    const { generations, credits } = await hold(trx, drafts, fromGrant);
    return {
      kind: 'begun',
      generations,
      standing: withHeld(look, windows, { guildId, memberId, credits, fromGrant, at }),
    };
  });
}

function isOf({ destination }: Draft, guildId: string, memberId: string): boolean {
  return destination.guildId === guildId && destination.memberId === memberId;
}

interface Held {
  readonly generations: readonly [Generation, ...Generation[]];
  /** Of all of them together. */
  readonly credits: number;
}

/** Writes them down and holds their credits; what comes from the grant pays for the first of them first. */
async function hold(trx: Kysely<Schema>, drafts: Drafts, fromGrant: number): Promise<Held> {
  const [first, ...others] = drafts;
  let left = fromGrant;
  let credits = 0;
  const one = async (draft: Draft): Promise<Generation> => {
    const row = await trx
      .insertInto('generations')
      // Of one time, so that their sums are of one hour: whoever books waits for its first row.
      .values({ ...rowFromDraft(draft), created_at: first.at })
      .returningAll()
      .executeTakeFirstOrThrow();
    const { held } = row;
    const granted = Math.min(left, held);
    left -= granted;
    credits += held;
    await book(trx, row, {
      kind: 'hold',
      memberCredits: held,
      sharedCredits: held,
      grantedCredits: granted,
      at: first.at,
    });
    return generationFromRow(row);
  };
  const generations: [Generation, ...Generation[]] = [await one(first)];
  for (const draft of others) generations.push(await one(draft));
  if (left > 0) throw beyondGrant();
  return { generations, credits };
}

function beyondGrant(): RangeError {
  return new RangeError('No more can be taken from a grant than is in it and is held.');
}
