import type { Guild } from './world.ts';

const directSizeLimit = 10 * 1024 * 1024;

/**
 * The largest file that an interaction there may bring or be answered with, in bytes.
 *
 * @param guild `undefined` for direct messages
 */
export function sizeLimitOf(guild: Guild | undefined): number {
  return guild?.settings.attachmentSizeLimit ?? directSizeLimit;
}
