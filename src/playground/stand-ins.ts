import type { Clock } from '../clock.ts';
import { startClaid } from './claid/claid.ts';
import type { Claid, ClaidOptions } from './claid/claid.ts';
import type { ImageApiStandIn } from './image-api/stand-in.ts';
import { kidjigModelsShown } from './kidjig-models-shown.ts';
import { startKidjig } from './kidjig/kidjig.ts';
import type { Kidjig, KidjigOptions } from './kidjig/kidjig.ts';
import type { OpenaiServer } from './openai/dialects.ts';
import { startOpenai } from './openai/openai.ts';
import type { OpenaiOptions, OpenaiStandIn } from './openai/openai.ts';
import { startStablecog } from './stablecog/stablecog.ts';
import type { Stablecog, StablecogOptions } from './stablecog/stablecog.ts';

/** Each image API that has a stand-in, by the name that its provider has in settings. */
interface Cast {
  readonly claid: { readonly standIn: Claid; readonly options: ClaidOptions };
  readonly stablecog: { readonly standIn: Stablecog; readonly options: StablecogOptions };
  readonly kidjig: { readonly standIn: Kidjig; readonly options: KidjigOptions };
  /** One of several servers, by the option `server`. */
  readonly openai: { readonly standIn: OpenaiStandIn; readonly options: OpenaiOptions };
}

export type StandInName = keyof Cast;

/** In the order in which the bot offers them. */
export const standInNames = ['claid', 'stablecog', 'kidjig', 'openai'] as const;

/** What people call them. */
export const standInTitles: Readonly<Record<StandInName, string>> = {
  claid: 'Claid',
  stablecog: 'Stablecog',
  kidjig: 'Kidjig',
  openai: 'OpenAI',
};

/** A stand-in as all are alike. */
export type AnyStandIn = ImageApiStandIn;

/** The stand-in of one API with what it has of its own. */
export type StandIn<N extends StandInName> = Cast[N]['standIn'];

/** What can be said of a stand-in before it starts; its clock is the stage's. */
export type StandInOptions<N extends StandInName> = Omit<Cast[N]['options'], 'clock'>;

/** A running stand-in, and the environment that leads a bot to it. */
export interface StartedStandIn<S extends AnyStandIn = AnyStandIn> {
  readonly standIn: S;
  readonly settings: Readonly<Record<string, string>>;
}

/** Those that are worth seeing; the servers with one model need no name of it. */
const openaiModels: Readonly<Record<OpenaiServer, string>> = {
  openai: 'gpt-image-1, dall-e-3',
  localai: 'stablediffusion',
  'sd-cpp': '',
  'vllm-omni': '',
};

type Starters = {
  readonly [N in StandInName]: (options: Cast[N]['options']) => Promise<StartedStandIn<StandIn<N>>>;
};

const starters: Starters = {
  async claid(options) {
    const standIn = await startClaid(options);
    return {
      standIn,
      settings: { CLAID_API_KEY: standIn.key, CLAID_API_URL: standIn.apiUrl },
    };
  },
  async stablecog(options) {
    const standIn = await startStablecog(options);
    return {
      standIn,
      settings: {
        STABLECOG_API_KEY: standIn.key,
        STABLECOG_API_URL: standIn.apiUrl,
        STABLECOG_PLAN: standIn.settings.plan,
      },
    };
  },
  async kidjig(options) {
    const standIn = await startKidjig(options);
    return {
      standIn,
      settings: {
        KIDJIG_API_KEY: standIn.key,
        KIDJIG_API_URL: standIn.apiUrl,
        KIDJIG_MODELS: kidjigModelsShown,
      },
    };
  },
  async openai(options) {
    const standIn = await startOpenai(options);
    return {
      standIn,
      settings: {
        // A server of one's own asks for no key.
        ...(standIn.key === '' ? {} : { OPENAI_API_KEY: standIn.key }),
        OPENAI_API_URL: standIn.apiUrl,
        OPENAI_SERVER: standIn.server,
        OPENAI_MODELS: openaiModels[standIn.server],
      },
    };
  },
};

/** Starts the stand-in of an image API on 127.0.0.1, at any free port unless told. */
export async function startStandIn<N extends StandInName>(
  name: N,
  options: StandInOptions<N> & { readonly clock: Clock },
): Promise<StartedStandIn<StandIn<N>>> {
  return starters[name](options);
}
