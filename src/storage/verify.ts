import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { LedgerFault } from '../domain/ledger.ts';
import { fromMicros } from './ledger.ts';
import type { Schema } from './schema.ts';
import { hourMs } from './usage.ts';

/** How many faults of each kind are listed; more would tell no more. */
const listed = 100;

/** Rebuilds every sum from the entries, inside the database, and lists what differs. */
export async function verifyLedger(trx: Kysely<Schema>): Promise<LedgerFault[]> {
  return [
    ...(await wrongOwners(trx)),
    ...(await wrongBalances(trx)),
    ...(await wrongBuckets(trx)),
    ...(await wrongAccounts(trx)),
  ];
}

/** Entries that do not belong to the generation they name. */
async function wrongOwners(trx: Kysely<Schema>): Promise<LedgerFault[]> {
  const rows = await trx
    .selectFrom('ledger_entries as e')
    .leftJoin('generations as g', 'g.id', 'e.generation_id')
    .select(['e.generation_id', 'e.kind', 'g.id'])
    .where((eb) =>
      eb.or([
        eb('g.id', 'is', null),
        eb('g.guild_id', '<>', eb.ref('e.guild_id')),
        eb('g.member_id', '<>', eb.ref('e.member_id')),
        eb('g.account', '<>', eb.ref('e.account')),
        eb('g.created_at', '<>', eb.ref('e.counts_at')),
      ]),
    )
    .orderBy('e.id')
    .limit(listed)
    .execute();
  return rows.map((row) => ({
    where: `entry ${row.kind} of generation ${row.generation_id}`,
    expected: 'the guild, member, account and time of its generation',
    found: row.id === null ? 'no such generation' : 'others',
  }));
}

/** Generations whose entries do not add up to what their state says. */
async function wrongBalances(trx: Kysely<Schema>): Promise<LedgerFault[]> {
  const rows = await trx
    .with('sums', (db) =>
      db
        .selectFrom('generations as g')
        .leftJoin('ledger_entries as e', 'e.generation_id', 'g.id')
        .groupBy('g.id')
        .select([
          'g.id',
          sql<number>`cast(coalesce(sum(e.member_credits), 0) as bigint)`.as('member'),
          sql<number>`cast(coalesce(sum(e.shared_credits), 0) as bigint)`.as('shared'),
          sql<number>`sum(case when e.kind = 'lapse' then 1 else 0 end)`.as('lapses'),
        ]),
    )
    .with('judged', (db) =>
      db
        .selectFrom('generations as g')
        .innerJoin('sums as s', 's.id', 'g.id')
        .select([
          'g.id',
          'g.state',
          'g.delivery',
          's.member',
          's.shared',
          sql<number>`case
            when g.state in ('queued', 'sent') then g.held
            when g.state = 'made' and s.lapses = 0 then g.credits
            else 0 end`.as('member_due'),
          sql<number>`case
            when g.state in ('queued', 'sent', 'unknown') then g.held
            when g.state = 'made' and s.lapses = 0 then g.credits
            else 0 end`.as('shared_due'),
          // A lapsed one may be deleted later, so only this direction is certain.
          sql<number>`case
            when g.delivery = 'lapsed' and s.lapses = 0 then 1
            when g.delivery not in ('lapsed', 'deleted') and s.lapses > 0 then 1
            else 0 end`.as('lapse_wrong'),
        ]),
    )
    .selectFrom('judged')
    .selectAll()
    .where((eb) =>
      eb.or([
        eb('member', '<>', eb.ref('member_due')),
        eb('shared', '<>', eb.ref('shared_due')),
        eb('lapse_wrong', '=', 1),
      ]),
    )
    .orderBy('id')
    .limit(listed)
    .execute();
  return rows.map((row) => ({
    where: `generation ${row.id} (${row.state}, ${row.delivery})`,
    expected: `member ${row.member_due}, shared ${row.shared_due}`,
    found: `member ${row.member}, shared ${row.shared}${row.lapse_wrong === 1 ? ', lapse and delivery disagree' : ''}`,
  }));
}

async function wrongBuckets(trx: Kysely<Schema>): Promise<LedgerFault[]> {
  const rebuilt = (guild: 'guild_id' | undefined, member: 'member_id' | undefined) =>
    trx
      .selectFrom('ledger_entries')
      .select([
        guild ? sql.ref<string>(guild).as('guild_id') : sql<string>`''`.as('guild_id'),
        member ? sql.ref<string>(member).as('member_id') : sql<string>`''`.as('member_id'),
        sql<number>`counts_at / ${sql.lit(hourMs)}`.as('hour'),
        'member_credits as member_due',
        'shared_credits as shared_due',
        sql<number>`0`.as('member'),
        sql<number>`0`.as('shared'),
      ]);
  const kept = trx
    .selectFrom('ledger_buckets')
    .select([
      'guild_id',
      'member_id',
      'hour',
      sql<number>`0`.as('member_due'),
      sql<number>`0`.as('shared_due'),
      'member_credits as member',
      'shared_credits as shared',
    ]);
  const sum = (column: string) => sql<number>`cast(sum(${sql.ref(column)}) as bigint)`;
  const rows = await trx
    .selectFrom(
      kept
        .unionAll(rebuilt('guild_id', 'member_id'))
        .unionAll(rebuilt('guild_id', undefined))
        .unionAll(rebuilt(undefined, 'member_id'))
        .unionAll(rebuilt(undefined, undefined))
        .as('both'),
    )
    .select([
      'guild_id',
      'member_id',
      'hour',
      sum('member_due').as('member_due'),
      sum('shared_due').as('shared_due'),
      sum('member').as('member'),
      sum('shared').as('shared'),
    ])
    .groupBy(['guild_id', 'member_id', 'hour'])
    .having((eb) =>
      eb.or([
        eb(sum('member_due'), '<>', sum('member')),
        eb(sum('shared_due'), '<>', sum('shared')),
      ]),
    )
    .orderBy('hour')
    .limit(listed)
    .execute();
  return rows.map((row) => ({
    where: `bucket of guild ${row.guild_id || '(all)'}, member ${row.member_id || '(all)'}, hour ${row.hour}`,
    expected: `member ${row.member_due}, shared ${row.shared_due}`,
    found: `member ${row.member}, shared ${row.shared}`,
  }));
}

async function wrongAccounts(trx: Kysely<Schema>): Promise<LedgerFault[]> {
  const kept = await trx.selectFrom('accounts').selectAll().execute();
  const rebuilt = await trx
    .selectFrom('ledger_entries as e')
    .leftJoin('accounts as a', 'a.account', 'e.account')
    .groupBy('e.account')
    .select([
      'e.account',
      sql<number>`cast(sum(e.provider_cost_micros) as bigint)`.as('settled'),
      sql<number>`cast(sum(e.unknown_cost_micros) as bigint)`.as('unknown'),
      sql<number>`cast(sum(case when a.since <= e.at
        then e.provider_cost_micros + e.unknown_cost_micros else 0 end) as bigint)`.as('spent'),
    ])
    .execute();
  const names = new Set([...kept, ...rebuilt].map((row) => row.account));
  const faults: LedgerFault[] = [];
  for (const account of [...names].sort()) {
    const found = kept.find((row) => row.account === account);
    const due = rebuilt.find((row) => row.account === account);
    const expected = words(due?.settled, due?.unknown, due?.spent);
    const actual = words(found?.settled_micros, found?.unknown_micros, found?.spent_micros);
    if (expected !== actual) faults.push({ where: `account ${account}`, expected, found: actual });
  }
  return faults;
}

function words(settled = 0, unknown = 0, spent = 0): string {
  return `settled ${fromMicros(settled)}, unknown ${fromMicros(unknown)}, spent ${fromMicros(spent)}`;
}
