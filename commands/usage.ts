import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
} from 'discord.js';
import type { Command } from '../src/discord/command.ts';
import { en } from '../src/messages/en.ts';
import { textsFor } from '../src/messages/texts.ts';
import { usageBody } from '../src/messages/usage-body.ts';
import { screen } from '../src/policy/screen.ts';
import type { CommandParts } from './parts.ts';

/** `/usage`: what is spent and what is left, for the member alone. */
export function usage({ parts, doors, provider, price }: CommandParts): Command {
  return {
    definition: {
      type: ApplicationCommandType.ChatInput,
      name: 'usage',
      description: en.commands.usage,
      contexts: [InteractionContextType.Guild],
      integration_types: [ApplicationIntegrationType.GuildInstall],
    },
    prepare(call) {
      const { guildId, memberId, locale } = call;
      const refused = screen({ guildId, memberId, missingPermissions: [] }, doors);
      if (refused) return { refused };
      if (guildId === null) return { refused: { reason: 'guild-only' } };
      return {
        answers: 'private',
        async run(answer) {
          const { store, clock, limits } = parts;
          const [figures, balance] = await Promise.all([
            store.usage(guildId, memberId, clock.now()),
            store.balance(provider.account),
          ]);
          await answer.finish(
            usageBody(textsFor(locale), {
              usage: figures,
              caps: limits.caps,
              price,
              provider: provider.title,
              managesServer: call.may.manageServer,
              balance,
            }),
          );
        },
      };
    },
    buttons: {},
  };
}
