import { ProviderError, type UsedSettings } from '../../domain/provider.ts';
import { negativeSent, promptSent, type ImageRequest } from '../../domain/request.ts';
import type { OpenaiModel } from './openai-model.ts';
import type { Size } from '../size.ts';

/** What is sent for a request, and what of it matters afterwards. */
export interface OpenaiOrder {
  readonly body: Readonly<Record<string, unknown>>;
  /** The text without what stands behind LocalAI's bar. */
  readonly prompt: string;
  readonly size: Size;
  /** What the server was told, for where it does not say itself what it used. */
  readonly told: UsedSettings;
  /** A style's negative text that the model cannot be told. */
  readonly negativeLeftOut: boolean;
}

/**
 * The body of `POST /images/generations` for that model.
 *
 * @throws {ProviderError} `invalid`, nothing made, for what the server would refuse or read otherwise
 */
export function writeOpenaiOrder(request: ImageRequest, openaiModel: OpenaiModel): OpenaiOrder {
  const { name, model, traits, safe } = openaiModel;
  const prompt = safe(promptSent(request));
  const negative = safe(negativeSent(request) ?? '');
  const bar = traits.negative === 'behind-bar' && negative !== '';
  const size = traits.sizes.get(request.aspect ?? '1:1');
  if (prompt === '') throw refused('the prompt is empty');
  if (Array.from(prompt).length > traits.mostPrompt)
    throw refused(`the prompt is over ${traits.mostPrompt} characters`);
  if (request.images > traits.mostImages)
    throw refused(`${model.title} makes ${traits.mostImages} at once`);
  if (size === undefined) throw refused(`there is no size of ${request.aspect ?? 'this ratio'}`);
  const guidance = traits.guidance === true ? request.guidance : undefined;
  const steps = traits.steps && request.steps;
  const seed = traits.seed === true ? request.seed : undefined;
  return {
    body: {
      ...(name === undefined ? {} : { model: name }),
      prompt: bar ? `${prompt}|${negative}` : prompt,
      n: request.images,
      size: `${size.width}x${size.height}`,
      ...(traits.asksForBytes ? { response_format: 'b64_json' } : {}),
      ...(traits.negative === 'negative_prompt' && negative !== ''
        ? { negative_prompt: negative }
        : {}),
      ...(seed === undefined ? {} : { seed }),
      ...(traits.steps === undefined || steps === undefined ? {} : { [traits.steps]: steps }),
      ...(guidance === undefined ? {} : { guidance_scale: guidance }),
    },
    prompt,
    size,
    told: {
      ...size,
      ...(seed === undefined ? {} : { seed }),
      ...(steps === undefined ? {} : { steps }),
      ...(guidance === undefined ? {} : { guidance }),
    },
    negativeLeftOut: traits.negative === undefined && negative !== '',
  };
}

/** Every model has its own default there, so it is not told ours: only what a member or a style asks for. */

function refused(detail: string): ProviderError {
  return new ProviderError('invalid', 'nothing-made', `it was not asked: ${detail}`, { detail });
}
