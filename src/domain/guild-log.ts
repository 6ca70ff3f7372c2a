import type { Refusal } from './refusal.ts';
import type { RuleChange } from './rule-change.ts';

/** What a guild's log tells. Who did it stands in the entry. */
export type GuildEvent =
  /** Pictures were made, private ones too; `messageId` where a message shows them. */
  | {
      readonly kind: 'generation';
      readonly generationId: string;
      readonly messageId: string | null;
    }
  | {
      readonly kind: 'refusal';
      readonly reason: Refusal['reason'];
      readonly channelId: string;
      /** The words that hit, for a refusal by a rule on words. */
      readonly words: readonly string[];
    }
  /** By the author or by a moderator. */
  | { readonly kind: 'deletion'; readonly generationId: string; readonly memberId: string }
  | { readonly kind: 'change'; readonly change: RuleChange };

export interface GuildLogEntry {
  /** Later entries have larger ones. */
  readonly id: number;
  readonly guildId: string;
  /** ms since the epoch. */
  readonly at: number;
  /** Whose doing it is: a member's or a moderator's id. */
  readonly by: string;
  readonly event: GuildEvent;
}

/** A guild's log: kept in the store, and posted to its log channel where one is set. */
export interface GuildLog {
  /** Never throws and never blocks: a generation does not wait for its entry. */
  note(guildId: string, by: string, event: GuildEvent): void;
  /** Something was written to the store's log in another way (a change of rules): it may have to be posted. */
  wake(guildId: string): void;
  /** Whether the log channel of the guild could not be written to when it was last tried. */
  troubled(guildId: string): boolean;
  /** Posts what an earlier run left; to be called once, when the bot is connected. */
  begin(): Promise<void>;
  /** Resolves when what was noted is in the store; posts no more. */
  close(): Promise<void>;
}
