import type { Refusal } from '../domain/refusal.ts';

/** What is known of a request the moment it arrives, without any I/O. */
export interface Arrival {
  /** `null` outside guilds. */
  readonly guildId: string | null;
  readonly memberId: string;
  /** Permissions that a later step needs and the bot lacks in this channel, by their names in Discord. */
  readonly missingPermissions: readonly string[];
}

export interface Doors {
  /** Every guild where it is empty. */
  readonly allowedGuilds: ReadonlySet<string>;
  readonly blockedUsers: ReadonlySet<string>;
}

/** What can be refused at once, before the acknowledgement. */
export function screen(arrival: Arrival, doors: Doors): Refusal | undefined {
  if (arrival.guildId === null) return { reason: 'guild-only' };
  if (doors.allowedGuilds.size > 0 && !doors.allowedGuilds.has(arrival.guildId))
    return { reason: 'guild-not-allowed' };
  if (doors.blockedUsers.has(arrival.memberId)) return { reason: 'blocked' };
  if (arrival.missingPermissions.length > 0)
    return { reason: 'missing-permissions', permissions: arrival.missingPermissions };
  return undefined;
}
