import type { OptionValues } from '../../../src/playground/discord/control.ts';
import type { StandIn, StandInName } from '../../../src/playground/stand-ins.ts';

/** What an error comes to for the member who asked. */
export interface Told {
  /** The API, the place in what is documented of it, and what it does: `stablecog 2.6: 400 nsfw_prompt`. */
  readonly row: string;
  /**
   * All that the member reads but the provider's id of the request or, of an answer with pictures, one
   * line of it. `…` stands for whatever changes.
   */
  readonly reads: string;
  /** The member's: given back, kept for what was made, or never taken. */
  readonly credits: 'back' | 'kept' | 'untouched';
  /** Whether the operator is told that the account needs them. */
  readonly operator?: true;
}

/** One documented error of an image API, or one of its traps. */
export interface ErrorRow<N extends StandInName> extends Told {
  /** Brings the stand-in to it; its faults and settings are put back afterwards. Left out where the request does. */
  readonly how?: (standIn: StandIn<N>) => void;
  /** The options of `/imagine`; a prompt of its own where none is given. */
  readonly asks?: OptionValues;
  /** Sent past what Discord's own client lets through. */
  readonly raw?: true;
  /** How far the clock goes at a time while the member waits, in ms; a second unless given. */
  readonly stepMs?: number;
}

/** The row's name: what happens, what the member reads, and what becomes of the credits. */
export function nameOf({ row, reads, credits, operator }: Told): string {
  const told = operator === true ? ' · operator told' : '';
  return `${row} → “${reads.replaceAll('\n', ' / ')}” · credits ${credits}${told}`;
}
