import { ApplicationCommandOptionType } from 'discord.js';
import { en } from '../../src/messages/en.ts';
import { setStopped } from '../../src/policy/edits/set-stopped.ts';
import type { CommandParts } from '../parts.ts';
import { confirm } from './confirm.ts';
import type { Subcommand } from './subcommand.ts';

/** `/moderate start`: pictures on the server again. */
export function start(commandParts: CommandParts): Subcommand {
  return {
    definition: {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'start',
      description: en.moderate.subcommands.start,
    },
    prepare(asked) {
      const { guildId, memberId } = asked.call;
      return {
        answers: 'private',
        async run(answer) {
          const { settings } = commandParts.parts;
          const changed = await settings.change(guildId, memberId, (before) =>
            setStopped(before, null),
          );
          await confirm(commandParts, asked, answer, changed);
        },
      };
    },
  };
}
