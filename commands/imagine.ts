import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
} from 'discord.js';
import type { RESTPostAPIChatInputApplicationCommandsJSONBody } from 'discord.js';
import { destinationOf } from '../src/discord/call.ts';
import type { Command } from '../src/discord/command.ts';
import { ranges } from '../src/domain/request.ts';
import { generate } from '../src/generation/generate.ts';
import { queueFull } from '../src/generation/queue-full.ts';
import { en } from '../src/messages/en.ts';
import { screen } from '../src/policy/screen.ts';
import { imagineButtons } from './imagine-buttons.ts';
import { imagineOptionsReader } from './imagine-options.ts';
import type { CommandParts } from './parts.ts';

/** `/imagine`: pictures from a text. */
export function imagine(commandParts: CommandParts): Command {
  const { parts, doors, provider, price, defaultImages } = commandParts;
  const readOptions = imagineOptionsReader(defaultImages);
  return {
    definition: definition(defaultImages),
    prepare(call, given) {
      const options = readOptions(given);
      if ('refused' in options) return options;
      const refused = screen(
        {
          guildId: call.guildId,
          memberId: call.memberId,
          missingPermissions: call.missingPermissions(options.private),
        },
        doors,
      );
      if (refused) return { refused };
      const { guildId } = call;
      if (guildId === null) return { refused: { reason: 'guild-only' } };
      const closedUntil = parts.accounts.closedUntil(provider.account);
      if (closedUntil !== undefined)
        return { refused: { reason: 'account-closed', until: closedUntil } };
      const full = parts.pace.full(guildId, call.memberId);
      if (full) return { refused: queueFull(parts, full) };
      return {
        answers: options.private ? 'private' : 'public',
        run: () =>
          generate(parts, {
            destination: destinationOf({ ...call, guildId }, options.private),
            provider,
            request: options.request,
            price,
            ordinal: 0,
          }),
      };
    },
    buttons: imagineButtons(commandParts),
  };
}

function definition(defaultImages: number): RESTPostAPIChatInputApplicationCommandsJSONBody {
  const texts = en.commands;
  return {
    type: ApplicationCommandType.ChatInput,
    name: 'imagine',
    description: texts.imagine,
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'prompt',
        description: texts.options.prompt,
        required: true,
        min_length: ranges.prompt.min,
        max_length: ranges.prompt.max,
      },
      {
        type: ApplicationCommandOptionType.Integer,
        name: 'images',
        description: texts.options.images(defaultImages),
        min_value: ranges.images.min,
        max_value: ranges.images.max,
      },
      {
        type: ApplicationCommandOptionType.Number,
        name: 'guidance',
        description: texts.options.guidance,
        min_value: ranges.guidance.min,
        max_value: ranges.guidance.max,
      },
      {
        type: ApplicationCommandOptionType.Boolean,
        name: 'private',
        description: texts.options.private,
      },
    ],
  };
}
