import type { WindowReading } from '../image-api/windows.ts';
import type { ClaidSettings } from './settings.ts';

/**
 * The rate-limit headers of one answer. `draft-03` is what Claid documents
 * (`RateLimit-Limit: 120, 120;w=60, 4;w=1`); the others are what draft-ietf-httpapi-ratelimit-headers
 * became later. Reset is a delta in whole seconds, rounded up.
 */
export function limitHeaders(
  style: ClaidSettings['headers'],
  reading: WindowReading,
): Record<string, string> {
  const seconds = (ms: number): string => String(Number((ms / 1000).toFixed(3)));
  const policies = reading.windows.map((it) => `${it.limit};w=${seconds(it.windowMs)}`).join(', ');
  const reset = String(Math.max(0, Math.ceil(reading.resetMs / 1000)));
  const limit = String(reading.limit);
  const remaining = String(reading.remaining);
  switch (style) {
    case 'none':
      return {};
    case 'draft-03':
      return {
        'RateLimit-Limit': policies === '' ? limit : `${limit}, ${policies}`,
        'RateLimit-Remaining': remaining,
        'RateLimit-Reset': reset,
      };
    case 'draft-04':
      return {
        'RateLimit-Limit': limit,
        'RateLimit-Policy': policies,
        'RateLimit-Remaining': remaining,
        'RateLimit-Reset': reset,
      };
    case 'draft-07':
      return {
        RateLimit: `limit=${limit}, remaining=${remaining}, reset=${reset}`,
        'RateLimit-Policy': policies,
      };
    case 'draft-08':
      break;
  }
  const named = reading.windows.map(
    (it) => `"per${seconds(it.windowMs)}s";q=${it.limit};w=${seconds(it.windowMs)}`,
  );
  const current = reading.windows.find((it) => it.limit === reading.limit);
  const name = `per${seconds(current?.windowMs ?? 0)}s`;
  // From this draft on a negative number is no longer allowed.
  return {
    RateLimit: `"${name}";r=${Math.max(0, reading.remaining)};t=${reset}`,
    'RateLimit-Policy': named.join(', '),
  };
}
