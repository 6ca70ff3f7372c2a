import type { Prepared, Refused } from '../../src/discord/command.ts';
import type { Asked } from '../asked.ts';

/** What one subcommand of `/easel` does. Checks what was given without any I/O. */
export type Subcommand = (asked: Asked) => Prepared | Refused;
