import type { WindowReading } from '../image-api/windows.ts';
import type { Dialect, Made } from './dialect.ts';
import { fieldsOf } from './fields.ts';
import { officialProblem } from './official-checks.ts';
import { hardLimit, officialError, officialRefusal } from './official-error.ts';
import { familyOf, isOfGptImage } from './official-family.ts';
import { plainOrder } from './order.ts';
import type { Order } from './order.ts';

const types = ['png', 'jpeg', 'webp'] as const;

/**
 * OpenAI itself: unknown fields and those of another family of models are refused. The word `forbidden`
 * in a prompt is what its moderation refuses. Source: its OpenAPI document; the words and codes of its
 * errors are those that people report.
 */
export const official: Dialect = {
  models: ['gpt-image-1', 'gpt-image-1-mini', 'gpt-image-2', 'dall-e-3', 'dall-e-2'],
  pictureFolder: '/private/',
  voice: {
    refusal: (status, { message }) => ({ body: officialRefusal(status, message).body }),
    noCredits: { status: 400, message: hardLimit },
    garbage: {
      notJson: '{"created":17,"data":[{"b64_json":"iVBOR',
      wrongShape: '{"created":17,"data":{"b64_json":17}}',
    },
  },
  unauthorized: (given) =>
    given ? officialRefusal(401, undefined) : officialError(401, "You didn't provide an API key."),
  read({ text, json }, { models }) {
    if (text === undefined) return officialError(413, 'The request is too large.');
    const fields = fieldsOf(json);
    if (fields === undefined)
      return officialError(400, 'We could not parse the JSON body of your request.');
    const named = fields.get('model') ?? undefined;
    if (named !== undefined && typeof named !== 'string')
      return officialError(400, "Invalid type for 'model': expected a string.", {
        param: 'model',
        code: 'invalid_type',
      });
    const model = named ?? ([...fields.keys()].some(isOfGptImage) ? 'gpt-image-1' : 'dall-e-2');
    if (!models.includes(model))
      return officialError(
        404,
        `The model '${model}' does not exist or you do not have access to it.`,
        { code: 'model_not_found' },
      );
    const family = familyOf(model);
    const problem = officialProblem(fields, family);
    if (problem !== undefined) return problem;
    if (fields.get('stream') === true)
      return officialError(400, 'This stand-in does not stream.', { param: 'stream' });
    const prompt = String(fields.get('prompt'));
    const isGptImage = family.kind === 'gpt-image';
    if (/\bforbidden\b/i.test(prompt)) return isGptImage ? moderated : againstPolicy;
    const bytes = isGptImage || fields.get('response_format') === 'b64_json';
    return {
      ...plainOrder,
      ...sizeOf(fields.get('size') ?? 'auto'),
      model,
      prompt,
      images: Number(fields.get('n') ?? 1),
      type: types.find((it) => it === fields.get('output_format')) ?? 'png',
      form: bytes ? 'bytes' : 'address',
    };
  },
  write: (made) => {
    const { order, pictures, created, settings } = made;
    const rewrites = settings.rewrites && familyOf(order.model).kind === 'dall-e-3';
    const data = pictures.map(({ b64, url }) => ({
      ...(b64 === undefined ? { url } : { b64_json: b64 }),
      ...(rewrites ? { revised_prompt: `${order.prompt}, in soft light` } : {}),
    }));
    return { created, data, ...(isTold(made) ? toldOf(made) : {}) };
  },
  list: (models, created) => ({
    object: 'list',
    data: models.map((id) => ({ id, object: 'model', created, owned_by: 'system' })),
  }),
  limitHeaders,
};

const moderated = officialError(
  400,
  'Your request was rejected by the safety system. safety_violations=[violence].',
  { type: 'image_generation_user_error', code: 'moderation_blocked' },
);
const againstPolicy = officialError(
  400,
  'Your request was rejected as a result of our safety system.',
  { code: 'content_policy_violation' },
);

function isTold({ order }: Made): boolean {
  return familyOf(order.model).kind === 'gpt-image';
}

/** What only the GPT image models tell. */
function toldOf({ order, pictures }: Made): Readonly<Record<string, unknown>> {
  const text = Math.ceil(order.prompt.length / 4);
  const output = 4160 * pictures.length;
  return {
    background: 'opaque',
    output_format: order.type,
    quality: 'high',
    size: `${order.width}x${order.height}`,
    usage: {
      input_tokens: text,
      output_tokens: output,
      total_tokens: text + output,
      input_tokens_details: { text_tokens: text, image_tokens: 0 },
    },
  };
}

function sizeOf(size: unknown): Pick<Order, 'width' | 'height'> {
  const [, width = 1024, height = 1024] = (/^(\d+)x(\d+)$/.exec(String(size)) ?? []).map(Number);
  return { width, height };
}

/** As OpenAI counts requests: the reset as a duration; a 429 says how long to wait. */
function limitHeaders(reading: WindowReading, refused: boolean): Record<string, string> {
  const seconds = Math.ceil(reading.resetMs / 1000);
  return {
    'x-ratelimit-limit-requests': String(reading.limit),
    'x-ratelimit-remaining-requests': String(Math.max(0, reading.remaining)),
    'x-ratelimit-reset-requests': `${Math.floor(seconds / 60)}m${seconds % 60}s`,
    ...(refused ? { 'retry-after': String(Math.max(1, seconds)) } : {}),
  };
}
