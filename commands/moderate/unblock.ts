import { ApplicationCommandOptionType } from 'discord.js';
import { en } from '../../src/messages/en.ts';
import type { CommandParts } from '../parts.ts';
import { confirm } from './confirm.ts';
import type { Subcommand } from './subcommand.ts';
import { readTarget, targetOption } from './target.ts';

/**
 * `/moderate unblock`. Moderators who were blocked themselves need somebody else for it, or to manage
 * the server.
 */
export function unblock(commandParts: CommandParts): Subcommand {
  const { settings } = commandParts.parts;
  return {
    definition: {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'unblock',
      description: en.moderate.subcommands.unblock,
      options: [targetOption],
    },
    prepare(asked) {
      const { call } = asked;
      const target = readTarget(asked);
      if ('refused' in target) return target;
      if (target.id === call.memberId && !call.may.manageServer)
        return { refused: { reason: 'not-moderator', needs: 'Manage Server' } };
      return {
        answers: 'private',
        async run(answer) {
          const { guildId, memberId } = call;
          const changed = await settings.block(guildId, target.id, memberId, null);
          await confirm(commandParts, asked, answer, changed);
        },
      };
    },
  };
}
