import type { Destination } from './destination.ts';
import type { Failure } from './failure.ts';
import type { Generation } from './generation.ts';
import type { FileLimits, Picture } from './pictures.ts';
import type { Refusal } from './refusal.ts';
import type { Remaining } from './remaining.ts';

/** What the answer shows before its final word. */
export type Progress =
  | {
      readonly step: 'waiting';
      readonly position: number;
      /** When the pictures are expected, ms since the epoch; `null` while nothing is known. */
      readonly readyAt: number | null;
    }
  | { readonly step: 'running'; readonly readyAt: number | null }
  /** So many models are at work on one comparison. */
  | { readonly step: 'comparing'; readonly models: number }
  /** Made and paid, but the pictures cannot be fetched at the moment; tried again by itself. */
  | { readonly step: 'fetching-again' };

/** What is posted for a generation that was made. */
export interface Result {
  readonly generation: Generation;
  /** What is left for the member after it was settled: `null` without any limit, `undefined` where it is not known. */
  readonly remaining: Remaining | null | undefined;
  /** The pictures within the limits; may be called again with smaller ones. */
  files(limits: FileLimits): Promise<readonly Picture[]>;
}

/** How a post went. */
export type Posting =
  | { readonly kind: 'posted'; readonly messageId: string }
  /** It cannot be posted where it belongs; why, for the log. */
  | { readonly kind: 'waiting'; readonly why: string }
  /** Discord could not be reached or is broken; another try may work. */
  | { readonly kind: 'later'; readonly why: string };

/**
 * The way of an answer to the member. There is one writer per answer: progress is coalesced, and
 * after the final word (`post`, `refuse` or `fail`) the answer is closed, so that no late edit
 * overwrites pictures. A live run and a recovered one take the same way.
 */
export interface Delivery {
  /** Fire and forget: at most every 2 s, none without change; failures are logged only. */
  progress(destination: Destination, generationId: string, progress: Progress): void;
  /**
   * Posts the pictures with their summary; tries smaller files, no prompt, the channel, as needed.
   * Several are a comparison: one message, each under its model's name, those without pictures with
   * what became of them. The first one's id is that of the message's buttons.
   */
  post(destination: Destination, results: readonly [Result, ...Result[]]): Promise<Posting>;
  /** The message that an earlier post of this generation left, if any. */
  find(destination: Destination, generationId: string): Promise<string | undefined>;
  /**
   * A refusal after the acknowledgement: for the member alone; the placeholder goes. Where a draft is
   * named, a button offers to run it instead.
   */
  refuse(destination: Destination, refusal: Refusal, draftId?: string): Promise<void>;
  /**
   * Tells how a generation ended without pictures, and what became of the credits. May be repeated.
   *
   * @returns false where Discord could not be reached or is broken, so that another try may work
   */
  fail(destination: Destination, generation: Generation, failure: Failure): Promise<boolean>;
}
