import type { Generated } from 'kysely';
import type { DeliveryState, GenerationState } from '../domain/generation.ts';
import type { ModerationTables } from './moderation-tables.ts';

/**
 * The tables. Columns are text, integer or bigint only, so that both databases give the same values:
 * times are ms since the epoch, JSON is text, costs in a provider's own unit are millionths of it.
 */
export interface Schema extends ModerationTables {
  generations: GenerationsTable;
  ledger_entries: LedgerEntriesTable;
  ledger_buckets: LedgerBucketsTable;
  member_adjustments: MemberAdjustmentsTable;
  member_balances: MemberBalancesTable;
  accounts: AccountsTable;
  departures: DeparturesTable;
  schema_version: SchemaVersionTable;
  write_checks: WriteChecksTable;
}

export interface GenerationsTable {
  id: string;
  guild_id: string;
  member_id: string;
  provider: string;
  account: string;
  /** JSON of the destination without its token and the token's end. */
  destination: string;
  token: string | null;
  token_ends_at: number;
  /** JSON. */
  request: string;
  price: number;
  /** Credits held at the beginning; never changes. */
  held: number;
  credits: number;
  state: GenerationState;
  delivery: DeliveryState;
  /** JSON. */
  failure: string | null;
  request_id: string | null;
  job_ref: string | null;
  /** JSON. */
  sources: string;
  /** JSON. */
  pictures: string;
  /** JSON. */
  warnings: string;
  /** JSON of what was really used. */
  used: Generated<string>;
  instead_of: string | null;
  message_id: string | null;
  created_at: number;
  sent_at: number | null;
  made_at: number | null;
  content_refused_at: number | null;
  owner: string;
  /** `null` once nothing is left to do, so the unfinished ones are few and found by an index. */
  lease_until: number | null;
}

export type EntryKind = 'hold' | 'settle' | 'return' | 'write-off' | 'lapse';

interface LedgerEntriesTable {
  id: Generated<number>;
  /** One generation has at most one entry of each kind; the database refuses a second. */
  generation_id: string;
  kind: EntryKind;
  guild_id: string;
  member_id: string;
  account: string;
  /** What counts for the member. */
  member_credits: number;
  /** What counts for the guild and the bot. */
  shared_credits: number;
  /** The part of the member's credits that granted ones pay: it does not count for the guild's rules on members. */
  granted_credits: Generated<number>;
  provider_cost_micros: number;
  /** What the provider may have charged. */
  unknown_cost_micros: number;
  /** When the windows count it: the hold's time, for all entries of a generation. */
  counts_at: number;
  at: number;
}

/** Hourly sums; an empty guild or member stands for all of them. */
interface LedgerBucketsTable {
  guild_id: string;
  member_id: string;
  /** Hours since the epoch. */
  hour: number;
  member_credits: number;
  shared_credits: number;
  granted_credits: Generated<number>;
}

/** What moderators did to a member's balance in a guild, in order. */
interface MemberAdjustmentsTable {
  id: Generated<number>;
  guild_id: string;
  member_id: string;
  kind: 'grant' | 'reset';
  /** Granted credits, negative where some were taken back; 0 for a reset. */
  credits: number;
  /** `null` for a reset. */
  reason: string | null;
  /** The moderator. */
  by_id: string;
  at: number;
}

/** The sums of a member's adjustments and entries in a guild; a row stands where there was an adjustment. */
interface MemberBalancesTable {
  guild_id: string;
  member_id: string;
  /** Granted credits less those that entries have spent. */
  granted: number;
  /** The latest reset: what counts at that time or before counts no more for the guild's rules on members. */
  reset_at: number | null;
}

interface AccountsTable {
  account: string;
  /** The operator's figure; `null` where none was named. */
  credits_micros: number | null;
  since: number | null;
  /** Settled or unknown since {@link since}. */
  spent_micros: number;
  settled_micros: number;
  unknown_micros: number;
}

interface DeparturesTable {
  account: string;
  at: number;
  generation_id: string;
}

interface SchemaVersionTable {
  version: number;
  applied_at: number;
}

interface WriteChecksTable {
  id: string;
  filler: string;
}
