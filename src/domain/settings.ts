import type { Refusal } from './refusal.ts';
import type { Block, GuildRules } from './rule.ts';
import type { RuleChange } from './rule-change.ts';

/** Everything that was set for a guild, at one moment. */
export interface GuildSettings {
  readonly guildId: string;
  /** Grows with every change. */
  readonly version: number;
  readonly rules: GuildRules;
  /** By member; those that have ended may still be among them. */
  readonly blocks: ReadonlyMap<string, Block>;
}

/** What a change makes of the rules, or why it cannot be. */
export type RuleEdit =
  { readonly rules: GuildRules; readonly change: RuleChange } | { readonly refused: Refusal };

export type RulesChanged =
  { readonly change: RuleChange; readonly settings: GuildSettings } | { readonly refused: Refusal };

/** The settings of guilds, as snapshots in memory that are at most 5 s behind other processes. */
export interface Settings {
  /** `undefined` where the guild's are not in memory: that is no refusal, but a load after the acknowledgement. */
  peek(guildId: string): GuildSettings | undefined;
  load(guildId: string): Promise<GuildSettings>;
  /**
   * One transaction: `edit` sees the rules as they are and says what they become; that and its entry
   * in the guild's log are written together, so that of two moderators at once the second sees what
   * the first has done. `edit` must be pure: it may run more than once.
   */
  change(
    guildId: string,
    by: string,
    edit: (settings: GuildSettings) => RuleEdit,
  ): Promise<RulesChanged>;
  /** Blocks a member (in place of an earlier block), or lifts the block where `block` is `null`; logged as above. */
  block(guildId: string, memberId: string, by: string, block: Block | null): Promise<RulesChanged>;
  close(): Promise<void>;
}
