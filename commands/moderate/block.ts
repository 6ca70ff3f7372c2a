import { ApplicationCommandOptionType } from 'discord.js';
import { periodMs } from '../../src/domain/rule.ts';
import { en } from '../../src/messages/en.ts';
import type { Texts } from '../../src/messages/texts.ts';
import { oneOf, optional, readOptions, wrong } from '../options.ts';
import type { Option } from '../options.ts';
import type { CommandParts } from '../parts.ts';
import { confirm } from './confirm.ts';
import { reasonOption, reasonText } from './reason.ts';
import type { Subcommand } from './subcommand.ts';
import { readTarget, targetOption } from './target.ts';

const spans = ['hour', 'day', 'week', 'lifted'] as const;

/**
 * `/moderate block`: in place of an earlier block. Moderators can be blocked too, since it is about
 * pictures only; nobody can block themselves, which is always a slip.
 */
export function block(commandParts: CommandParts): Subcommand {
  const { settings, clock } = commandParts.parts;
  return {
    definition: {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'block',
      description: en.moderate.subcommands.block,
      options: [
        targetOption,
        {
          type: ApplicationCommandOptionType.String,
          name: 'until',
          description: en.moderate.options.until,
          choices: spans.map((value) => ({ name: en.moderate.until[value], value })),
        },
        reasonOption(en.moderate.options.why),
      ],
    },
    prepare(asked) {
      const { call, given, texts } = asked;
      const target = readTarget(asked);
      if ('refused' in target) return target;
      if (target.id === call.memberId)
        return wrong('member', texts.moderate.yourself, {
          kind: 'like',
          ...texts.moderate.allows.somebodyElse,
        });
      const options = readOptions(
        { until: optional(spanOption(texts)), reason: optional(reasonText()) },
        given.options,
      );
      if ('refused' in options) return options;
      const { until = 'lifted', reason = null } = options.values;
      return {
        answers: 'private',
        async run(answer) {
          const at = clock.now();
          const changed = await settings.block(call.guildId, target.id, call.memberId, {
            memberId: target.id,
            until: until === 'lifted' ? null : at + periodMs[until],
            reason,
            by: call.memberId,
            at,
          });
          await confirm(commandParts, asked, answer, changed);
        },
      };
    },
  };
}

/** Told by the names that people choose from. */
function spanOption({ moderate }: Texts): Option<(typeof spans)[number]> {
  const choices = spans.map((span) => moderate.until[span]);
  return { schema: oneOf(spans).schema, allows: () => ({ kind: 'choice', choices }) };
}
