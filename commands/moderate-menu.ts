import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
} from 'discord.js';
import type { Command } from '../src/discord/command.ts';
import { titleOf } from '../src/generation/title-of.ts';
import { textBody } from '../src/messages/body.ts';
import { en } from '../src/messages/en.ts';
import { moderateGenerationBody } from '../src/messages/moderate-generation-body.ts';
import { textsFor } from '../src/messages/texts.ts';
import { screen } from '../src/policy/screen.ts';
import { finishWithPrompt } from './moderate/finish-with-prompt.ts';
import type { CommandParts } from './parts.ts';

/** The menu on a message: who asked for its pictures, how, and what can be done about it. */
export function moderateMenu({ parts, doors }: CommandParts): Command {
  return {
    definition: {
      type: ApplicationCommandType.Message,
      name: en.moderate.menu,
      contexts: [InteractionContextType.Guild],
      integration_types: [ApplicationIntegrationType.GuildInstall],
      default_member_permissions: String(PermissionFlagsBits.ModerateMembers),
    },
    prepare(call, { message }) {
      const { guildId, memberId, locale } = call;
      const refused = screen({ guildId, memberId, missingPermissions: [] }, doors);
      if (refused) return { refused };
      if (guildId === null || message === null) return { refused: { reason: 'guild-only' } };
      const texts = textsFor(locale);
      return {
        answers: 'private',
        async run(answer) {
          if (!message.own) {
            await answer.finish(textBody(texts.moderate.notOurs));
            return;
          }
          const generation = await parts.store.findByMessage(guildId, message.id);
          if (!generation) {
            await answer.finish(textBody(texts.moderate.noPictures));
            return;
          }
          const view = {
            generation,
            title: titleOf(parts, generation),
            message: 'here',
            pictures: null,
            mayBlock: generation.destination.memberId !== memberId,
          } as const;
          await finishWithPrompt((withoutPrompt) =>
            answer.finish(moderateGenerationBody(texts, { ...view, withoutPrompt })),
          );
        },
      };
    },
    buttons: {},
  };
}
