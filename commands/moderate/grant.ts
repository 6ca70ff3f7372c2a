import { ApplicationCommandOptionType } from 'discord.js';
import { z } from 'zod';
import { en } from '../../src/messages/en.ts';
import type { Texts } from '../../src/messages/texts.ts';
import { readOptions } from '../options.ts';
import type { Option } from '../options.ts';
import type { CommandParts } from '../parts.ts';
import { confirm } from './confirm.ts';
import { reasonOption, reasonText } from './reason.ts';
import type { Subcommand } from './subcommand.ts';
import { readTarget, targetOption } from './target.ts';

const mostCredits = 100_000;

/** `/moderate grant`: credits to be spent after the allowance, or unspent ones back. */
export function grant(commandParts: CommandParts): Subcommand {
  const { store, clock } = commandParts.parts;
  return {
    definition: {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'grant',
      description: en.moderate.subcommands.grant,
      options: [
        targetOption,
        {
          type: ApplicationCommandOptionType.Integer,
          name: 'credits',
          description: en.moderate.options.credits,
          required: true,
          min_value: -mostCredits,
          max_value: mostCredits,
        },
        reasonOption(en.moderate.options.grantWhy, true),
      ],
    },
    prepare(asked) {
      const { call, given, texts } = asked;
      const target = readTarget(asked);
      if ('refused' in target) return target;
      const options = readOptions(
        { credits: creditsToGrant(texts), reason: reasonText() },
        given.options,
      );
      if ('refused' in options) return options;
      const { credits, reason } = options.values;
      return {
        answers: 'private',
        async run(answer) {
          const { guildId, memberId: by } = call;
          const grantOf = { credits, reason, by, at: clock.now() };
          const change = await store.grant(guildId, target.id, grantOf);
          const taken = change.what === 'grant' ? change.before - change.after : 0;
          if (taken === 0) {
            const refused = { reason: 'not-set', what: 'grant' } as const;
            await confirm(commandParts, asked, answer, { refused });
            return;
          }
          const note =
            credits > 0
              ? texts.moderate.afterGrant
              : texts.moderate.afterTakingBack(-credits, taken);
          await confirm(commandParts, asked, answer, { change }, note);
        },
      };
    },
  };
}

function creditsToGrant(texts: Texts): Option<number> {
  return {
    schema: z
      .int()
      .min(-mostCredits)
      .max(mostCredits)
      .refine((credits) => credits !== 0),
    allows: () => ({ kind: 'like', ...texts.moderate.allows.credits(mostCredits) }),
  };
}
