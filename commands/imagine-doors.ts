import type { Call } from '../src/discord/call.ts';
import type { Refusal } from '../src/domain/refusal.ts';
import type { GuildSettings } from '../src/domain/settings.ts';
import { queueFull } from '../src/generation/queue-full.ts';
import { screen } from '../src/policy/screen.ts';
import type { CommandParts } from './parts.ts';

/** What a request for pictures meets before it is looked at itself, without any I/O. */
export function atTheDoors(
  { doors }: Pick<CommandParts, 'doors'>,
  call: Call,
  isPrivate: boolean,
): Refusal | { readonly guildId: string } {
  const { guildId, memberId } = call;
  const missingPermissions = call.missingPermissions(isPrivate);
  const refused = screen({ guildId, memberId, missingPermissions }, doors);
  if (refused) return refused;
  if (guildId === null) return { reason: 'guild-only' };
  return { guildId };
}

/** Whether the queue is full, by the guild's own limits where they are in memory. */
export function atTheQueue(
  { parts }: CommandParts,
  { guildId, memberId }: { readonly guildId: string; readonly memberId: string },
  settings: GuildSettings | undefined,
): Refusal | undefined {
  const full = parts.pace.full(guildId, memberId, settings?.rules.requests);
  return full && queueFull(parts, full);
}
