import { ProviderError } from '../../domain/provider.ts';
import { negativeSent, promptSent, type ImageRequest } from '../../domain/request.ts';
import type { Scheduler, StablecogModel } from './stablecog-model.ts';
import type { Size } from '../size.ts';

/** What is sent for a request, and what of it matters afterwards. */
export interface StablecogOrder {
  readonly body: Readonly<Record<string, unknown>>;
  readonly prompt: string;
  readonly seed: number;
  readonly size: Size;
  /** The one that was asked for; `null` where the model does not have it, so that none was sent. */
  readonly scheduler: Scheduler | null | undefined;
  /** The API takes a number of steps and does as it likes. */
  readonly stepsGiven: boolean;
}

const maxTextLength = 500;

/** Runs of white space become one space, as the API does it itself. */
export function collapsed(text: string): string {
  return text.replace(/\p{White_Space}+/gu, ' ').trim();
}

/**
 * The body of `POST /v1/image/generation/create`. Width and height always go with it: without them an
 * id that Stablecog no longer knows makes its server drop the connection.
 *
 * @param seed goes with it where the request names none, so that what was made can be found again
 * @throws {ProviderError} `invalid`, nothing made, for what the API would change silently or the
 * model does not take
 */
export function writeOrder(
  request: ImageRequest,
  target: StablecogModel,
  seed: number,
): StablecogOrder {
  const { id, model, schedulers } = target;
  const prompt = collapsed(promptSent(request));
  const negative = collapsed(negativeSent(request) ?? '');
  if (prompt === '') throw refused('the prompt is empty');
  if (length(prompt) > maxTextLength)
    throw refused(`the prompt is over ${maxTextLength} characters`);
  if (length(negative) > maxTextLength) {
    throw refused(`what is not to be shown is over ${maxTextLength} characters`);
  }
  if (request.image !== undefined) {
    if (model.takes.image === undefined)
      throw refused(`${model.title} does not start from a picture`);
    if (!/^https?:\/\//i.test(request.image.url)) throw refused('the picture has no web address');
  }
  const size = target.sizeFor(request.aspect);
  if (size === undefined) throw refused(`there is no size of ${request.aspect ?? 'this ratio'}`);
  const scheduler = findScheduler(schedulers, request.scheduler);
  const stepsGiven = request.steps !== undefined && request.given.includes('steps');
  const seedSent = request.seed ?? seed;
  return {
    body: {
      prompt,
      ...(negative === '' ? {} : { negative_prompt: negative }),
      model_id: id,
      ...size,
      num_outputs: request.images,
      seed: seedSent,
      ...(request.guidance === undefined ? {} : { guidance_scale: request.guidance }),
      ...(scheduler ? { scheduler_id: scheduler.id } : {}),
      ...(stepsGiven ? { inference_steps: request.steps } : {}),
      ...(request.image === undefined ? {} : { init_image_url: request.image.url }),
      ...(request.image === undefined || request.strength === undefined
        ? {}
        : { prompt_strength: request.strength }),
    },
    prompt,
    seed: seedSent,
    size,
    scheduler,
    stepsGiven,
  };
}

function findScheduler(
  schedulers: readonly Scheduler[],
  wanted: string | undefined,
): Scheduler | null | undefined {
  if (wanted === undefined) return undefined;
  return schedulers.find(({ name }) => name.toLowerCase() === wanted.toLowerCase()) ?? null;
}

function length(text: string): number {
  return Array.from(text).length;
}

function refused(detail: string): ProviderError {
  return new ProviderError('invalid', 'nothing-made', `Stablecog was not asked: ${detail}`, {
    detail,
  });
}
