/** One of an API's windows: at most `limit` requests in `windowMs`. */
export interface RateWindow {
  readonly limit: number;
  readonly windowMs: number;
}

/** What one answer of the API said about its pace; every part may be missing. */
export interface RateLimitReading {
  /** The limit now closest to exhaustion (the first number of `ratelimit-limit`). */
  readonly limit: number | undefined;
  /** Requests left of that limit; may be negative (Claid sends -1). */
  readonly remaining: number | undefined;
  /** Until that limit's window is over. */
  readonly resetMs: number | undefined;
  /** All windows that the API names; empty where it names none. */
  readonly windows: readonly RateWindow[];
  /** How long the API asks to wait; takes precedence over {@link resetMs}. */
  readonly retryAfterMs: number | undefined;
}

/** A job's turn to send one request. */
export interface Turn {
  /** When it departed, ms since the epoch; to be stored with the sending, so that a restart knows it. */
  readonly departedAt: number;
  /** Takes what an answer said about the API's pace. */
  observe(reading: RateLimitReading): void;
}

/** Where a waiting job stands. */
export interface QueuePosition {
  /** 1 is next in its guild. */
  readonly position: number;
  /** How many jobs of the guild run. */
  readonly running: number;
  /**
   * How long the account will hold it as far as is known: its pace at the least, and about as long as
   * its requests under way will take where it allows only so many. 0 only if nothing holds it now.
   */
  readonly accountDelayMs: number;
}

export interface RunOptions {
  /** Leaves the queue; the promise rejects with the signal's reason. After the job began the job itself must heed it. */
  readonly signal: AbortSignal;
  /** Called when the position changes, at once with the first one unless the job starts right away. */
  onPosition(position: QueuePosition): void;
}

/** A place in a guild's queue, taken before anything is spent. */
export interface Place {
  /**
   * Waits for the member's, the guild's and the account's turn, then runs the job once.
   * A job that throws a ProviderError `busy` (429: nothing was made) waits out the API's pause in
   * front of all others and is run again, silently; past the limit of patience that error is thrown.
   * The place is left when this settles.
   */
  run<T>(account: string, job: (turn: Turn) => Promise<T>, options: RunOptions): Promise<T>;
  /** Gives the place up unused. Harmless after `run`. */
  leave(): void;
}

/** Why no place could be had. */
export interface QueueFull {
  readonly full: 'guild' | 'member';
  /** The setting that decides (waiting places). */
  readonly limit: number;
  /** Jobs ahead, running and waiting. */
  readonly ahead: number;
  /** So many places there are in all. */
  readonly places: number;
}

/** What a guild's moderators allow its members; `null` leaves it to the operator. Only ever less than that counts. */
export interface MemberLimits {
  /** Jobs of a member at once, and waiting besides. */
  readonly running: number | null;
  readonly waiting: number | null;
}

/** Keeps guilds fair to each other and the accounts within what their API allows. */
export interface Pace {
  /** Takes a place, without waiting. */
  take(guildId: string, memberId: string, limits?: MemberLimits): Place | QueueFull;
  /** Whether so many of `take` (1 unless told) would fail now; takes nothing. */
  full(
    guildId: string,
    memberId: string,
    limits?: MemberLimits,
    places?: number,
  ): QueueFull | undefined;
  /** Frees its timers and connections. What still waits must have been aborted before. */
  close(): Promise<void>;
}
