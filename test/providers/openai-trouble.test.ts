import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RateLimitReading } from '../../src/domain/pace.ts';
import type { Provider } from '../../src/domain/provider.ts';
import { createShiftedClock } from '../../src/playground/clock.ts';
import type { OpenaiServer } from '../../src/providers/openai/openai-servers.ts';
import { failure, generate, openaiAt, startBoth } from './openai-calls.ts';
import { answer, startScriptedApi, type ScriptedApi } from './scripted-api.ts';

const apiKey = 'sk-4711-secret';
const png = Buffer.from('89504e470d0a1a0a', 'hex');
const b64 = png.toString('base64');

let api: ScriptedApi;
const open: { close(): Promise<void> }[] = [];

beforeEach(async () => {
  api = await startScriptedApi();
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
  await api.close();
});

function start(server: OpenaiServer = 'openai'): Provider {
  const provider = openaiAt(`${api.url}/v1`, { server, apiKey });
  open.push(provider);
  return provider;
}

function says(status: number, body: unknown, headers: Record<string, string> = {}): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  api.script = ({ socket }) => socket.write(answer(status, text, headers));
}

describe('an answer', () => {
  test('without the time of its making is read, and what else is in it passed over', async () => {
    says(200, {
      id: 'x',
      usage: null,
      data: [{ embedding: null, index: 0, b64_json: b64, url: null, revised_prompt: null }],
    });
    const result = await generate(start());
    expect(result.pictures).toEqual([{ kind: 'bytes', bytes: png }]);
    expect(result).toMatchObject({ providerCost: 1, warnings: [] });
  });

  test.each([
    ['a data: URI as bytes', { b64_json: `data:image/png;base64,${b64}` }],
    ['a data: URI as address', { url: `data:image/png;base64,${b64}` }],
    ['bytes besides a broken address', { b64_json: b64, url: 17 }],
  ])('with %s is read', async (_, item) => {
    says(200, { created: 1, data: [item] });
    expect((await generate(start())).pictures).toEqual([{ kind: 'bytes', bytes: png }]);
  });

  test('with some pictures that cannot be used gives the others', async () => {
    says(200, {
      data: [{ b64_json: 'no base64!' }, 7, { b64_json: b64 }, { url: 'ftp://x/1.png' }],
    });
    const result = await generate(start(), { images: 4 });
    expect(result.pictures).toEqual([{ kind: 'bytes', bytes: png }]);
    expect(result.providerCost).toBe(4);
  });

  const broken: readonly (readonly [string, unknown])[] = [
    ['nothing in it', ''],
    ['no JSON', '{"data":[{"b64_json":"iVBO'],
    ['an array', []],
    ['no list', { data: { b64_json: b64 } }],
    ['null for a list', { created: 1, data: null }],
    ['an empty list', { created: 1, data: [] }],
    ['a great many pictures', { data: Array.from({ length: 17 }, () => ({ b64_json: b64 })) }],
    ['a million pictures of nothing', `{"data":[${'{},'.repeat(340_000)}{}]}`],
    ['millions of empty entries', `{"data":[${'{},'.repeat(2_000_000)}{}]}`],
    ['much nested in each other', '['.repeat(2_000_000)],
    ['an HTML page', '<html>Bad gateway</html>'],
    ['an endless address', { data: [{ url: `https://pictures.example/${'x'.repeat(9000)}` }] }],
    ...['', '====', 'iVBO=', 'iVB', 'iV=BO', 'iVBOiVBOiVBO\u0000', '%69VBO', 7, null, {}].map(
      (it): [string, unknown] => [`the bytes ${JSON.stringify(it)}`, { data: [{ b64_json: it }] }],
    ),
    ...['', 'pictures/1.png', 'ftp://x/1.png', 'javascript:1', 'file:///etc/passwd', 7, null].map(
      (it): [string, unknown] => [`the address ${JSON.stringify(it)}`, { data: [{ url: it }] }],
    ),
  ];
  test.each(broken)('with %s leaves open what was made', async (_, body) => {
    says(200, body, { 'x-request-id': 'r-1' });
    const error = await failure(start());
    expect(error).toMatchObject({ kind: 'protocol', outcome: 'unknown', requestId: 'r-1' });
    expect(api.requests).toHaveLength(1);
  });
});

describe('an error', () => {
  const of = (
    message: string,
    code: string | null = null,
    type = 'invalid_request_error',
  ): object => ({
    error: { message, type, param: null, code },
  });
  const errors: readonly (readonly [number, unknown, string, OpenaiServer?])[] = [
    [400, of('no', 'content_policy_violation'), 'refused nothing-made'],
    [400, of('no', 'moderation_blocked', 'image_generation_user_error'), 'refused nothing-made'],
    [400, of('Your request was rejected by the safety system'), 'refused nothing-made'],
    [
      400,
      { detail: 'Input was blocked by Cosmos3 guardrails.' },
      'refused nothing-made',
      'vllm-omni',
    ],
    [
      400,
      of('stop', 'billing_hard_limit_reached', 'billing_limit_user_error'),
      'no-credits nothing-made',
    ],
    [429, of('stop', 'insufficient_quota', 'insufficient_quota'), 'no-credits nothing-made'],
    [429, of('stop', 'billing_not_active', 'billing_not_active'), 'no-credits nothing-made'],
    [402, '', 'no-credits nothing-made'],
    [429, of('slow down', 'rate_limit_exceeded', 'requests'), 'busy nothing-made'],
    [429, '', 'busy nothing-made'],
    [401, of('who?', 'invalid_api_key'), 'unauthorized nothing-made'],
    [401, { error: 'Unauthorized' }, 'unauthorized nothing-made', 'vllm-omni'],
    [403, of('not you'), 'forbidden nothing-made'],
    [404, of('The model `x` does not exist', 'model_not_found'), 'invalid nothing-made'],
    [404, { detail: 'Not Found' }, 'unavailable nothing-made', 'vllm-omni'],
    [404, '<html>no such page</html>', 'unavailable nothing-made'],
    [405, '', 'unavailable nothing-made'],
    [400, of("Unknown parameter: 'x'.", 'unknown_parameter'), 'invalid nothing-made'],
    [401, of('no', 'insufficient_permissions'), 'forbidden nothing-made'],
    [403, of('no', 'insufficient_permissions'), 'forbidden nothing-made'],
    [400, of('stop', 'insufficient_credits'), 'no-credits nothing-made'],
    [400, of('what', 'billing_address_invalid'), 'invalid nothing-made'],
    [
      400,
      of('Your request was rejected as a result of our safety system.'),
      'refused nothing-made',
    ],
    [400, of("Invalid prompt: 'a content policy in a safety system'"), 'invalid nothing-made'],
    [422, of('too long: moderation and guardrails'), 'invalid nothing-made'],
    [
      422,
      { detail: [{ loc: ['body', 'prompt'], msg: 'Input was blocked by guardrails.' }] },
      'invalid nothing-made',
      'vllm-omni',
    ],
    [408, '', 'unavailable unknown'],
    [499, '', 'unavailable unknown'],
    [400, { error: 'prompt required' }, 'invalid nothing-made', 'sd-cpp'],
    [
      400,
      { error: { code: 400, message: 'Bad Request', type: '' } },
      'invalid nothing-made',
      'localai',
    ],
    [
      422,
      { detail: [{ loc: ['body', 'n'], msg: 'too many' }] },
      'invalid nothing-made',
      'vllm-omni',
    ],
    [500, of('sorry', null, 'server_error'), 'unavailable unknown'],
    [500, { error: 'server_error', message: 'what' }, 'unavailable unknown', 'sd-cpp'],
    [500, { error: 'generate_image returned no results' }, 'unavailable unknown', 'sd-cpp'],
    [
      500,
      { error: { code: 500, message: 'rpc error', type: '' } },
      'unavailable unknown',
      'localai',
    ],
    [503, { detail: 'Diffusion engine not initialized.' }, 'unavailable nothing-made', 'vllm-omni'],
    [503, { detail: 'The engine died' }, 'unavailable unknown', 'vllm-omni'],
    [503, of('Diffusion engine not initialized.'), 'unavailable unknown'],
    [524, '<html>A timeout occurred</html>', 'unavailable unknown'],
    [500, of('no', 'moderation_blocked'), 'unavailable unknown'],
    [302, '', 'protocol unknown'],
    [202, { data: [{ b64_json: b64 }] }, 'protocol unknown'],
  ];
  const each = errors.map(
    ([status, body, expected, server = 'openai']): [number, unknown, string, OpenaiServer] => [
      status,
      body,
      expected,
      server,
    ],
  );
  test.each(each)('%i %j is %s', async (status, body, expected, server) => {
    says(status, body);
    const error = await failure(start(server));
    expect(`${error.kind} ${error.outcome}`).toBe(expected);
    expect(error.status).toBe(status);
    expect(api.requests).toHaveLength(1);
  });

  test('tells the member what the server says of the input, without the key', async () => {
    says(400, of(`Invalid size for ${apiKey}`, 'invalid_value'));
    const error = await failure(start());
    expect(error.detail).toBe('Invalid size for …');
    expect(error.message).toBe('OpenAI answered 400: invalid_value, invalid_request_error');
  });

  test('of FastAPI’s names the fields', async () => {
    const input = { loc: ['body', 'n'], msg: 'Input should be less than or equal to 10' };
    says(422, { detail: [input, { loc: [1], msg: 'and more' }, 7] });
    expect((await failure(start('vllm-omni'))).detail).toBe(
      'n: Input should be less than or equal to 10. and more',
    );
  });

  test('of 429 tells the pace', async () => {
    says(429, '', { 'retry-after': '7', 'x-ratelimit-limit-requests': '5' });
    const readings: RateLimitReading[] = [];
    await failure(start(), {}, { onLimits: (reading) => readings.push(reading) });
    expect(readings).toMatchObject([{ limit: 5, retryAfterMs: 7000 }]);
  });
});

describe('a call', () => {
  test('whose answer is over 48 MB leaves open what was made, and is read no further', async () => {
    const both = await startBoth('openai');
    open.push(both.provider, both.api);
    both.api.faults.next({ kind: 'huge', bytes: 60_000_000, charged: true });
    expect(await failure(both.provider)).toMatchObject({ kind: 'protocol', outcome: 'unknown' });
  });

  test('that takes too long, or whose caller leaves, closes its connection', async () => {
    const clock = createShiftedClock();
    const provider = openaiAt(`${api.url}/v1`, { clock, timeoutMs: 5000 });
    open.push(provider);
    const late = failure(provider);
    const first = await api.next();
    clock.advance(5001);
    expect(await late).toMatchObject({ kind: 'timeout', outcome: 'unknown' });
    await first.closed;
    const caller = new AbortController();
    const left = failure(provider, {}, { signal: caller.signal });
    const second = await api.next();
    caller.abort(new Error('shutting down'));
    expect(await left).toMatchObject({ kind: 'cancelled', outcome: 'unknown' });
    await second.closed;
    expect(api.requests).toHaveLength(2);
  });

  test('that is cut is not made again', async () => {
    const both = await startBoth('vllm-omni');
    open.push(both.provider, both.api);
    both.api.faults.next({ kind: 'cut', when: 'after-charging' });
    expect(await failure(both.provider)).toMatchObject({
      kind: 'unavailable',
      outcome: 'unknown',
    });
    both.api.faults.next({ kind: 'cut-in-body', atByte: 100 });
    expect(await failure(both.provider)).toMatchObject({ outcome: 'unknown', status: 200 });
    expect(both.api.requests).toHaveLength(2);
  });
});
