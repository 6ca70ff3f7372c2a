import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { LedgerFault } from '../domain/ledger.ts';
import { hourMs } from './hours.ts';
import { fromMicros } from './ledger.ts';
import type { Schema } from './schema.ts';
import { faultsListed, verifyGenerations } from './verify-generations.ts';

/** Rebuilds every sum from the entries, and lists what differs; at most 100 faults of each kind. */
export async function verifyLedger(trx: Kysely<Schema>): Promise<LedgerFault[]> {
  return [
    ...(await verifyGenerations(trx)),
    ...(await wrongBuckets(trx)),
    ...(await wrongBalances(trx)),
    ...(await wrongAccounts(trx)),
  ];
}

const sum = (column: string) => sql<number>`cast(sum(${sql.ref(column)}) as bigint)`;
const zero = sql<number>`0`;

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
        'granted_credits as granted_due',
        zero.as('member'),
        zero.as('shared'),
        zero.as('granted'),
      ]);
  const kept = trx
    .selectFrom('ledger_buckets')
    .select([
      'guild_id',
      'member_id',
      'hour',
      zero.as('member_due'),
      zero.as('shared_due'),
      zero.as('granted_due'),
      'member_credits as member',
      'shared_credits as shared',
      'granted_credits as granted',
    ]);
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
      sum('granted_due').as('granted_due'),
      sum('member').as('member'),
      sum('shared').as('shared'),
      sum('granted').as('granted'),
    ])
    .groupBy(['guild_id', 'member_id', 'hour'])
    .having((eb) =>
      eb.or([
        eb(sum('member_due'), '<>', sum('member')),
        eb(sum('shared_due'), '<>', sum('shared')),
        eb(sum('granted_due'), '<>', sum('granted')),
      ]),
    )
    .orderBy('hour')
    .limit(faultsListed)
    .execute();
  return rows.map((row) => ({
    where: `bucket of guild ${row.guild_id || '(all)'}, member ${row.member_id || '(all)'}, hour ${row.hour}`,
    expected: `member ${row.member_due}, shared ${row.shared_due}, granted ${row.granted_due}`,
    found: `member ${row.member}, shared ${row.shared}, granted ${row.granted}`,
  }));
}

/** Members whose unspent grant or last reset is not what their adjustments and entries say. */
async function wrongBalances(trx: Kysely<Schema>): Promise<LedgerFault[]> {
  const never = sql<number>`-1`;
  const granted = trx
    .selectFrom('member_adjustments')
    .select([
      'guild_id',
      'member_id',
      'credits as granted_due',
      zero.as('granted'),
      sql<number>`case when kind = 'reset' then at else -1 end`.as('reset_due'),
      never.as('reset'),
    ]);
  const spent = trx
    .selectFrom('ledger_entries')
    .select([
      'guild_id',
      'member_id',
      sql<number>`-granted_credits`.as('granted_due'),
      zero.as('granted'),
      never.as('reset_due'),
      never.as('reset'),
    ])
    .where('granted_credits', '<>', 0);
  const kept = trx
    .selectFrom('member_balances')
    .select([
      'guild_id',
      'member_id',
      zero.as('granted_due'),
      'granted',
      never.as('reset_due'),
      sql<number>`coalesce(reset_at, -1)`.as('reset'),
    ]);
  const rows = await trx
    .selectFrom(kept.unionAll(granted).unionAll(spent).as('both'))
    .select(({ fn }) => [
      'guild_id',
      'member_id',
      sum('granted_due').as('granted_due'),
      sum('granted').as('granted'),
      fn.max('reset_due').as('reset_due'),
      fn.max('reset').as('reset'),
    ])
    .groupBy(['guild_id', 'member_id'])
    .having((eb) =>
      eb.or([
        eb(sum('granted_due'), '<>', sum('granted')),
        eb(sum('granted_due'), '<', 0),
        eb(eb.fn.max('reset_due'), '<>', eb.fn.max('reset')),
      ]),
    )
    .orderBy('guild_id')
    .orderBy('member_id')
    .limit(faultsListed)
    .execute();
  const words = (credits: number, reset: number): string =>
    `granted ${credits}, ${reset < 0 ? 'never reset' : `reset at ${reset}`}`;
  return rows.map((row) => ({
    where: `balance of guild ${row.guild_id}, member ${row.member_id}`,
    // More was spent than granted: nothing that is kept could be right.
    expected: words(Math.max(0, row.granted_due), row.reset_due),
    found: words(row.granted, row.reset),
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
      sum('e.provider_cost_micros').as('settled'),
      sum('e.unknown_cost_micros').as('unknown'),
      sql<number>`cast(sum(case when a.since <= e.at
        then e.provider_cost_micros + e.unknown_cost_micros else 0 end) as bigint)`.as('spent'),
    ])
    .execute();
  const names = new Set([...kept, ...rebuilt].map((row) => row.account));
  const faults: LedgerFault[] = [];
  for (const account of [...names].sort()) {
    const found = kept.find((row) => row.account === account);
    const due = rebuilt.find((row) => row.account === account);
    const expected = costs(due?.settled, due?.unknown, due?.spent);
    const actual = costs(found?.settled_micros, found?.unknown_micros, found?.spent_micros);
    if (expected !== actual) faults.push({ where: `account ${account}`, expected, found: actual });
  }
  return faults;
}

function costs(settled = 0, unknown = 0, spent = 0): string {
  return `settled ${fromMicros(settled)}, unknown ${fromMicros(unknown)}, spent ${fromMicros(spent)}`;
}
