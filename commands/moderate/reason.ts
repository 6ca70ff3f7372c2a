import { ApplicationCommandOptionType } from 'discord.js';
import type { APIApplicationCommandStringOption } from 'discord.js';
import { text } from '../options.ts';
import type { Option } from '../options.ts';

/** Code points. */
const range = { min: 1, max: 200 };

/** The option that says why. */
export function reasonOption(
  description: string,
  required = false,
): APIApplicationCommandStringOption {
  return {
    type: ApplicationCommandOptionType.String,
    name: 'reason',
    description,
    required,
    min_length: range.min,
    max_length: range.max,
  };
}

/** How that option is read. */
export function reasonText(): Option<string> {
  return text(range);
}
