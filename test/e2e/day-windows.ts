import type { Window } from '../../src/domain/ledger.ts';

const lengthMs = 24 * 60 * 60_000;

/** What the operator's caps count: the last day of a member across all guilds, of a guild, and of the bot. */
export function dayWindows(guildId: string, memberId: string): Window[] {
  return [
    { pot: { kind: 'person', memberId }, lengthMs },
    { pot: { kind: 'guild', guildId }, lengthMs },
    { pot: { kind: 'bot' }, lengthMs },
  ];
}
