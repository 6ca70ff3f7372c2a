import { ApplicationCommandOptionType } from 'discord.js';
import type { CommandInteractionOption } from 'discord.js';

/** The path of the subcommand, and the options given to it. */
export function unfoldOptions(data: readonly CommandInteractionOption[]): {
  /** `limit set` for a subcommand in a group, `show` for one without, empty where there are none. */
  readonly subcommand: string;
  readonly options: readonly CommandInteractionOption[];
} {
  const path: string[] = [];
  let options = data;
  for (let [first] = options; first && isFolder(first); [first] = options) {
    path.push(first.name);
    options = first.options ?? [];
  }
  return { subcommand: path.join(' '), options };
}

const isFolder = ({ type }: CommandInteractionOption): boolean =>
  type === ApplicationCommandOptionType.Subcommand ||
  type === ApplicationCommandOptionType.SubcommandGroup;
