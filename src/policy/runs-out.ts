import type { DaySpend } from '../domain/member-store.ts';

const dayMs = 24 * 60 * 60_000;
const rateDays = 7;
const monthDays = 30;

/**
 * When a month's credits run out at the rate of the last seven days, ms since the epoch; `lasts` where
 * they never do, since as many come back.
 *
 * @param days the last days, oldest first, the last of them not over yet
 * @param limit the credits of a month, and how many of them are left
 */
export function runsOut(
  days: readonly DaySpend[],
  limit: { readonly credits: number; readonly left: number },
  now: number,
): number | 'lasts' {
  const lately = days.slice(-rateDays);
  const spent = lately.reduce((sum, { credits }) => sum + credits, 0);
  const first = lately[0];
  if (!first || spent === 0) return 'lasts';
  const perDay = spent / Math.max(1, (now - first.day) / dayMs);
  if (perDay * monthDays <= limit.credits) return 'lasts';
  return now + (limit.left / perDay) * dayMs;
}
