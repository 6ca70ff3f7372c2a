import type { GuildEvent, GuildLogEntry } from './guild-log.ts';
import type { Block } from './rule.ts';
import type { GuildSettings, RuleEdit, RulesChanged } from './settings.ts';
import type { Wish } from './wish.ts';

/** What moderators set, and the log of a guild. */
export interface GuildStore {
  /** Of a guild where nothing was set: version 0 and no rules. */
  settings(guildId: string): Promise<GuildSettings>;
  /** One transaction: reads, edits, writes with a higher version, logs. See {@link Settings.change}. */
  changeRules(
    guildId: string,
    by: string,
    at: number,
    edit: (settings: GuildSettings) => RuleEdit,
  ): Promise<RulesChanged>;
  /** See {@link Settings.block}. */
  changeBlock(
    guildId: string,
    memberId: string,
    by: string,
    at: number,
    block: Block | null,
  ): Promise<RulesChanged>;
  /** The guilds whose settings were changed after the given change, and the latest change's number. */
  settingsChanged(
    after: number,
  ): Promise<{ readonly guildIds: readonly string[]; readonly latest: number }>;
  /** Counts one hit of each of these rules on words, enforced or dry. */
  countWordHits(guildId: string, ruleIds: readonly string[]): Promise<void>;
  /** How often each rule on words has hit; those without a hit are not among them. */
  wordHits(guildId: string): Promise<ReadonlyMap<string, number>>;

  noteLog(guildId: string, by: string, event: GuildEvent, at: number): Promise<void>;
  /** The latest entries before the given one (or of all), newest first. */
  readLog(
    guildId: string,
    options: {
      readonly before: number | null;
      /** Empty: all kinds. */
      readonly kinds: readonly GuildEvent['kind'][];
      readonly limit: number;
    },
  ): Promise<GuildLogEntry[]>;
  /**
   * Takes the oldest entries that were not posted yet, not older than `since`, for posting; of several
   * processes each entry goes to one. Entries of a guild without a log channel are never taken.
   */
  takeUnposted(guildId: string, since: number, limit: number): Promise<GuildLogEntry[]>;
  /**
   * Entries that were taken and not posted wait again, for whichever process takes them next; those of
   * a guild whose log channel was taken away meanwhile do not.
   */
  giveBackUnposted(entryIds: readonly number[]): Promise<void>;
  /** Guilds with a log channel and entries not posted yet, not older than `since`. */
  guildsWithUnposted(since: number): Promise<string[]>;

  /** Keeps a request for a button to run; past `expiresAt` it is gone. */
  keepDraft(draft: KeptDraft): Promise<void>;
  draft(id: string, now: number): Promise<KeptDraft | undefined>;
  /** Removes drafts that have expired. */
  dropDrafts(expiredBefore: number): Promise<void>;
}

/** What is run at the press of a button: a request in another way than it was refused, or a comparison. */
export interface KeptDraft {
  /** The interaction's id; custom ids refer to it. */
  readonly id: string;
  readonly guildId: string;
  readonly memberId: string;
  readonly wish: Wish;
  /** The keys of the models to compare; empty for a request of one model. */
  readonly models: readonly string[];
  /** What the comparison costs together, as it was told; 0 for a request of one model. */
  readonly credits: number;
  readonly private: boolean;
  /** ms since the epoch. */
  readonly expiresAt: number;
}
