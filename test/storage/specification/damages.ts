import type { LedgerFault } from '../../../src/domain/ledger.ts';
import type { Store } from '../../../src/domain/store.ts';
import { bring, hourMs, start } from '../fixtures.ts';

const hour = Math.floor(start / hourMs);
const bucket = (guild: string, member: string, at = hour): string =>
  `bucket of guild ${guild}, member ${member}, hour ${at}`;
const owner = (wishes: { guild?: string; member?: string; account?: string; at?: number } = {}) =>
  `guild ${wishes.guild ?? 'guild-1'}, member ${wishes.member ?? 'member-1'}, ` +
  `account ${wishes.account ?? 'account-1'}, counted at ${wishes.at ?? start}`;
const made = 'generation g1 (made, pending)';
const hold = 'hold member 8, shared 8, granted 3';
const settle = 'settle member -2, shared -2, granted -2';
const g1 = `${hold}; ${settle}`;
const noCost = 'settled 0, unknown 0, spent 0';
const granted = (credits: number, reset: string) => `granted ${credits}, ${reset}`;
const reset = `reset at ${start - hourMs}`;

/** A change behind the store's back, and a fault that must be found then. */
interface Damage {
  readonly name: string;
  readonly statement: string;
  readonly fault: LedgerFault;
}

const damage = (
  name: string,
  statement: string,
  where: string,
  expected: string,
  found: string,
): Damage => ({ name, statement, fault: { where, expected, found } });

/** A generation, a grant, a reset and an account, for each of the {@link damages} to be done to. */
export async function bringDamageable(store: Store): Promise<void> {
  await store.noteBalance('account-1', 100, start);
  await store.reset('guild-1', 'member-1', 'moderator-1', start - hourMs);
  const grant = { credits: 10, reason: 'a prize', by: 'moderator-1', at: start - hourMs };
  await store.grant('guild-1', 'member-1', grant);
  await bring(store, 'g1', 'pending', { fromGrant: 3, cost: 6 });
}

/** One for each kind of row that the ledger has, and for each way in which it can be wrong. */
export const damages: readonly Damage[] = [
  damage(
    'a bucket that was changed',
    `update ledger_buckets set member_credits = member_credits + 3 where guild_id = 'guild-1' and member_id = 'member-1'`,
    bucket('guild-1', 'member-1'),
    'member 6, shared 6, granted 1',
    'member 9, shared 6, granted 1',
  ),
  damage(
    'a bucket whose granted part was changed',
    `update ledger_buckets set granted_credits = 0 where guild_id = '' and member_id = 'member-1'`,
    bucket('(all)', 'member-1'),
    'member 6, shared 6, granted 1',
    'member 6, shared 6, granted 0',
  ),
  damage(
    'a bucket that is gone',
    `delete from ledger_buckets where guild_id = '' and member_id = ''`,
    bucket('(all)', '(all)'),
    'member 6, shared 6, granted 1',
    'member 0, shared 0, granted 0',
  ),
  damage(
    'a bucket of nothing',
    `insert into ledger_buckets (guild_id, member_id, hour, member_credits, shared_credits) values ('guild-7', '', 5, 0, 2)`,
    bucket('guild-7', '(all)', 5),
    'member 0, shared 0, granted 0',
    'member 0, shared 2, granted 0',
  ),
  damage(
    'an account that forgot what was spent',
    `update accounts set spent_micros = 0`,
    'account account-1',
    'settled 4, unknown 0, spent 4',
    'settled 4, unknown 0, spent 0',
  ),
  damage(
    'an account that is gone',
    `delete from accounts`,
    'account account-1',
    'settled 4, unknown 0, spent 0',
    noCost,
  ),
  damage(
    'an entry whose cost was changed',
    `update ledger_entries set provider_cost_micros = 5000000 where kind = 'settle'`,
    'account account-1',
    'settled 5, unknown 0, spent 5',
    'settled 4, unknown 0, spent 4',
  ),
  damage(
    'a balance that was changed',
    `update member_balances set granted = 10`,
    'balance of guild guild-1, member member-1',
    granted(9, reset),
    granted(10, reset),
  ),
  damage(
    'a balance that is gone',
    `delete from member_balances`,
    'balance of guild guild-1, member member-1',
    granted(9, reset),
    granted(0, 'never reset'),
  ),
  damage(
    'a balance that forgot its reset',
    `update member_balances set reset_at = null`,
    'balance of guild guild-1, member member-1',
    granted(9, reset),
    granted(9, 'never reset'),
  ),
  damage(
    'a grant that was changed',
    `update member_adjustments set credits = 11 where kind = 'grant'`,
    'balance of guild guild-1, member member-1',
    granted(10, reset),
    granted(9, reset),
  ),
  damage(
    'a grant that is gone, though some of it was spent',
    `delete from member_adjustments where kind = 'grant'`,
    'balance of guild guild-1, member member-1',
    granted(0, reset),
    granted(9, reset),
  ),
  damage(
    'a reset that is gone',
    `delete from member_adjustments where kind = 'reset'`,
    'balance of guild guild-1, member member-1',
    granted(9, 'never reset'),
    granted(9, reset),
  ),
  damage(
    'a generation whose cost is not what was booked',
    `update generations set credits = 9`,
    made,
    `${hold}; settle member 1, shared 1`,
    g1,
  ),
  damage(
    'a generation that held another amount than was booked',
    `update generations set held = 9`,
    made,
    'hold member 9, shared 9, granted 3; settle member -3, shared -3, granted -3',
    g1,
  ),
  damage(
    'a generation whose state is not what was booked',
    `update generations set state = 'returned', delivery = 'none'`,
    'generation g1 (returned, none)',
    `${hold}; return member -8, shared -8, granted -3`,
    g1,
  ),
  damage(
    'a generation that lapsed without its credits back',
    `update generations set delivery = 'lapsed'`,
    'generation g1 (made, lapsed)',
    `${g1}; lapse member -6, shared -6, granted -1`,
    g1,
  ),
  damage(
    'amounts of entries that were changed, though their sum is right',
    `update ledger_entries set member_credits = member_credits + case kind when 'hold' then 1 else -1 end`,
    made,
    g1,
    'hold member 9, shared 8, granted 3; settle member -3, shared -2, granted -2',
  ),
  damage(
    'an entry whose granted part was changed',
    `update ledger_entries set granted_credits = 4 where kind = 'hold'`,
    'balance of guild guild-1, member member-1',
    granted(8, reset),
    granted(9, reset),
  ),
  damage(
    'an entry that gives back less of the grant than it should',
    `update ledger_entries set granted_credits = -1 where kind = 'settle'`,
    made,
    g1,
    `${hold}; settle member -2, shared -2, granted -1`,
  ),
  damage(
    'an entry that is missing',
    `delete from ledger_entries where kind = 'settle'`,
    made,
    g1,
    hold,
  ),
  damage(
    'entries that are all missing',
    `delete from ledger_entries`,
    made,
    'hold member 8, shared 8; settle member -2, shared -2',
    'no entries',
  ),
  damage(
    'an entry too many, though it changes no sum',
    `insert into ledger_entries (generation_id, kind, guild_id, member_id, account, member_credits,
       shared_credits, provider_cost_micros, unknown_cost_micros, counts_at, at)
       select generation_id, 'lapse', guild_id, member_id, account, 0, 0, 0, 0, counts_at, at
       from ledger_entries where kind = 'hold'`,
    made,
    g1,
    `${g1}; lapse member 0, shared 0`,
  ),
  ...(
    [
      ['guild_id', `'guild-9'`, { guild: 'guild-9' }],
      ['member_id', `'member-9'`, { member: 'member-9' }],
      ['account', `'account-9'`, { account: 'account-9' }],
      ['counts_at', `${start + 1}`, { at: start + 1 }],
    ] as const
  ).map(([column, value, wrong]) =>
    damage(
      `an entry with another ${column} than its generation`,
      `update ledger_entries set ${column} = ${value} where kind = 'hold'`,
      'entry hold of generation g1',
      owner(),
      owner(wrong),
    ),
  ),
];
