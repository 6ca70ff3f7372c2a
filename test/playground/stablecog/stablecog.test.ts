import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createShiftedClock, type ShiftedClock } from '../../../src/playground/clock.ts';
import {
  startStablecog,
  type Stablecog,
  type StablecogOptions,
} from '../../../src/playground/stablecog/stablecog.ts';
import { answerOf, ask, get, outputs, type Reply } from './ask.ts';

const flux = '0a99668b-45bd-4f7e-aa9c-f9aaa41ef13b';
const sdxl = '8002bc51-7260-468f-8840-cf1e6dbe3f8a';
const unknownId = '00000000-0000-4000-8000-000000000000';

let api: Stablecog;
let clock: ShiftedClock;

async function start(options: Partial<StablecogOptions> = {}): Promise<void> {
  clock = createShiftedClock();
  api = await startStablecog({
    clock,
    latencyMs: 0,
    windows: 'off',
    pictures: 'small',
    credits: 1000,
    ...options,
  });
}

beforeEach(() => start());

afterEach(() => api.close());

async function restart(options: Partial<StablecogOptions>): Promise<void> {
  await api.close();
  await start(options);
}

function said({ status, json }: Reply): unknown {
  const error = typeof json === 'object' && json !== null && 'error' in json ? json.error : json;
  return [status, error];
}

/** Resolves when so many jobs are in the server, running or waiting; no event tells it. */
async function inServer(jobs: number): Promise<void> {
  const count = (): number => api.jobs().running + api.jobs().waiting;
  while (count() !== jobs) await new Promise(setImmediate);
}

describe('the token', () => {
  test('is taken behind exactly one `Bearer `', async () => {
    for (const authorization of [
      '',
      api.key,
      `bearer ${api.key}`,
      `Basic ${api.key}`,
      `Bearer Bearer ${api.key}`,
      `Bearer ${api.key} Bearer ${api.key}`,
      `Bearer  ${api.key}`,
      `Bearer ${api.key}0`,
      `Bearer sc-${'f'.repeat(64)}`,
    ]) {
      expect(said(await ask(api, { prompt: 'a' }, { authorization })), authorization).toEqual([
        401,
        'Unauthorized',
      ]);
    }
    expect(said(await get(api, '/v1/credits', 'wrong'))).toEqual([401, 'Unauthorized']);
    expect(said(await get(api, '/v1/image/generation/outputs', 'wrong'))).toEqual([
      401,
      'Unauthorized',
    ]);
    expect((await get(api, '/v1/image/generation/models', 'wrong')).status).toBe(200);
    expect((await get(api, '/v1/image/generation/defaults', 'wrong')).status).toBe(200);
    expect(api.books.totalCost).toBe(0);
  });

  test('of another form than `sc-` and 64 digits never works', async () => {
    await restart({ key: 'my-key' });
    expect((await ask(api, { prompt: 'a' })).status).toBe(401);
  });
});

describe('the paths', () => {
  test('are the present ones and the deprecated ones', async () => {
    expect((await ask(api, { prompt: 'a' }, { path: '/v1/image/generate' })).status).toBe(200);
    for (const [now, before] of [
      ['/v1/image/generation/models', '/v1/image/models/generate'],
      ['/v1/image/generation/defaults', '/v1/image/defaults/generate'],
      ['/v1/image/generation/outputs', '/v1/image/outputs'],
    ] as const) {
      const reply = await get(api, now);
      expect(reply.status).toBe(200);
      expect((await get(api, before)).text).toBe(reply.text);
    }
    expect((await get(api, '/v1/health')).status).toBe(200);
  });

  test('and methods that there are not are told in plain text', async () => {
    const missing = await get(api, '/v1/image/generations');
    expect([missing.status, missing.headers.get('content-type'), missing.json]).toEqual([
      404,
      'text/plain; charset=utf-8',
      undefined,
    ]);
    expect((await get(api, '/v1/image/generation/create')).status).toBe(405);
    expect((await ask(api, {}, { path: '/v1/credits' })).status).toBe(405);
  });
});

describe('a body', () => {
  test('of the prompt alone takes the API’s own defaults', async () => {
    const {
      outputs: made,
      settings,
      remaining_credits: left,
    } = answerOf(await ask(api, { prompt: 'a' }));
    expect(made).toHaveLength(2);
    expect(made[0]?.image_url).toBe(made[0]?.url);
    expect(left).toBe(998);
    expect(settings).toMatchObject({
      model_id: flux,
      scheduler_id: '6fb13b76-9900-4fa4-abf8-8f843e034a7f',
      width: 1024,
      height: 1024,
      num_outputs: 2,
      guidance_scale: 7,
      inference_steps: 30,
    });
    expect(settings).not.toHaveProperty('prompt_strength');
  });

  test.each([
    ['no JSON', '{'],
    ['nothing', ''],
    ['a list', []],
    ['a size that is no whole number', { prompt: 'a', width: 512.5 }],
    ['a size that is a text', { prompt: 'a', height: '512' }],
    ['a size that is too large a number', { prompt: 'a', height: 2 ** 31 }],
    ['an id that is none', { prompt: 'a', model_id: 'sdxl' }],
    ['a prompt that is a number', { prompt: 7 }],
    ['a flag that is a text', { prompt: 'a', submit_to_gallery: 'yes' }],
  ])('with %s cannot be read', async (_, body) => {
    expect(said(await ask(api, body))).toEqual([400, 'json_parse_error']);
  });

  test('may have fields that nobody knows, and nulls', async () => {
    const body = { prompt: 'a', prompt_strengtht: 'x', more: [], width: null, seed: null };
    expect((await ask(api, body)).status).toBe(200);
  });

  test.each([
    [{ height: 1537 }, 'Height is too large, max is: 1536'],
    [{ height: 255 }, 'Height is too small, min is: 256'],
    [{ width: 1537 }, 'Width is too large, max is: 1536'],
    [{ width: 255 }, 'Width is too small, min is: 256'],
    [{ guidance_scale: 0.9 }, 'Guidance scale is too small, min is: 1.000000'],
    [{ guidance_scale: 30.1 }, 'Guidance scale is too large, max is: 30.000000'],
    [{ inference_steps: 9 }, 'Inference steps is too small, min is: 10'],
    [{ inference_steps: 31 }, 'Pick fewer inference steps or smaller dimensions: 1024 - 1024 - 31'],
    [
      { width: 1536, height: 1024 },
      'Pick fewer inference steps or smaller dimensions: 1536 - 1024 - 30',
    ],
    [{ num_outputs: 5 }, "Number of outputs can't be more than 4"],
    [{ model_id: unknownId, width: 512, height: 512 }, 'invalid_model_id'],
    [{ init_image_url: 'ftp://a/b.png' }, 'invalid_init_image_url'],
    [{ mask_image_url: 'b.png' }, 'invalid_mask_image_url'],
  ])('with %j is refused', async (fields, error) => {
    expect(said(await ask(api, { prompt: 'a', ...fields }))).toEqual([400, error]);
    expect(api.books.totalCost).toBe(0);
  });

  test.each([
    { width: 256, height: 1536 },
    { width: 1536, height: 682 },
    { guidance_scale: 1, inference_steps: 10 },
    { guidance_scale: 30, num_outputs: 1 },
    { width: 777, height: 512, inference_steps: 50 },
  ])('with %j is within the rules', async (fields) => {
    expect((await ask(api, { prompt: 'a', ...fields })).status).toBe(200);
  });

  test('with a model that is not known and no size makes the server drop the connection', async () => {
    await expect(ask(api, { prompt: 'a', model_id: unknownId })).rejects.toThrow('fetch failed');
    await expect(ask(api, { prompt: 'a', model_id: unknownId, width: 512 })).rejects.toThrow();
    expect(api.requests.map(({ cut }) => cut)).toEqual([true, true]);
  });

  test('has its scheduler and its steps replaced without a word, and no picture made for 0', async () => {
    const scheduler = 'cc1b8dbf-0aec-4e52-8110-8082506fb7ba';
    const replaced = answerOf(
      await ask(api, { prompt: 'a', scheduler_id: scheduler, inference_steps: 12 }),
    );
    expect(replaced.settings).toMatchObject({
      scheduler_id: '6fb13b76-9900-4fa4-abf8-8f843e034a7f',
      inference_steps: 30,
    });
    expect(answerOf(await ask(api, { prompt: 'a', num_outputs: 0 })).outputs).toEqual([]);
    expect(answerOf(await ask(api, { prompt: 'a', num_outputs: -3 })).outputs).toHaveLength(2);
  });

  test('has its prompt collapsed and cut without a word', async () => {
    await ask(api, { prompt: ` a \n\t b \u0085 c ` });
    await ask(api, { prompt: 'é'.repeat(500) });
    await ask(api, { prompt: 'é'.repeat(501) });
    expect(api.generations.map(({ order }) => order.prompt)).toEqual([
      'a b c',
      'é'.repeat(500),
      'é'.repeat(250),
    ]);
  });

  test('has a seed of the API’s where it names none or a negative one', async () => {
    const seeds = [undefined, -1, 4711].map(async (seed) => {
      const { settings } = answerOf(await ask(api, { prompt: 'a', seed }));
      return settings['seed'];
    });
    const [first, second, third] = await Promise.all(seeds);
    expect(first).not.toBe(second);
    expect(third).toBe(4711);
  });

  test('has the picture to start from asked for and looked at', async () => {
    const { outputs: made } = answerOf(await ask(api, { prompt: 'a', num_outputs: 1 }));
    const url = made[0]?.url ?? '';
    const from = (init_image_url: string): Promise<Reply> =>
      ask(api, { prompt: 'b', model_id: sdxl, init_image_url, prompt_strength: 7 });
    expect(answerOf(await from(url)).settings).toMatchObject({
      init_image_url: url,
      prompt_strength: 1,
    });
    expect(api.downloads.map((download) => download.url)).toEqual([url, url]);
    expect(said(await from(`${url}x`))).toEqual([400, 'image_url_width_height_error']);
    expect(said(await from(`${api.apiUrl}/v1/health`))).toEqual([
      400,
      'image_url_width_height_error',
    ]);
    expect(said(await from('s3://abc/def.jpg'))).toEqual([401, 'init_image_not_owned']);
    const { settings } = answerOf(await ask(api, { prompt: 'b', init_image_url: url }));
    expect(settings).toMatchObject({ prompt_strength: 0.5 });
  });

  test('of a banned account is refused', async () => {
    api.settings.banned = true;
    expect(said(await ask(api, { prompt: 'a' }))).toEqual([403, 'user_banned']);
  });
});

describe('what is made', () => {
  test('is JPEG of the size asked for, without an end, and another one for another seed', async () => {
    await restart({ pictures: 'fixed', fixedBytes: 60_000 });
    const { outputs: made } = answerOf(
      await ask(api, { prompt: 'a', width: 512, height: 256, num_outputs: 2 }),
    );
    clock.advance(400 * 86_400_000);
    const response = await fetch(made[0]?.url ?? '');
    expect(response.headers.get('content-type')).toBe('image/jpeg');
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes).toHaveLength(60_000);
    expect(await sharp(bytes).metadata()).toMatchObject({
      format: 'jpeg',
      width: 512,
      height: 256,
    });
    expect(made[0]?.url).toMatch(/\/[0-9a-f-]{36}\.jpeg$/);
    expect(await api.pictureBytes(made[1]?.url ?? '')).not.toEqual(bytes);
  });

  test('costs a credit for each picture, and nothing where it is refused', async () => {
    await restart({ credits: 3 });
    expect(said(await ask(api, { prompt: 'a', num_outputs: 4 }))).toEqual([
      400,
      'insufficient_credits',
    ]);
    expect(said(await ask(api, { prompt: 'Forbidden things' }))).toEqual([400, 'nsfw_prompt']);
    expect(answerOf(await ask(api, { prompt: 'a' })).remaining_credits).toBe(1);
    expect((await get(api, '/v1/credits')).json).toMatchObject({ total_remaining_credits: 1 });
    expect(api.books.charges.map(({ cost }) => cost)).toEqual([2]);
  });

  test('comes with the settings where it is refused after the rules', async () => {
    api.books.creditsLeft = 0;
    expect((await ask(api, { prompt: 'a' })).json).toMatchObject({ settings: { width: 1024 } });
  });

  test('of a free account is public', async () => {
    await ask(api, { prompt: 'a' });
    api.settings.plan = 'pro';
    await ask(api, { prompt: 'b' });
    expect((await outputs(api)).outputs.map((it) => it.is_public)).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  test('is charged although some is dropped', async () => {
    api.settings.droppedImages = 1;
    const { outputs: made, remaining_credits: left } = answerOf(
      await ask(api, { prompt: 'a', num_outputs: 4 }),
    );
    expect([made.length, left]).toEqual([3, 996]);
  });

  test('too slowly for the proxy is made and charged behind its HTML 524', async () => {
    await restart({ latencyMs: 120_000 });
    const asked = ask(api, { prompt: 'a' });
    await inServer(1);
    clock.advance(100_000);
    const reply = await asked;
    expect([reply.status, reply.json]).toEqual([524, undefined]);
    expect(reply.headers.get('content-type')).toContain('text/html');
    expect(api.books.totalCost).toBe(0);
    const charged = api.next('charge');
    clock.advance(20_000);
    await charged;
    expect((await outputs(api)).outputs).toHaveLength(2);
  });

  test('too slowly for the server is given up and given back', async () => {
    await restart({ latencyMs: 300_000, proxyTimeoutMs: Infinity });
    const asked = ask(api, { prompt: 'a' });
    await inServer(1);
    clock.advance(240_000);
    expect(said(await asked)).toEqual([500, 'TIMEOUT']);
    clock.advance(100_000);
    expect((await outputs(api)).outputs).toEqual([]);
    expect(api.books).toMatchObject({ totalCost: 0, creditsLeft: 1000 });
  });

  test('goes on where the caller hangs up', async () => {
    let finish = (): void => undefined;
    api.faults.next({ kind: 'hold', until: new Promise<void>((resolve) => (finish = resolve)) });
    const caller = new AbortController();
    const asked = ask(api, { prompt: 'a' }, { signal: caller.signal });
    await api.next('request');
    const ended = api.next('end');
    caller.abort();
    await expect(asked).rejects.toThrow();
    expect((await ended).aborted).toBe(true);
    const charged = api.next('charge');
    finish();
    expect((await charged).cost).toBe(2);
  });
});

describe('the jobs of an account', () => {
  test.each([
    ['free', 2],
    ['ultimate', 5],
  ] as const)(
    'on the plan %s run %d at once; the others wait in the server',
    async (plan, most) => {
      await restart({ plan });
      let finish = (): void => undefined;
      const until = new Promise<void>((resolve) => (finish = resolve));
      api.faults.when(() => true, { kind: 'hold', until });
      const asked = Array.from({ length: most + 2 }, (_, index) =>
        ask(api, { prompt: `picture ${index}` }),
      );
      await inServer(most + 2);
      expect(api.jobs()).toEqual({ running: most, waiting: 2 });
      finish();
      await inServer(2);
      clock.advance(1_000);
      expect((await Promise.all(asked)).map(({ status }) => status)).toEqual(asked.map(() => 200));
    },
  );

  test('are refused where more than 50 wait', async () => {
    let finish = (): void => undefined;
    const until = new Promise<void>((resolve) => (finish = resolve));
    api.faults.when(() => true, { kind: 'hold', until });
    const asked = Array.from({ length: 53 }, (_, index) => ask(api, { prompt: `${index}` }));
    await inServer(53);
    expect(said(await ask(api, { prompt: 'one more' }))).toEqual([400, 'queue_limit_reached']);
    await api.close();
    finish();
    await Promise.allSettled(asked);
    await start();
  });
});

describe('the pace', () => {
  beforeEach(() => restart({ windows: 'sliding' }));

  test('is 5 in a second, though its headers say 10, and is told in plain text', async () => {
    const replies: Reply[] = [];
    for (let index = 0; index < 6; index += 1) replies.push(await ask(api, { prompt: 'a' }));
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
    const last = replies.at(-1);
    expect([last?.text, last?.json]).toEqual(['Too Many Requests\n', undefined]);
    const headers = replies.map((reply) => [
      reply.headers.get('x-ratelimit-limit'),
      reply.headers.get('x-ratelimit-remaining'),
      reply.headers.get('retry-after'),
    ]);
    expect(headers[0]).toEqual(['10', '9', null]);
    expect(headers[5]).toEqual(['10', '0', '1']);
    const resetAt = Number(last?.headers.get('x-ratelimit-reset')) * 1000;
    expect(resetAt).toBeGreaterThanOrEqual(clock.now());
    expect(resetAt).toBeLessThan(clock.now() + 2_001);
    clock.advance(1_000);
    expect((await ask(api, { prompt: 'a' })).status).toBe(200);
  });

  test('does not count what has no token, and says nothing of itself there', async () => {
    for (let index = 0; index < 6; index += 1) {
      const reply = await ask(api, { prompt: 'a' }, { authorization: 'Bearer no' });
      expect(reply.headers.get('x-ratelimit-limit')).toBeNull();
    }
    expect((await ask(api, { prompt: 'a' })).status).toBe(200);
  });

  test('of what is only read is 10 in a second, counted before the token', async () => {
    const statuses: number[] = [];
    for (let index = 0; index < 11; index += 1) {
      statuses.push((await get(api, '/v1/credits', 'wrong')).status);
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429]);
    expect((await ask(api, { prompt: 'a' })).status).toBe(200);
  });
});

describe('faults', () => {
  test('hit create and each of the lists, in the API’s own words', async () => {
    api.faults.next({ kind: 'status', status: 429 });
    expect((await ask(api, { prompt: 'a' })).text).toBe('Too Many Requests\n');
    api.faults.next({ kind: 'status', status: 500 });
    expect(said(await ask(api, { prompt: 'a' }))).toEqual([500, 'An unknown error has occured']);
    api.faults.next({ kind: 'garbage', body: 'wrong-shape', charged: false });
    expect((await ask(api, { prompt: 'a' })).status).toBe(200);
    expect(api.books.totalCost).toBe(0);
    for (const [operation, path] of [
      ['models', '/v1/image/generation/models'],
      ['defaults', '/v1/image/generation/defaults'],
      ['outputs', '/v1/image/generation/outputs'],
      ['credits', '/v1/credits'],
    ] as const) {
      api.faults.nextAt(operation, { kind: 'status', status: 503 });
      expect(said(await get(api, path))).toEqual([503, 'unknown_error']);
      api.faults.nextAt(operation, { kind: 'cut', when: 'before-reading' });
      await expect(get(api, path)).rejects.toThrow();
      expect((await get(api, path)).status).toBe(200);
    }
  });
});
