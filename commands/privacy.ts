import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
} from 'discord.js';
import type { Command } from '../src/discord/command.ts';
import { en } from '../src/messages/en.ts';
import { privacyEraseBody } from '../src/messages/privacy-erase-body.ts';
import { textsFor } from '../src/messages/texts.ts';
import { onPrivateAnswer } from './on-private-answer.ts';
import type { CommandParts } from './parts.ts';
import { erase } from './privacy/erase.ts';
import { giveExport } from './privacy/give-export.ts';

/**
 * `/privacy`: what is stored about somebody, for themselves. It works everywhere and for everybody, in
 * direct messages too, also for those who are blocked or have left.
 */
export function privacy(commandParts: CommandParts): Command {
  const { command, subcommands } = en.privacy;
  return {
    definition: {
      type: ApplicationCommandType.ChatInput,
      name: 'privacy',
      description: command,
      contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
      integration_types: [ApplicationIntegrationType.GuildInstall],
      options: (['export', 'erase'] as const).map((name) => ({
        type: ApplicationCommandOptionType.Subcommand,
        name,
        description: subcommands[name],
      })),
    },
    prepare(call, { subcommand }) {
      switch (subcommand) {
        case 'export':
          return { answers: 'private', run: (answer) => giveExport(commandParts, call, answer) };
        case 'erase':
          return {
            answers: 'private',
            async run(answer) {
              await answer.finish(privacyEraseBody(textsFor(call.locale), call.memberId));
            },
          };
        default:
          return { refused: { reason: 'gone' } };
      }
    },
    buttons: {
      erase: onPrivateAnswer({
        answers: 'update',
        press: (press, answer) => erase(commandParts, press, answer),
      }),
    },
  };
}
