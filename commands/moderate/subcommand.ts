import type { APIApplicationCommandSubcommandOption } from 'discord.js';
import type { Prepared, Refused } from '../../src/discord/command.ts';
import type { Asked } from '../asked.ts';

/** One subcommand of `/moderate`: what Discord is told of it, and what we do about it. */
export interface Subcommand {
  readonly definition: APIApplicationCommandSubcommandOption;
  /** Checks what was given without any I/O. */
  prepare(asked: Asked): Prepared | Refused;
}
