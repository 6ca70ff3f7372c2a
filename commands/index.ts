import type { Command } from '../src/discord/command.ts';
import { easel } from './easel.ts';
import { imagine } from './imagine.ts';
import { moderateMenu } from './moderate-menu.ts';
import { moderate } from './moderate.ts';
import type { CommandParts } from './parts.ts';
import { privacy } from './privacy.ts';
import { usage } from './usage.ts';

/** Every command of the bot. */
export function commands(parts: CommandParts): Command[] {
  return [
    imagine(parts),
    usage(parts),
    easel(parts),
    moderate(parts),
    moderateMenu(parts),
    privacy(parts),
  ];
}
