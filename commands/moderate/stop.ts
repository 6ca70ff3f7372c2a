import { ApplicationCommandOptionType } from 'discord.js';
import { en } from '../../src/messages/en.ts';
import { setStopped } from '../../src/policy/edits/set-stopped.ts';
import { optional, readOptions } from '../options.ts';
import type { CommandParts } from '../parts.ts';
import { confirm } from './confirm.ts';
import { reasonOption, reasonText } from './reason.ts';
import type { Subcommand } from './subcommand.ts';

/** `/moderate stop`: no more pictures on the server; what has begun is finished. */
export function stop(commandParts: CommandParts): Subcommand {
  const { settings, clock } = commandParts.parts;
  return {
    definition: {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'stop',
      description: en.moderate.subcommands.stop,
      options: [reasonOption(en.moderate.options.stopWhy)],
    },
    prepare(asked) {
      const { call, given, texts } = asked;
      const options = readOptions({ reason: optional(reasonText()) }, given.options);
      if ('refused' in options) return options;
      const { reason = null } = options.values;
      return {
        answers: 'private',
        async run(answer) {
          const by = call.memberId;
          const at = clock.now();
          const changed = await settings.change(call.guildId, by, (before) =>
            setStopped(before, { reason, by, at }),
          );
          await confirm(commandParts, asked, answer, changed, texts.moderate.afterStop);
        },
      };
    },
  };
}
