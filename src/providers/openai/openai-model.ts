import type { Model } from '../../domain/model.ts';
import { ranges } from '../../domain/request.ts';
import { modelKey } from '../model-key.ts';
import { withoutCommands } from './openai-prompt.ts';
import { openaiServers, type OpenaiServer, type Traits } from './openai-servers.ts';

/** A model of a server, with what members need not know. */
export interface OpenaiModel {
  /** As the server calls it; `undefined` where it is asked without a name. */
  readonly name: string | undefined;
  readonly model: Model;
  readonly traits: Traits;
  /** Takes out of a text what a server would read as a command. */
  readonly safe: (text: string) => string;
}

export interface OpenaiModelsOptions {
  readonly server: OpenaiServer;
  /** As the server calls them; without any, the one that the server is likely to have. */
  readonly models: readonly string[];
  /** The side of a square; the other ratios have about as many pixels. */
  readonly sidePixels: number;
  /** Nobody filters what the server makes. */
  readonly unfiltered: boolean;
  /**
   * OpenAI itself answers, which reads no commands in a prompt. Behind any other host may stand any
   * server, whatever it says it is.
   */
  readonly atOpenai?: boolean;
}

const asItIs = (text: string): string => text;

/** Of a server with defaults of its own for each model, which are told to nobody. */
const usualGuidance = { min: 0, max: 20 };

/** The models that are offered, in the operator's order; never empty. */
export function openaiModels(options: OpenaiModelsOptions): readonly OpenaiModel[] {
  const { server, sidePixels, unfiltered, atOpenai = false } = options;
  const row = openaiServers[server];
  const { title, ownModel, knowsOwnModel, readsModel } = row;
  const named = options.models.length > 0;
  const names = named ? options.models : [ownModel];
  const known = readsModel && (named || knowsOwnModel);
  const taken = new Set<string>();
  return names.map((name) => {
    const key = modelKey('openai', name, server, taken);
    taken.add(key);
    const traits = row.traits(name, sidePixels);
    const shown = named || knowsOwnModel ? `${title} ${name}` : title;
    return {
      name: known ? name : undefined,
      traits,
      safe: atOpenai ? asItIs : withoutCommands,
      model: {
        key,
        provider: 'openai',
        title: shown.slice(0, 80).trimEnd(),
        takes: takesOf(traits),
        public: false,
        unfiltered,
      },
    };
  });
}

function takesOf(traits: Traits): Model['takes'] {
  const { mostPrompt, mostImages, sizes, negative, steps, guidance = false, seed = false } = traits;
  return {
    promptLength: { min: 1, max: mostPrompt },
    mostImages,
    aspects: [...sizes.keys()],
    ...(negative === undefined ? {} : { negativeLength: mostPrompt }),
    ...(steps === undefined ? {} : { steps: { ...ranges.steps, effect: true } }),
    ...(guidance ? { guidance: usualGuidance } : {}),
    ...(seed ? { seed: ranges.seed } : {}),
  };
}
