import type { Kysely, Selectable } from 'kysely';
import type { LedgerFault } from '../domain/ledger.ts';
import type { EntryKind, GenerationsTable, Schema } from './schema.ts';

/** How many faults of each kind are listed; more would tell no more. */
export const faultsListed = 100;
const readAtOnce = 500;

const columns = [
  'id',
  'guild_id',
  'member_id',
  'account',
  'state',
  'delivery',
  'held',
  'credits',
  'created_at',
] as const;
type Row = Pick<Selectable<GenerationsTable>, (typeof columns)[number]>;
type Entry = Selectable<Schema['ledger_entries']>;

/** An entry's amounts. */
interface Amounts {
  readonly kind: EntryKind;
  readonly member: number;
  readonly shared: number;
  readonly granted: number;
}

/** Compares each generation with its entries: there are those that its state asks for, no others, and each is right. */
export async function verifyGenerations(trx: Kysely<Schema>): Promise<LedgerFault[]> {
  const faults = await strayEntries(trx);
  let last = '';
  for (;;) {
    const rows = await trx
      .selectFrom('generations')
      .select(columns)
      .where('id', '>', last)
      .orderBy('id')
      .limit(readAtOnce)
      .execute();
    if (rows.length === 0 || faults.length >= faultsListed) return faults;
    last = rows.at(-1)?.id ?? last;
    const entries = await entriesOf(trx, rows);
    for (const row of rows) faults.push(...faultsOf(row, entries.get(row.id) ?? []));
  }
}

async function strayEntries(trx: Kysely<Schema>): Promise<LedgerFault[]> {
  const rows = await trx
    .selectFrom('ledger_entries as e')
    .leftJoin('generations as g', 'g.id', 'e.generation_id')
    .select(['e.generation_id', 'e.kind'])
    .where('g.id', 'is', null)
    .orderBy('e.id')
    .limit(faultsListed)
    .execute();
  return rows.map((row) => ({
    where: `entry ${row.kind} of generation ${row.generation_id}`,
    expected: 'a generation',
    found: 'no such generation',
  }));
}

async function entriesOf(
  trx: Kysely<Schema>,
  rows: readonly Row[],
): Promise<ReadonlyMap<string, readonly Entry[]>> {
  const entries = await trx
    .selectFrom('ledger_entries')
    .selectAll()
    .where(
      'generation_id',
      'in',
      rows.map((row) => row.id),
    )
    .orderBy('id')
    .execute();
  return Map.groupBy(entries, (entry) => entry.generation_id);
}

function faultsOf(row: Row, entries: readonly Entry[]): LedgerFault[] {
  const owner = ownerOf(row, row.created_at);
  const faults = entries.flatMap((entry): LedgerFault[] => {
    const found = ownerOf(entry, entry.counts_at);
    const where = `entry ${entry.kind} of generation ${row.id}`;
    return found === owner ? [] : [{ where, expected: owner, found }];
  });
  const amounts = entries.map(amountsOf);
  const expected = textOf(dueOf(row, amounts));
  const found = textOf(amounts);
  if (found !== expected) {
    const where = `generation ${row.id} (${row.state}, ${row.delivery})`;
    faults.push({ where, expected, found });
  }
  return faults;
}

type Owned = Pick<Row, 'guild_id' | 'member_id' | 'account'>;

function ownerOf({ guild_id, member_id, account }: Owned, at: number): string {
  return `guild ${guild_id}, member ${member_id}, account ${account}, counted at ${at}`;
}

function amountsOf(entry: Entry): Amounts {
  return {
    kind: entry.kind,
    member: entry.member_credits,
    shared: entry.shared_credits,
    granted: entry.granted_credits,
  };
}

/** The entries that a generation should have. */
function dueOf(row: Row, found: readonly Amounts[]): Amounts[] {
  const { held, credits } = row;
  // Only the hold says how much of it was granted; the buckets and balances vouch for that.
  const hold = found.find(({ kind }) => kind === 'hold');
  const granted = Math.min(held, Math.max(0, hold?.granted ?? 0));
  const due: Amounts[] = [{ kind: 'hold', member: held, shared: held, granted }];
  if (row.state === 'returned')
    due.push({ kind: 'return', member: -held, shared: -held, granted: -granted });
  if (row.state === 'unknown')
    due.push({ kind: 'write-off', member: -held, shared: 0, granted: -granted });
  if (row.state !== 'made') return due;
  const cost = credits - held;
  const grantedBack = Math.min(granted, Math.max(0, -cost));
  due.push({ kind: 'settle', member: cost, shared: cost, granted: -grantedBack });
  // One that lapsed may be deleted later.
  const mayHaveLapsed = row.delivery === 'deleted' && found.some(({ kind }) => kind === 'lapse');
  if (row.delivery === 'lapsed' || mayHaveLapsed)
    due.push({ kind: 'lapse', member: -credits, shared: -credits, granted: grantedBack - granted });
  return due;
}

// As a generation goes through them.
const kinds: readonly EntryKind[] = ['hold', 'settle', 'return', 'write-off', 'lapse'];

function textOf(entries: readonly Amounts[]): string {
  if (entries.length === 0) return 'no entries';
  return entries
    .toSorted((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind))
    .map(({ kind, member, shared, granted }) => {
      const amounts = [`member ${member}`, `shared ${shared}`];
      if (granted !== 0) amounts.push(`granted ${granted}`);
      return `${kind} ${amounts.join(', ')}`;
    })
    .join('; ');
}
