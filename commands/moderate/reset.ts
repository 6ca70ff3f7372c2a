import { ApplicationCommandOptionType } from 'discord.js';
import { en } from '../../src/messages/en.ts';
import type { CommandParts } from '../parts.ts';
import { confirm } from './confirm.ts';
import type { Subcommand } from './subcommand.ts';
import { readTarget, targetOption } from './target.ts';

/** `/moderate reset`: a member's allowance here begins anew. */
export function reset(commandParts: CommandParts): Subcommand {
  const { store, clock } = commandParts.parts;
  return {
    definition: {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'reset',
      description: en.moderate.subcommands.reset,
      options: [targetOption],
    },
    prepare(asked) {
      const { call, texts } = asked;
      const target = readTarget(asked);
      if ('refused' in target) return target;
      return {
        answers: 'private',
        async run(answer) {
          const { guildId, memberId } = call;
          const change = await store.reset(guildId, target.id, memberId, clock.now());
          await confirm(commandParts, asked, answer, { change }, texts.moderate.afterReset);
        },
      };
    },
  };
}
