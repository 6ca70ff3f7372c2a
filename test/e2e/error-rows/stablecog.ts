import type { Stablecog } from '../../../src/playground/stablecog/stablecog.ts';
import { answers, longPause } from './answers.ts';
import type { ErrorRow } from './row.ts';
import { sentences } from './sentences.ts';

type Row = ErrorRow<'stablecog'>;

const oddImage =
  'Stablecog cannot fetch or read the picture to start from; it takes JPEG, PNG and WebP of up to 5 MB.';
const oddReference = 'Stablecog cannot find what the request refers to.';
const oddModel = 'Stablecog no longer offers this model or scheduler.';

/** A 400 about what was asked, by its `error`, and what the member reads of it. */
const badRequests: readonly (readonly [error: string, detail: string])[] = [
  ['json_parse_error', 'Stablecog cannot read the request.'],
  ['invalid_model_id', oddModel],
  ['invalid_scheduler_id', oddModel],
  ['invalid_model_or_scheduler', oddModel],
  ['invalid_init_image_url', oddImage],
  ['invalid_mask_image_url', oddReference],
  ['invalid_image_url', oddImage],
  ['image_url_width_height_error', oddImage],
  ['init_image_not_found', oddImage],
  ['mask_image_not_found', oddReference],
  ['output_not_found', oddReference],
  ['invalid_output_id', oddReference],
  ...[
    'Height is too large, max is: 1536',
    'Width is too small, min is: 256',
    'Guidance scale is too large, max is: 30.000000',
    'Inference steps is too small, min is: 10',
    'Pick fewer inference steps or smaller dimensions: 1536 - 1536 - 30',
    "Number of outputs can't be more than 4",
  ].map((sentence) => [sentence, `${sentence}.`] as const),
];

const turnedAway = 'queue_limit_reached';

/** For the stage only a 429 turns a request away, so that it may be asked again; this one is forgotten. */
function forgetNext({ on }: Stablecog): void {
  const off = on('end', (request) => {
    request.prompt = undefined;
    off();
  });
}

export const stablecogRows: readonly Row[] = [
  {
    row: 'stablecog 2.4: a scheduler that does not go with the model is replaced silently',
    how: ({ settings }) => {
      settings.models = settings.models.map((model) => ({
        ...model,
        schedulers: model.schedulers.filter(({ name }) => name !== 'DDIM'),
      }));
    },
    asks: { model: 'stablecog/sdxl', scheduler: 'DDIM' },
    reads: 'That scheduler does not go with this model, so the image service used another one.',
    credits: 'kept',
  },
  {
    row: 'stablecog 2.6: 400 invalid_model_id, since the model has gone',
    how: ({ settings }) => {
      settings.models = settings.models.filter(({ name }) => name !== 'FLUX.1');
    },
    reads: sentences.notAccepted(oddModel),
    credits: 'back',
  },
  {
    row: 'stablecog 2.4: a prompt of over 500 characters is cut silently',
    asks: { prompt: 'a fox '.repeat(100) },
    raw: true,
    reads: '`prompt` must be 3 to 500 characters long; yours has 599.',
    credits: 'untouched',
  },
  {
    row: 'stablecog 2.4: inference_steps have no effect',
    asks: { steps: 12 },
    reads: 'The image service takes a number of steps, but always uses the model’s own.',
    credits: 'kept',
  },
  {
    row: 'stablecog 2.4: whatever a free account makes is public',
    asks: { private: true },
    reads:
      'Everybody can see what **Stablecog FLUX.1** makes at the image service, so it cannot be private. Leave `private` out. Nothing was spent.',
    credits: 'untouched',
  },
  {
    row: 'stablecog 2.4: the connection dropped at an unknown model',
    how: ({ faults }) => faults.next({ kind: 'cut', when: 'before-charging' }),
    reads: sentences.uncertain,
    credits: 'back',
    stepMs: 15_000,
  },
  {
    row: 'stablecog 2.4: the connection lost although the job went on',
    how: ({ faults }) => faults.next({ kind: 'cut', when: 'after-charging' }),
    reads: sentences.spent,
    credits: 'kept',
  },
  {
    row: 'stablecog 2.4: 524 of a proxy while the job goes on',
    how({ settings, faults }) {
      settings.proxyTimeoutMs = 1000;
      faults.next({ kind: 'slow', ms: 2000 });
    },
    reads: sentences.spent,
    credits: 'kept',
  },
  {
    row: 'stablecog 2.4: 502 of the ingress although the job went on',
    how: ({ faults }) => faults.next({ kind: 'garbage', body: 'html', status: 502 }),
    reads: sentences.spent,
    credits: 'kept',
  },
  {
    row: 'stablecog 2.4: 524 of a proxy, and nothing comes of the job',
    how: ({ faults }) => faults.next({ kind: 'garbage', body: 'html', charged: false }),
    reads: sentences.uncertain,
    credits: 'back',
    stepMs: 15_000,
  },
  {
    row: 'stablecog 2.4: 200, fewer pictures',
    how: ({ settings }) => void (settings.droppedImages = 1),
    reads: sentences.fewer(3),
    credits: 'kept',
  },
  {
    row: 'stablecog 2.4: 200, no pictures',
    how: ({ settings }) => void (settings.droppedImages = 4),
    reads: sentences.uncertain,
    credits: 'back',
  },
  {
    row: 'stablecog 2.5: 200 that cannot be read',
    how: ({ faults }) => faults.next({ kind: 'garbage', body: 'wrong-shape' }),
    reads: sentences.spent,
    credits: 'kept',
  },
  {
    row: 'stablecog 2.5: an address without its picture',
    how: ({ faults }) => faults.next({ kind: 'picture', index: 1, fault: { kind: 'gone' } }),
    reads: sentences.lostOne,
    credits: 'kept',
  },
  ...badRequests.map(([error, detail]): Row => ({
    row: `stablecog 2.6: 400 ${error}`,
    how: answers(400, error),
    reads: sentences.notAccepted(detail),
    credits: 'back',
  })),
  {
    row: 'stablecog 2.6: 400 insufficient_credits',
    how: ({ books }) => void (books.creditsLeft = 3),
    reads: sentences.noCredits,
    credits: 'back',
    operator: true,
  },
  {
    row: 'stablecog 2.6: 400 nsfw_prompt',
    asks: { prompt: 'a forbidden fox' },
    reads: sentences.refused,
    credits: 'back',
  },
  {
    row: `stablecog 2.6: 400 ${turnedAway} for a while`,
    how(standIn) {
      forgetNext(standIn);
      answers(400, turnedAway)(standIn);
    },
    reads: sentences.spent,
    credits: 'kept',
  },
  {
    row: `stablecog 2.6: 400 ${turnedAway} with a pause of 10 minutes`,
    how: answers(400, turnedAway, longPause),
    reads: sentences.busy,
    credits: 'back',
  },
  {
    row: 'stablecog 2.6: 401 Unauthorized',
    how: answers(401),
    reads: sentences.account,
    credits: 'back',
    operator: true,
  },
  ...['init_image_not_owned', 'image_not_owned'].map((error): Row => ({
    row: `stablecog 2.6: 401 ${error}`,
    how: answers(401, error),
    reads: sentences.notAccepted(oddImage),
    credits: 'back',
  })),
  {
    row: 'stablecog 2.6: 403 user_banned',
    how: ({ settings }) => void (settings.banned = true),
    reads: sentences.account,
    credits: 'back',
    operator: true,
  },
  ...[404, 405, 428].map((status): Row => ({
    row: `stablecog 2.6: ${status} in plain text`,
    how: answers(status),
    reads: sentences.unreachable,
    credits: 'back',
  })),
  {
    row: 'stablecog 2.6: 429 for a while',
    how: ({ faults }) => faults.next({ kind: 'status', status: 429 }, 2),
    reads: sentences.spent,
    credits: 'kept',
  },
  {
    row: 'stablecog 2.6: 429 with a pause of 10 minutes',
    how: answers(429, undefined, longPause),
    reads: sentences.busy,
    credits: 'back',
  },
  ...['An unknown error has occured', 'unknown_error', 'CUDA out of memory'].map((error): Row => ({
    row: `stablecog 2.6: 500 ${error}`,
    how: answers(500, error),
    reads: sentences.uncertain,
    credits: 'back',
  })),
  {
    row: 'stablecog 2.6: 500 TIMEOUT, given back',
    how({ settings, faults }) {
      settings.workerTimeoutMs = 1000;
      faults.next({ kind: 'slow', ms: 2000 });
    },
    reads: sentences.unreachable,
    credits: 'back',
  },
];
