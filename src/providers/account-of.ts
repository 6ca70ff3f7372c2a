import { createHash } from 'node:crypto';

/**
 * The name of the account that a key opens, for example `claid:1f2e3d4c`: alike for the same key, and
 * not the key.
 */
export function accountOf(provider: string, apiKey: string): string {
  return `${provider}:${createHash('sha256').update(apiKey).digest('hex').slice(0, 8)}`;
}
