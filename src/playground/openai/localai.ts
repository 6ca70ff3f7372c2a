import { fieldsOf } from './fields.ts';
import type { Dialect } from './dialect.ts';
import { plainOrder } from './order.ts';
import type { Order, Refused } from './order.ts';
import { takeLoras } from './tags.ts';

const usualSteps = 15;
const mostPixels = 4096 * 4096;
const mostImages = 100;

function refused(code: number, message: string, type = ''): Refused {
  return { status: code, body: { error: { code, message, type } } };
}

/**
 * LocalAI: unknown fields are passed over, what stands behind the first `|` of the prompt is not to be
 * shown, what stands behind the second is dropped, and its usual backend obeys `<lora:…>`. It takes its
 * only model where none is named. Source: `core/http/endpoints/openai/image.go` and its documentation.
 */
export const localai: Dialect = {
  models: ['stablediffusion'],
  pictureFolder: '/generated-images/',
  voice: {
    refusal: (status, { message }) => ({
      body: refused(status, message ?? words[status] ?? 'Internal Server Error').body,
    }),
    noCredits: { status: 402 },
    garbage: {
      notJson: '{"created":17,"id":"9b1c","data":[{"url":"http',
      wrongShape: '{"created":17,"data":{"url":7}}',
    },
  },
  unauthorized: () => refused(401, 'An authentication key is required', 'invalid_request_error'),
  read({ text, json }, { models }) {
    if (text === undefined) return refused(413, 'Request Entity Too Large');
    const fields = fieldsOf(json);
    if (fields === undefined) return refused(400, 'failed parsing request body');
    const wrong = wrongField(fields);
    if (wrong !== undefined)
      return refused(400, `json: cannot unmarshal into Go struct field OpenAIRequest.${wrong}`);
    const textOf = (name: string): string => {
      const value = fields.get(name);
      return typeof value === 'string' ? value : '';
    };
    const number = (name: string): number => Number(fields.get(name) ?? 0);
    const [only] = models;
    const model = textOf('model') || (models.length === 1 && only) || '';
    if (model === '') return refused(400, 'Bad Request');
    if (!models.includes(model))
      return refused(500, 'could not load model - all backends returned error');
    const size = sizeOf(textOf('size'));
    if (size === undefined) return refused(500, "invalid value for 'size'");
    const images = number('n') || 1;
    if (images < 0 || images > mostImages || size.width * size.height > mostPixels)
      return refused(500, 'rpc error: code = Unknown desc = image generation failed');
    const [before = '', negative = ''] = textOf('prompt').split('|');
    return {
      ...plainOrder,
      ...size,
      ...takeLoras(before),
      negative,
      model,
      images,
      steps: number('step') || usualSteps,
      form: fields.get('response_format') === 'b64_json' ? 'bytes' : 'address',
    };
  },
  write: ({ pictures, created, id }) => ({
    created,
    id,
    data: pictures.map(({ b64, url }) => ({
      embedding: null,
      index: 0,
      ...(b64 === undefined ? { url } : { b64_json: b64 }),
    })),
    usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
  }),
  list: (models) => ({
    object: 'list',
    data: models.map((id) => ({ id, object: 'model' })),
  }),
};

const words: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'An authentication key is required',
  404: 'Resource not found',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
};

const texts = ['model', 'prompt', 'size'] as const;
const integers = ['n', 'step', 'seed'] as const;

/** The first field of another type than Go expects; a missing one and `null` are none. */
function wrongField(fields: ReadonlyMap<string, unknown>): string | undefined {
  const isWrong = (name: string, fits: (value: unknown) => boolean): boolean => {
    const value = fields.get(name) ?? undefined;
    return value !== undefined && !fits(value);
  };
  return (
    texts.find((name) => isWrong(name, (value) => typeof value === 'string')) ??
    integers.find((name) => isWrong(name, Number.isSafeInteger))
  );
}

function sizeOf(size: string): Pick<Order, 'width' | 'height'> | undefined {
  const [width = '', height = '', ...more] = (size.includes('x') ? size : '512x512').split('x');
  const isNumber = /^[+-]?\d{1,6}$/;
  if (more.length > 0 || !isNumber.test(width) || !isNumber.test(height)) return undefined;
  const of = { width: Number(width), height: Number(height) };
  return of.width > 0 && of.height > 0 ? of : undefined;
}
