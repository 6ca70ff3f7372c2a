/** What has been spent of one allowance in a rolling window; held credits count until returned. */
export interface Spent {
  readonly credits: number;
  /** When the oldest of it leaves the window (ms since the epoch); `null` when nothing is spent. */
  readonly freesAt: number | null;
}

/** What the operator's caps are compared with: the last 24 hours. */
export interface Usage {
  /** The member, across all guilds. */
  readonly member: Spent;
  readonly guild: Spent;
  /** The whole bot. */
  readonly bot: Spent;
}

/** The operator's caps in credits per 24 h, above all rules; `null` is no cap. */
export interface Caps {
  readonly member: number | null;
  readonly guild: number | null;
  readonly bot: number | null;
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
