import type { Generated } from 'kysely';
import type { GuildEvent } from '../domain/guild-log.ts';
import type { Refusal } from '../domain/refusal.ts';

/** The tables of what moderators set, of the guilds' logs, of kept drafts, and of those who were erased. */
export interface ModerationTables {
  guild_settings: GuildSettingsTable;
  settings_changes: SettingsChangesTable;
  blocks: BlocksTable;
  word_hits: WordHitsTable;
  guild_log: GuildLogTable;
  drafts: DraftsTable;
  erasures: ErasuresTable;
  secrets: SecretsTable;
}

/** A row stands where something was set. */
interface GuildSettingsTable {
  guild_id: string;
  version: number;
  /** JSON of the guild's rules. */
  rules: string;
  /** The same as in the rules, so that an entry of the log can ask for it. */
  log_channel_id: string | null;
  /** The number of the latest change of this guild among all guilds' changes. */
  changed: number;
}

/**
 * One row: the number of the latest change of any guild's settings. Whoever changes settings holds
 * it until the end of the transaction, so that a lower number is never seen after a higher one.
 */
interface SettingsChangesTable {
  id: number;
  latest: number;
}

interface BlocksTable {
  guild_id: string;
  member_id: string;
  ends_at: number | null;
  reason: string | null;
  by_id: string;
  at: number;
}

interface WordHitsTable {
  guild_id: string;
  rule_id: string;
  hits: number;
}

export interface GuildLogTable {
  id: Generated<number>;
  guild_id: string;
  at: number;
  by_id: string;
  kind: GuildEvent['kind'];
  /** JSON. */
  event: string;
  /** Of a refusal only. */
  reason: Refusal['reason'] | null;
  /** Members named in the event besides `by_id`, each between spaces; `null` where there are none. */
  mentions: string | null;
  /** When it was written, until it has been taken for the log channel; `null` where there was none. */
  unposted_since: number | null;
}

interface DraftsTable {
  id: string;
  guild_id: string;
  member_id: string;
  /** JSON of the wish. */
  request: string;
  /** JSON of the models' keys. */
  models: Generated<string>;
  credits: Generated<number>;
  /** 1 or 0. */
  private: number;
  expires_at: number;
}

/** Members who were taken out, under the id that they have since. */
interface ErasuresTable {
  erased_id: string;
  at: number;
}

interface SecretsTable {
  name: string;
  value: string;
}
