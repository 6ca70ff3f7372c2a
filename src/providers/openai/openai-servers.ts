import { ranges } from '../../domain/request.ts';
import { dallE2Sizes, dallE3Sizes, gptImageSizes, sizesAround, type Sizes } from './openai-size.ts';

/** The servers that answer `POST /images/generations`, each in a way of its own. */
export type OpenaiServer = 'openai' | 'localai' | 'sd-cpp' | 'vllm-omni';

/** What one model of a server reads of a request, and how. */
export interface Traits {
  /** Code points. */
  readonly mostPrompt: number;
  readonly mostImages: number;
  readonly sizes: Sizes;
  /** Whether it is asked to answer with the pictures themselves; some refuse to be asked. */
  readonly asksForBytes: boolean;
  /** Where the negative text goes: into a field of its own, or behind a bar in the prompt. */
  readonly negative?: 'negative_prompt' | 'behind-bar';
  readonly steps?: 'num_inference_steps' | 'step';
  /** Whether it reads `guidance_scale`. */
  readonly guidance?: boolean;
  readonly seed?: boolean;
}

interface ServerRow {
  /** For people. */
  readonly title: string;
  /** What its models are called where the operator names none. */
  readonly ownModel: string;
  /** Whether that name is one that the server knows; if not, it is asked without one. */
  readonly knowsOwnModel: boolean;
  /** Whether it reads `model` at all. */
  readonly readsModel: boolean;
  traits(model: string, sidePixels: number): Traits;
}

/** Every server here makes as many as members can ask for. */
const mostImages = ranges.images.max;
/** More than a member's words and a style's can be; these servers document no bound. */
const anyPrompt = 4000;

/**
 * One row a server. Sources: OpenAI's OpenAPI document; LocalAI's `image.go` and documentation;
 * `routes_openai.cpp` of stable-diffusion.cpp; `protocol/images.py` of vLLM-Omni.
 */
export const openaiServers: Readonly<Record<OpenaiServer, ServerRow>> = {
  openai: {
    title: 'OpenAI',
    ownModel: 'gpt-image-1',
    knowsOwnModel: true,
    readsModel: true,
    traits: openaiTraits,
  },
  localai: {
    title: 'LocalAI',
    ownModel: 'localai',
    // It takes the one that it has.
    knowsOwnModel: false,
    readsModel: true,
    // It reads a seed too, but would paint the same picture with it as often as asked for.
    traits: (_, sidePixels) => ({
      mostPrompt: anyPrompt,
      mostImages,
      sizes: sizesAround(sidePixels),
      asksForBytes: true,
      negative: 'behind-bar',
      steps: 'step',
    }),
  },
  'sd-cpp': {
    title: 'sd.cpp',
    ownModel: 'sd-cpp',
    knowsOwnModel: false,
    readsModel: false,
    traits: (_, sidePixels) => ({
      mostPrompt: anyPrompt,
      mostImages,
      sizes: sizesAround(sidePixels),
      asksForBytes: false,
    }),
  },
  'vllm-omni': {
    title: 'vLLM-Omni',
    ownModel: 'vllm-omni',
    knowsOwnModel: false,
    readsModel: true,
    traits: (_, sidePixels) => ({
      mostPrompt: anyPrompt,
      mostImages,
      sizes: sizesAround(sidePixels),
      asksForBytes: true,
      negative: 'negative_prompt',
      steps: 'num_inference_steps',
      guidance: true,
      seed: true,
    }),
  },
};

/**
 * By the family of the model, which its name tells, also where a reseller puts a maker's name before it.
 * Any other is asked for little.
 */
function openaiTraits(model: string, sidePixels: number): Traits {
  const common = { mostImages, asksForBytes: false };
  if (/(^|\/)(chat)?gpt-image\b/i.test(model))
    return { ...common, mostPrompt: 32_000, sizes: gptImageSizes };
  if (/(^|\/)dall-e-3\b/i.test(model))
    return {
      ...common,
      mostPrompt: 4000,
      mostImages: 1,
      sizes: dallE3Sizes,
      asksForBytes: true,
    };
  if (/(^|\/)dall-e-2\b/i.test(model))
    return { ...common, mostPrompt: 1000, sizes: dallE2Sizes(sidePixels), asksForBytes: true };
  return { ...common, mostPrompt: anyPrompt, sizes: sizesAround(sidePixels) };
}
