import {
  ApplicationCommandOptionType as Type,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
} from 'discord.js';
import type { RESTPostAPIChatInputApplicationCommandsJSONBody } from 'discord.js';
import { mostTogether } from '../src/domain/generation.ts';
import { en } from '../src/messages/en.ts';
import { imagineDefinition } from './imagine-definition.ts';
import type { ImagineRanges } from './imagine-ranges.ts';
import { longestName } from './imagine-options.ts';

/** What `/compare` has of the options of `/imagine`, besides the prompt and the models. */
const shared = new Set(['aspect', 'negative', 'seed', 'spoiler', 'private']);

/** Of each model so many: a message holds ten files. */
export const mostComparedImages = 2;

/** The options that name the models; the first two are required. */
export const modelNames = Array.from({ length: mostTogether }, (_, index) => `model-${index + 1}`);

/** What Discord is told of `/compare`. */
export function compareDefinition(
  ranges: ImagineRanges,
): RESTPostAPIChatInputApplicationCommandsJSONBody {
  const { options = [] } = imagineDefinition(ranges, 1);
  const texts = en.commands.compareOptions;
  return {
    type: ApplicationCommandType.ChatInput,
    name: 'compare',
    description: en.commands.compare,
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    options: [
      ...options.filter(({ name }) => name === 'prompt'),
      ...modelNames.map((name, index) => ({
        type: Type.String as const,
        name,
        description: texts.model(index + 1),
        required: index < 2,
        max_length: longestName,
        autocomplete: true as const,
      })),
      {
        type: Type.Integer,
        name: 'images',
        description: texts.images,
        min_value: 1,
        max_value: mostComparedImages,
      },
      ...options.filter(({ name }) => shared.has(name)),
    ],
  };
}
