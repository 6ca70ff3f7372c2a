import type { AccountBalance, LedgerFault, Spent, Standing, Window } from './ledger.ts';
import type { RuleChange } from './rule-change.ts';

/** The ledger: the truth about credits. */
export interface LedgerStore {
  /** What the policy decides on, at `now`. */
  standing(
    guildId: string,
    memberId: string,
    windows: readonly Window[],
    now: number,
  ): Promise<Standing>;
  /** Only the sums; aligned with the windows. */
  spent(windows: readonly Window[], now: number): Promise<Spent[]>;
  /**
   * When at least so many credits (1 or more) of those in the window have left it, ms since the
   * epoch; `null` where so many are not in it.
   */
  freesEnoughAt(window: Window, credits: number, now: number): Promise<number | null>;
  /**
   * Gives a member credits in a guild, to be spent after the allowance, or takes unspent ones back
   * (a negative number; no more than there are). Logged in the same transaction.
   */
  grant(
    guildId: string,
    memberId: string,
    grant: {
      readonly credits: number;
      readonly reason: string;
      readonly by: string;
      readonly at: number;
    },
  ): Promise<RuleChange>;
  /** From `at` on the member's earlier spending counts no more for the guild's rules on members. Logged. */
  reset(guildId: string, memberId: string, by: string, at: number): Promise<RuleChange>;
  /** Notes the operator's figure for an account; a new figure starts a new count. */
  noteBalance(account: string, credits: number, at: number): Promise<void>;
  /** `undefined` where the operator named no figure. */
  balance(account: string): Promise<AccountBalance | undefined>;
  /** What the provider charged in all, in its own unit (settled entries; `unknown` ones apart). */
  providerCost(account: string): Promise<{ readonly settled: number; readonly unknown: number }>;
  /** Rebuilds every sum from the entries and compares; empty when all adds up. */
  verify(): Promise<LedgerFault[]>;
}
