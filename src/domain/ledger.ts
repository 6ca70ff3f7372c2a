/** Whose credits are counted together. */
export type Pot =
  /** A member in one guild, as the guild's rules count: without what granted credits paid, from the last reset on. */
  | { readonly kind: 'member'; readonly guildId: string; readonly memberId: string }
  /** A member across all guilds. */
  | { readonly kind: 'person'; readonly memberId: string }
  | { readonly kind: 'guild'; readonly guildId: string }
  /** The whole bot. */
  | { readonly kind: 'bot' };

/** A rolling window: what was held in the last so many ms. */
export interface Window {
  readonly pot: Pot;
  readonly lengthMs: number;
}

/** What has been spent in a window; held credits count until returned. */
export interface Spent {
  readonly credits: number;
  /** When the oldest of it leaves the window (ms since the epoch); `null` when nothing is spent. */
  readonly freesAt: number | null;
}

/** The operator's caps in credits per 24 h, above all rules; `null` is no cap. */
export interface Caps {
  /** A member across all guilds. */
  readonly member: number | null;
  readonly guild: number | null;
  readonly bot: number | null;
}

/** What the ledger knows of a member in a guild, for the policy to decide on. */
export interface Standing {
  /** Aligned with the windows that were asked for. */
  readonly spent: readonly Spent[];
  /** The member's unspent granted credits in this guild. */
  readonly granted: number;
  /** Times (ms since the epoch) of the member's latest content refusals, newest first, at most 10. */
  readonly contentRefusals: readonly number[];
  /** When the member's latest request in this guild began that was not returned; `null` without one. */
  readonly lastBegunAt: number | null;
}

/** What the bot knows of an account whose provider tells nothing. */
export interface AccountBalance {
  /** The operator's setting, as first seen. */
  readonly credits: number;
  /** When that value was first seen. */
  readonly since: number;
  /** What has been spent since, in the provider's unit; what may have been spent counts. */
  readonly spent: number;
}

/** A difference that {@link LedgerStore.verify} found. */
export interface LedgerFault {
  readonly where: string;
  readonly expected: string;
  readonly found: string;
}
