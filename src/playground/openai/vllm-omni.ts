import { fieldsOf } from './fields.ts';
import type { Dialect } from './dialect.ts';
import { plainOrder } from './order.ts';
import type { Order, Refused } from './order.ts';

const mostPixels = 4096 * 4096;
const usual: Pick<Order, 'width' | 'height'> = { width: 1024, height: 1024 };

interface Complaint {
  readonly loc: readonly string[];
  readonly msg: string;
  readonly type: string;
}

const detail = (status: number, said: unknown): Refused => ({ status, body: { detail: said } });

/**
 * vLLM-Omni: FastAPI's checks (422 with a list, unknown fields passed over), diffusion settings of its
 * own, always base64. The word `forbidden` in a prompt is what its guardrails stop. Source:
 * `entrypoints/openai/protocol/images.py`, its tests and its documentation.
 */
export const vllmOmni: Dialect = {
  models: ['Qwen/Qwen-Image'],
  pictureFolder: '/no-address/',
  voice: {
    refusal: (status, { message }) => ({
      body: { detail: message ?? words[status] ?? 'Internal Server Error' },
    }),
    noCredits: { status: 402 },
    garbage: {
      notJson: '{"created":17,"data":[{"b64_json":"iVBOR',
      wrongShape: '{"created":"now","data":[17]}',
    },
  },
  unauthorized: () => ({ status: 401, body: { error: 'Unauthorized' } }),
  read({ text, json }, { models, ready }) {
    if (text === undefined) return detail(413, 'Request Entity Too Large');
    if (json === undefined)
      return detail(422, [{ loc: ['body', '1'], msg: 'JSON decode error', type: 'json_invalid' }]);
    const fields = fieldsOf(json);
    if (fields === undefined)
      return detail(422, [
        { loc: ['body'], msg: 'Input should be a valid dictionary', type: 'model_attributes_type' },
      ]);
    const complaints = complaintsAbout(fields);
    if (complaints.length > 0) return detail(422, complaints);
    if (!ready)
      return detail(503, 'Diffusion engine not initialized. Start server with a diffusion model.');
    const prompt = String(fields.get('prompt'));
    const model = textOf(fields, 'model') ?? models[0] ?? '';
    if (!models.includes(model)) return detail(400, `Model mismatch: ${model} is not served here.`);
    const told = textOf(fields, 'size');
    const size = told === undefined ? usual : sizeOf(told);
    if (size === undefined)
      return detail(
        400,
        `Invalid size format: '${told}'. Expected format: 'WIDTHxHEIGHT' (e.g., '1024x1024').`,
      );
    if (size.width * size.height > mostPixels)
      return detail(
        400,
        `Requested image size ${told} exceeds the maximum allowed size of ${mostPixels} pixels.`,
      );
    if (/\bforbidden\b/i.test(prompt)) return detail(400, 'Input was blocked by guardrails.');
    return {
      ...plainOrder,
      ...size,
      model,
      prompt,
      negative: textOf(fields, 'negative_prompt') ?? '',
      images: numberOf(fields, 'n') ?? 1,
      seed: numberOf(fields, 'seed'),
      steps: numberOf(fields, 'num_inference_steps'),
      guidance: numberOf(fields, 'guidance_scale'),
      type: types.find((it) => it === fields.get('output_format')) ?? 'png',
    };
  },
  write: ({ order, pictures, created }) => ({
    created,
    data: pictures.map(({ b64, url }) => ({
      b64_json: b64 ?? null,
      url: b64 === undefined ? url : null,
      revised_prompt: null,
    })),
    output_format: order.type,
    size: `${order.width}x${order.height}`,
  }),
  list: (models, created) => ({
    object: 'list',
    data: models.map((id) => ({ id, object: 'model', created, owned_by: 'vllm' })),
  }),
};

const types = ['png', 'jpeg', 'webp'] as const;

const words: Readonly<Record<number, string>> = {
  404: 'Not Found',
  405: 'Method Not Allowed',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
};

/** The numbers that are looked at, and what they may be. */
const numbers: readonly {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
}[] = [
  { name: 'n', min: 1, max: 10, whole: true },
  { name: 'num_inference_steps', min: 1, max: 200, whole: true },
  { name: 'guidance_scale', min: 0, max: 20, whole: false },
  { name: 'true_cfg_scale', min: 0, max: 20, whole: false },
  { name: 'seed', min: -Infinity, max: Infinity, whole: true },
];

function complaintsAbout(fields: ReadonlyMap<string, unknown>): readonly Complaint[] {
  const complaints: Complaint[] = [];
  const complain = (name: string, msg: string, type: string): void => {
    complaints.push({ loc: ['body', name], msg, type });
  };
  if (!fields.has('prompt')) complain('prompt', 'Field required', 'missing');
  for (const name of ['prompt', 'model', 'size', 'negative_prompt', 'user']) {
    const value = fields.get(name);
    const isLeftOut = value === undefined || (value === null && name !== 'prompt');
    if (!isLeftOut && typeof value !== 'string')
      complain(name, 'Input should be a valid string', 'string_type');
  }
  for (const { name, min, max, whole } of numbers) {
    const value = fields.get(name);
    // Only the number of pictures has a default of its own, so that it cannot be `null`.
    if (value === undefined || (value === null && name !== 'n')) continue;
    if (typeof value !== 'number' || (whole && !Number.isInteger(value)))
      complain(name, `Input should be a valid ${whole ? 'integer' : 'number'}`, 'type');
    else if (value < min)
      complain(name, `Input should be greater than or equal to ${min}`, 'greater_than_equal');
    else if (value > max)
      complain(name, `Input should be less than or equal to ${max}`, 'less_than_equal');
  }
  const size = fields.get('size');
  if (typeof size === 'string' && !size.includes('x'))
    complain('size', "Value error, size must be in format 'WIDTHxHEIGHT'", 'value_error');
  const format = fields.get('response_format');
  if (format !== undefined && format !== 'b64_json')
    complain('response_format', "Only 'b64_json' response format is supported", 'value_error');
  return complaints;
}

function textOf(fields: ReadonlyMap<string, unknown>, name: string): string | undefined {
  const value = fields.get(name);
  return typeof value === 'string' ? value : undefined;
}

function numberOf(fields: ReadonlyMap<string, unknown>, name: string): number | undefined {
  const value = fields.get(name);
  return typeof value === 'number' ? value : undefined;
}

function sizeOf(size: string): Pick<Order, 'width' | 'height'> | undefined {
  const [, width = '0', height = '0'] = /^(\d{1,6})x(\d{1,6})$/.exec(size) ?? [];
  const of = { width: Number(width), height: Number(height) };
  return of.width > 0 && of.height > 0 ? of : undefined;
}
