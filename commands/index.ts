import type { Command } from '../src/discord/command.ts';
import { compare } from './compare.ts';
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
    // With one model there is nothing to compare.
    ...(parts.parts.catalogue.offers().length > 1 ? [compare(parts)] : []),
    usage(parts),
    easel(parts),
    moderate(parts),
    moderateMenu(parts),
    privacy(parts),
  ];
}
