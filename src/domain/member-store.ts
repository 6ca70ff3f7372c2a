import type { Generation } from './generation.ts';
import type { Refusal } from './refusal.ts';

/** What one day cost, in credits that were spent and not returned. */
export interface DaySpend {
  /** Midnight UTC, ms since the epoch. */
  readonly day: number;
  readonly credits: number;
}

/** A guild's use at a glance, over the last 30 days. */
export interface GuildReport {
  readonly credits: number;
  readonly pictures: number;
  readonly requests: number;
  readonly members: number;
  /** Who spent most, most first, at most 10. */
  readonly top: readonly { readonly memberId: string; readonly credits: number }[];
  /** How often each reason refused somebody, most first. */
  readonly refusals: readonly { readonly reason: Refusal['reason']; readonly count: number }[];
  /** Each of the last 30 days, oldest first, also those without any. */
  readonly days: readonly DaySpend[];
}

/** What is stored about members, and taken out again. */
export interface MemberStore {
  /** The generation whose pictures a message shows. */
  findByMessage(guildId: string, messageId: string): Promise<Generation | undefined>;
  /** A member's latest generations in a guild that were made, newest first; of all guilds where `guildId` is `null`. */
  latestOf(guildId: string | null, memberId: string, limit: number): Promise<Generation[]>;
  report(guildId: string, now: number): Promise<GuildReport>;
  /** Everything that is stored about a member, as plain JSON values by kind. */
  exportMember(memberId: string): Promise<Readonly<Record<string, readonly unknown[]>>>;
  /**
   * Takes a member out: the prompts, results, destinations and tokens of what has ended go, the id
   * becomes a keyed hash that still counts for this member's limits, blocks stay. Returns the ids of the
   * generations, whose pictures are to be deleted; what is still under way is left for another call.
   */
  eraseMember(
    memberId: string,
    at: number,
  ): Promise<{ readonly generationIds: readonly string[]; readonly left: number }>;
  /**
   * Takes prompts, results and log entries out that are older than the time, at most `limit`
   * generations and ten times as many entries; the ledger's numbers stay. Returns the generations' ids,
   * and whether more may be left for another call.
   */
  purge(
    olderThan: number,
    limit: number,
  ): Promise<{ readonly ids: readonly string[]; readonly more: boolean }>;
}
