import { fieldsOf } from './fields.ts';
import type { Dialect } from './dialect.ts';
import { plainOrder } from './order.ts';
import type { Order, Refused } from './order.ts';
import { takeExtraArgs, takeLoras } from './tags.ts';

const usualPx = 512;
const types = ['png', 'jpeg', 'webp'] as const;
/** What would never fit into the memory of anybody's machine. */
const mostPixels = 4096 * 4096;
const mostImages = 100;

const refused = (status: number, error: string): Refused => ({ status, body: { error } });
const thrown = (message: string): Refused => ({
  status: 500,
  body: { error: 'server_error', message },
});

/**
 * `sd-server` of stable-diffusion.cpp: it reads five fields and passes over all others, and obeys
 * commands in the prompt. Source: `examples/server/routes_openai.cpp`; that it obeys `<lora:…>` was so
 * in its earlier versions.
 */
export const sdCpp: Dialect = {
  models: ['sd-cpp-local'],
  pictureFolder: '/no-address/',
  voice: {
    refusal: (status, { message }) =>
      status === 404
        ? { body: '', headers: { 'content-type': 'text/plain' } }
        : { body: { error: message ?? (status < 500 ? 'bad request' : 'server_error') } },
    noCredits: { status: 402 },
    garbage: { notJson: '{"created":17,"data":[{"b64_json":"iVBOR', wrongShape: '{"data":"none"}' },
  },
  // It knows no keys; this is what a proxy before it would say.
  unauthorized: () => refused(401, 'unauthorized'),
  read({ text, json }) {
    if (text === undefined) return { status: 413, body: '' };
    if (text === '') return refused(400, 'empty body');
    if (json === undefined) return thrown('[json.exception.parse_error.101] parse error');
    const fields = fieldsOf(json);
    if (fields === undefined) return thrown('[json.exception.type_error.306] cannot use value()');
    const prompt = fields.get('prompt') ?? '';
    const n = fields.get('n') ?? 1;
    const size = fields.get('size') ?? '';
    const format = fields.get('output_format') ?? 'png';
    if (typeof prompt !== 'string' || typeof size !== 'string' || typeof format !== 'string')
      return thrown('[json.exception.type_error.302] type must be string');
    if (typeof n !== 'number') return thrown('[json.exception.type_error.302] type must be number');
    if (prompt === '') return refused(400, 'prompt required');
    const type = types.find((it) => it === format.toLowerCase());
    if (type === undefined)
      return refused(400, 'invalid output_format, must be one of [png, jpeg, webp]');
    const order = {
      ...plainOrder,
      ...sizeOf(size),
      model: '',
      images: Math.max(1, Math.trunc(n)),
      type,
    };
    return obeyed({ ...order, prompt });
  },
  write: ({ order, pictures, created }) => ({
    created,
    data: pictures.map(({ b64, url }) => (b64 === undefined ? { url } : { b64_json: b64 })),
    output_format: order.type,
  }),
  list: () => ({ data: [{ id: 'sd-cpp-local', object: 'model', owned_by: 'local' }] }),
};

function sizeOf(size: string): Pick<Order, 'width' | 'height'> {
  const at = size.indexOf('x');
  const width = Number.parseInt(size.slice(0, Math.max(0, at)), 10);
  const height = Number.parseInt(size.slice(at + 1), 10);
  return Number.isNaN(width) || Number.isNaN(height)
    ? { width: usualPx, height: usualPx }
    : { width, height };
}

function obeyed(order: Order): Order | Refused {
  const { prompt, args } = takeExtraArgs(order.prompt);
  const set = args === '' ? new Map<string, unknown>() : fieldsOf(parsed(args));
  if (set === undefined) return refused(400, 'invalid sd_cpp_extra_args');
  const sampling = fieldsOf(set.get('sample_params')) ?? new Map<string, unknown>();
  const number = (name: string): number | undefined => asNumber(set.get(name));
  const negative = set.get('negative_prompt');
  const changed: Order = {
    ...order,
    ...takeLoras(prompt),
    negative: typeof negative === 'string' ? negative : order.negative,
    width: number('width') ?? order.width,
    height: number('height') ?? order.height,
    images: number('batch_count') ?? order.images,
    seed: number('seed'),
    steps: asNumber(sampling.get('sample_steps')) ?? number('sample_steps'),
    guidance: number('cfg_scale'),
  };
  const { width, height, images } = changed;
  if (![width, height, images].every((it) => Number.isInteger(it) && it > 0))
    return refused(400, 'invalid params');
  if (width * height > mostPixels || images > mostImages)
    return refused(500, 'generate_image returned no results');
  return changed;
}

function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
