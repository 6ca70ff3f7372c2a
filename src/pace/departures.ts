import type { Rule } from './rule.ts';

/** A request's leave to go. */
export interface Departure {
  readonly id: string;
  /** Ms since the epoch, by our clock. */
  readonly at: number;
  /** The same by the clock of the store; tells which of two departed later. */
  readonly order: number;
  /** Own departures in the long window when it left, itself included. */
  readonly own: number;
}

/** Where the departures of one account are written down: in memory, or in Redis for several processes. */
export interface Departures {
  /**
   * Asks for the next departure that the rule allows. With `departure` it is booked and may leave
   * after `waitMs`; without, nothing is booked and `waitMs` is when to ask again at the latest.
   * Never rejects.
   */
  book(rule: Rule): Promise<{ readonly waitMs: number; readonly departure: Departure | undefined }>;
  /** Gives back a departure that nobody used. */
  release(departure: Departure): void;
  /**
   * Takes how many requests of the long window the answer to this departure says are used.
   *
   * @returns whether who was told to ask again had better ask now
   */
  used(count: number, departure: Departure, rule: Rule): boolean;
  /** The API asked for a pause; others who share the account need to know. */
  paused(forMs: number): void;
  /** How long a job with so many ahead of it has to wait at least. */
  forecastMs(rule: Rule, ahead: number): number;
  /** How many requests others have in the long window, as far as known. */
  foreign(): number;
}
