/**
 * Why a request is not done. A closed set: each reason has its one wording in `messages/`, so that
 * the text is decided in one place. A refusal is for the member alone.
 */
export type Refusal =
  | {
      readonly reason: 'option';
      /** The option's name as Discord shows it. */
      readonly option: string;
      /** What was given, cut to a sensible length. */
      readonly given: string;
      readonly allowed: OptionAllows;
    }
  | { readonly reason: 'guild-only' }
  | { readonly reason: 'guild-not-allowed' }
  | { readonly reason: 'blocked' }
  | { readonly reason: 'missing-permissions'; readonly permissions: readonly string[] }
  | {
      readonly reason: 'queue-full';
      readonly whose: 'guild' | 'member';
      readonly limit: number;
      readonly ahead: number;
      /** When to come back, ms since the epoch. */
      readonly backAt: number;
    }
  | {
      readonly reason: 'cap';
      readonly whose: 'member' | 'guild' | 'bot';
      readonly cap: number;
      readonly spent: number;
      readonly needed: number;
      /** Credits for one picture. */
      readonly price: number;
      /** When the next credit frees up; `null` when waiting does not help. */
      readonly freesAt: number | null;
    }
  | { readonly reason: 'content-refusals'; readonly count: number; readonly until: number }
  | { readonly reason: 'no-room' }
  | { readonly reason: 'account-closed'; readonly until: number }
  | { readonly reason: 'stopping' }
  | { readonly reason: 'not-yours'; readonly needs: 'author' | 'author-or-manage-messages' }
  | { readonly reason: 'too-late' }
  | { readonly reason: 'over' }
  | { readonly reason: 'gone' }
  /** An error of ours; the id is found in the log. */
  | { readonly reason: 'bug'; readonly incident: string; readonly spentNothing: boolean };

/** What an option allows, in numbers. */
export type OptionAllows =
  | { readonly kind: 'length'; readonly min: number; readonly max: number; readonly length: number }
  | { readonly kind: 'integer'; readonly min: number; readonly max: number }
  | { readonly kind: 'number'; readonly min: number; readonly max: number }
  | { readonly kind: 'boolean' };
