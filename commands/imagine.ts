import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
} from 'discord.js';
import type { RESTPostAPIChatInputApplicationCommandsJSONBody } from 'discord.js';
import { askerOf } from '../src/discord/asker.ts';
import { destinationOf } from '../src/discord/call.ts';
import type { Call } from '../src/discord/call.ts';
import type { Command, Prepared, Refused } from '../src/discord/command.ts';
import { generationId } from '../src/domain/generation.ts';
import { allowedPictures } from '../src/domain/refusal.ts';
import type { Refusal } from '../src/domain/refusal.ts';
import { ranges } from '../src/domain/request.ts';
import { generate, screen } from '../src/generation/generate.ts';
import type { Asked } from '../src/generation/generate.ts';
import { keepDraft } from '../src/generation/refuse.ts';
import { en } from '../src/messages/en.ts';
import { refusalBody } from '../src/messages/refusal-body.ts';
import { textsFor } from '../src/messages/texts.ts';
import { imagineButtons } from './imagine-buttons.ts';
import { atTheDoors, atTheQueue } from './imagine-doors.ts';
import { imagineOptionsReader } from './imagine-options.ts';
import type { CommandParts } from './parts.ts';

/** `/imagine`: pictures from a text. */
export function imagine(commandParts: CommandParts): Command {
  const { parts, provider, price, defaultImages } = commandParts;
  const readOptions = imagineOptionsReader(defaultImages);
  return {
    definition: definition(defaultImages),
    prepare(call, given) {
      const options = readOptions(given.options);
      if ('refused' in options) return options;
      const passed = atTheDoors(commandParts, call, options.private);
      if ('reason' in passed) return { refused: passed };
      const { guildId } = passed;
      const asked: Asked = {
        id: generationId(call.interactionId, 0),
        destination: destinationOf({ ...call, guildId }, options.private),
        asker: askerOf({ ...call, guildId }),
        provider,
        request: options.request,
        price,
      };
      // Not in memory is no refusal: it is loaded after the acknowledgement then.
      const settings = parts.settings.peek(guildId);
      const screened = settings && screen(parts, asked, settings);
      if (screened) return refuseAtOnce(commandParts, call, asked, screened);
      const full = atTheQueue(commandParts, asked.asker, settings);
      if (full) return { refused: full };
      return {
        answers: options.private ? 'private' : 'public',
        repeatable: true,
        async run() {
          await generate(parts, asked, settings);
        },
      };
    },
    buttons: imagineButtons(commandParts),
  };
}

/** Where fewer pictures would be allowed the request is kept first, for the button that runs it with them. */
function refuseAtOnce(
  { parts }: CommandParts,
  call: Call,
  { destination, request }: Asked,
  refused: Refusal,
): Prepared | Refused {
  if (allowedPictures(refused) === 0) return { refused };
  return {
    answers: 'private',
    async run(answer) {
      parts.metrics.refusals.inc({ reason: refused.reason });
      const draftId = await keepDraft(parts, destination, request, refused);
      const draft = draftId === undefined ? undefined : { ...destination, id: draftId };
      await answer.finish(refusalBody(textsFor(call.locale), refused, draft));
    },
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
