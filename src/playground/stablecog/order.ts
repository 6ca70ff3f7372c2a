import type { CreateBody } from './contract.ts';
import type { StablecogModel, StablecogScheduler } from './models.ts';

/** What is made of a body: the defaults filled in, the texts as the API keeps them. */
export interface Order {
  readonly prompt: string;
  readonly negativePrompt: string;
  readonly model: StablecogModel;
  readonly scheduler: StablecogScheduler;
  readonly width: number;
  readonly height: number;
  readonly images: number;
  readonly guidance: number;
  readonly steps: number;
  readonly seed: number;
  readonly initImageUrl: string;
  readonly strength: number | undefined;
}

/** The API's own defaults. */
export const defaults = { images: 2, guidance: 7, steps: 30, strength: 0.5 } as const;

const maxTextLength = 500;
const maxPixelSteps = 1024 * 1024 * 30;

/**
 * Checks a body in the order of the server's rules.
 *
 * @param anySeed for a body that names none, or a negative one
 * @returns the order, why it is refused, or `crashed`: the server fails at a model that it does not
 * know when it needs to know its size, and drops the connection
 */
export function readOrder(
  body: CreateBody,
  models: readonly StablecogModel[],
  anySeed: () => number,
): Order | { readonly refused: string } | 'crashed' {
  const model =
    body.modelId === undefined
      ? models.find((it) => it.isDefault)
      : models.find((it) => it.id === body.modelId);
  const width = body.width ?? model?.width;
  const height = body.height ?? model?.height;
  if (width === undefined || height === undefined) return 'crashed';
  const guidance = body.guidanceScale ?? defaults.guidance;
  const steps = body.inferenceSteps ?? defaults.steps;
  const images =
    body.numOutputs === undefined || body.numOutputs < 0 ? defaults.images : body.numOutputs;
  const refused =
    sizeProblem('Height', height) ??
    sizeProblem('Width', width) ??
    problemOf({ width, height, guidance, steps, images });
  if (refused !== undefined) return { refused };
  if (model === undefined) return { refused: 'invalid_model_id' };
  // One that does not go with the model is replaced without a word.
  const scheduler =
    model.schedulers.find((it) => it.id === body.schedulerId) ?? model.schedulers[0];
  if (scheduler === undefined) return { refused: 'invalid_scheduler_id' };
  if (!isImageAddress(body.initImageUrl)) return { refused: 'invalid_init_image_url' };
  if (!isImageAddress(body.maskImageUrl)) return { refused: 'invalid_mask_image_url' };
  return {
    prompt: asKept(body.prompt),
    negativePrompt: asKept(body.negativePrompt),
    model,
    scheduler,
    width,
    height,
    images,
    guidance,
    steps: model.steps,
    seed: body.seed === undefined || body.seed < 0 ? anySeed() : body.seed,
    initImageUrl: body.initImageUrl,
    strength: strengthOf(body),
  };
}

/** White space collapsed; of more than 500 characters the first 500 bytes are kept. */
export function asKept(text: string): string {
  const collapsed = text.replace(/\p{White_Space}+/gu, ' ').trim();
  if (Array.from(collapsed).length <= maxTextLength) return collapsed;
  return Buffer.from(collapsed).subarray(0, maxTextLength).toString('utf8');
}

function sizeProblem(side: 'Height' | 'Width', px: number): string | undefined {
  if (px > 1536) return `${side} is too large, max is: 1536`;
  return px < 256 ? `${side} is too small, min is: 256` : undefined;
}

function problemOf(
  asked: Pick<Order, 'width' | 'height' | 'guidance' | 'steps' | 'images'>,
): string | undefined {
  const { width, height, guidance, steps, images } = asked;
  if (guidance < 1) return 'Guidance scale is too small, min is: 1.000000';
  if (guidance > 30) return 'Guidance scale is too large, max is: 30.000000';
  if (steps < 10) return 'Inference steps is too small, min is: 10';
  if (width * height * steps > maxPixelSteps) {
    return `Pick fewer inference steps or smaller dimensions: ${width} - ${height} - ${steps}`;
  }
  return images > 4 ? "Number of outputs can't be more than 4" : undefined;
}

function isImageAddress(url: string): boolean {
  return url === '' || /^(?:https?|s3):\/\//.test(url);
}

function strengthOf({ initImageUrl, promptStrength }: CreateBody): number | undefined {
  if (promptStrength !== undefined) return Math.min(1, Math.max(0, promptStrength));
  return initImageUrl === '' ? undefined : defaults.strength;
}

/** The `settings` of an answer. */
export function settingsOf(order: Order): Readonly<Record<string, unknown>> {
  return {
    model_id: order.model.id,
    scheduler_id: order.scheduler.id,
    width: order.width,
    height: order.height,
    num_outputs: order.images,
    guidance_scale: order.guidance,
    inference_steps: order.steps,
    seed: order.seed,
    ...(order.initImageUrl === '' ? {} : { init_image_url: order.initImageUrl }),
    ...(order.strength === undefined ? {} : { prompt_strength: order.strength }),
  };
}
