import type { LimitSubject, Period } from './rule.ts';

/** What a member may still spend, by that of their windows which leaves least. */
export interface Remaining {
  /** Credits left in it, at least 0, and the credits that it allows in all. */
  readonly credits: number;
  readonly of: number;
  readonly period: Period;
  /** Whose limit it is; `cap` is the operator's. */
  readonly by: LimitSubject['kind'] | 'cap';
  /** When the next credit frees up, ms since the epoch; `null` when nothing is spent. */
  readonly freesAt: number | null;
  /** Unspent granted credits, to be spent after the allowance. */
  readonly granted: number;
}
