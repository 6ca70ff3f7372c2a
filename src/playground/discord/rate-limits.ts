import { createHash } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import { ApiError } from './api-error.ts';

/** Which allowance a request uses. */
export interface Bucket {
  /** Requests that share a name and a key share the allowance. */
  readonly name: string;
  /** The channel id, or the interaction token. */
  readonly key: string;
  readonly limit: number;
  readonly windowMs: number;
}

export interface RateLimits {
  /**
   * Counts a request and returns the headers that tell of it.
   * @param global whether it counts against the bot's 50 per second (interaction routes do not)
   * @throws {ApiError} 429 with `retry_after`
   */
  count(bucket: Bucket | undefined, global: boolean): Readonly<Record<string, string>>;
}

interface Window {
  used: number;
  endsAt: number;
}

const globalLimit = 50;

/** Measured by the community; Discord publishes none of them. */
export const buckets = {
  webhook: { limit: 5, windowMs: 2000 },
  channelMessages: { limit: 5, windowMs: 5000 },
} as const;

/** Fixed windows that begin with their first request. Source: topics/rate-limits. */
export function createRateLimits(clock: Clock): RateLimits {
  const windows = new Map<string, Window>();

  const windowOf = (id: string, windowMs: number): Window => {
    const nowMs = clock.now();
    const known = windows.get(id);
    if (known !== undefined && known.endsAt > nowMs) return known;
    // Tokens come and go: those whose windows are over are forgotten now and then.
    if (windows.size > 5000)
      for (const [key, window] of windows) if (window.endsAt <= nowMs) windows.delete(key);
    const fresh = { used: 0, endsAt: nowMs + windowMs };
    windows.set(id, fresh);
    return fresh;
  };

  return {
    count(bucket, global) {
      const nowMs = clock.now();
      if (global) {
        const window = windowOf('global', 1000);
        if (window.used >= globalLimit)
          throw tooMany(window.endsAt - nowMs, 'global', { 'X-RateLimit-Global': 'true' });
        window.used += 1;
      }
      if (bucket === undefined) return {};
      const window = windowOf(`${bucket.name}:${bucket.key}`, bucket.windowMs);
      const headers = {
        'X-RateLimit-Limit': String(bucket.limit),
        'X-RateLimit-Remaining': String(Math.max(bucket.limit - window.used - 1, 0)),
        'X-RateLimit-Reset': (window.endsAt / 1000).toFixed(3),
        'X-RateLimit-Reset-After': ((window.endsAt - nowMs) / 1000).toFixed(3),
        'X-RateLimit-Bucket': createHash('md5').update(bucket.name).digest('hex'),
      };
      if (window.used >= bucket.limit) throw tooMany(window.endsAt - nowMs, 'user', headers);
      window.used += 1;
      return headers;
    },
  };
}

function tooMany(
  afterMs: number,
  scope: 'user' | 'global',
  headers: Readonly<Record<string, string>>,
): ApiError {
  const retryAfter = Math.max(afterMs, 1) / 1000;
  return new ApiError(
    429,
    {
      message: 'You are being rate limited.',
      code: 0,
      retry_after: retryAfter,
      global: scope === 'global',
    },
    {
      headers: {
        ...headers,
        'X-RateLimit-Scope': scope,
        'Retry-After': String(Math.ceil(retryAfter)),
      },
    },
  );
}
