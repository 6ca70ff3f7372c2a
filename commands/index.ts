import type { Command } from '../src/discord/command.ts';
import { imagine } from './imagine.ts';
import type { CommandParts } from './parts.ts';
import { usage } from './usage.ts';

/** Every command of the bot. */
export function commands(parts: CommandParts): Command[] {
  return [imagine(parts), usage(parts)];
}
