import type { WindowReading } from '../image-api/windows.ts';

/**
 * The headers of Stablecog's limiter: twice the limit that is meant, what would be left of that, and
 * the time at which the window ends, in s since the epoch.
 *
 * @param now ms since the epoch
 */
export function limitHeaders(
  reading: WindowReading | undefined,
  now: number,
): Record<string, string> {
  if (reading === undefined) return {};
  const used = reading.limit - Math.max(0, reading.remaining);
  return {
    'X-RateLimit-Limit': String(2 * reading.limit),
    'X-RateLimit-Remaining': String(reading.remaining < 0 ? 0 : 2 * reading.limit - used),
    'X-RateLimit-Reset': String(Math.ceil((now + reading.resetMs) / 1000)),
  };
}
