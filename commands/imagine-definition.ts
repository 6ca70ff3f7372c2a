import {
  ApplicationCommandOptionType as Type,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
} from 'discord.js';
import type {
  APIApplicationCommandBasicOption,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import type { Range } from '../src/domain/model.ts';
import { en } from '../src/messages/en.ts';
import type { ImagineRanges } from './imagine-ranges.ts';
import { longestName } from './imagine-options.ts';

const texts = en.commands.options;

/** What Discord is told of `/imagine`: only options that some model honours. */
export function imagineDefinition(
  ranges: ImagineRanges,
  defaultImages: number,
): RESTPostAPIChatInputApplicationCommandsJSONBody {
  const { prompt, images, guidance, steps, aspects, negative, seed, strength } = ranges;
  return {
    type: ApplicationCommandType.ChatInput,
    name: 'imagine',
    description: en.commands.imagine,
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    options: [
      { ...text('prompt', texts.prompt, prompt), required: true },
      typed('model', texts.model),
      whole('images', texts.images(defaultImages), images),
      ...(aspects.length === 0
        ? []
        : [
            {
              type: Type.String as const,
              name: 'aspect',
              description: texts.aspect,
              choices: aspects.map((value) => ({ name: texts.aspects[value], value })),
            },
          ]),
      typed('style', texts.style),
      ...(negative ? [text('negative', texts.negative, negative)] : []),
      ...(seed ? [whole('seed', texts.seed, seed)] : []),
      ...(guidance ? [number('guidance', texts.guidance, guidance)] : []),
      ...(steps ? [whole('steps', texts.steps, steps)] : []),
      ...(ranges.schedulers ? [typed('scheduler', texts.scheduler)] : []),
      ...(ranges.image
        ? [{ type: Type.Attachment as const, name: 'image', description: texts.image }]
        : []),
      ...(strength ? [number('strength', texts.strength, strength)] : []),
      { type: Type.Boolean, name: 'spoiler', description: texts.spoiler },
      { type: Type.Boolean, name: 'private', description: texts.private },
    ],
  };
}

type Described = APIApplicationCommandBasicOption;

function text(name: string, description: string, { min, max }: Range): Described {
  return { type: Type.String, name, description, min_length: min, max_length: max };
}

/** Chosen from what is suggested while typing. */
function typed(name: string, description: string): Described {
  return { type: Type.String, name, description, max_length: longestName, autocomplete: true };
}

function whole(name: string, description: string, { min, max }: Range): Described {
  return { type: Type.Integer, name, description, min_value: min, max_value: max };
}

function number(name: string, description: string, { min, max }: Range): Described {
  return { type: Type.Number, name, description, min_value: min, max_value: max };
}
