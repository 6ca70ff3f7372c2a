import type { DaySpend } from './member-store.ts';

/** Draws what was spent by day. */
export interface Chart {
  /** A PNG of one bar for each day, oldest first. The same days give the same bytes. */
  draw(days: readonly DaySpend[]): Promise<Uint8Array<ArrayBuffer>>;
}
