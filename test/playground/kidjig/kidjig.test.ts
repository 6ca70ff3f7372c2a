import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { createShiftedClock, type ShiftedClock } from '../../../src/playground/clock.ts';
import { startKidjig, type Kidjig } from '../../../src/playground/kidjig/kidjig.ts';
import { picturesOf, poll, submit, toTheEnd } from './ask.ts';

let clock: ShiftedClock;
let kidjig: Kidjig;
beforeEach(async () => {
  clock = createShiftedClock();
  kidjig = await startKidjig({ clock, latencyMs: 0, pictures: 'small' });
});
afterEach(() => kidjig.close());

const prompt = 'a fox';

/** Submits, and asks for the state: twice before it is done, and once after. */
async function slowly(body: object): Promise<{ id: string; states: readonly unknown[] }> {
  const latencyMs = 3_600_000;
  kidjig.settings.latencyMs = latencyMs;
  const charged = kidjig.next('charge');
  await submit(kidjig, body);
  const id = kidjig.jobs.all.at(-1)?.id ?? '';
  const state = async (): Promise<unknown> => (await poll(kidjig, 'status', id)).json;
  const states = [await state(), await state()];
  clock.advance(latencyMs);
  await charged;
  return { id, states: [...states, await state()] };
}

describe('a job', () => {
  test('goes through its states to a result as fal describes it, and is charged', async () => {
    const { id, states } = await slowly({ prompt, num_images: 2, seed: 7 });
    expect(states).toEqual([
      { request_id: id, status: 'IN_QUEUE', queue_position: 0 },
      { request_id: id, status: 'IN_PROGRESS', queue_position: 0 },
      { request_id: id, status: 'COMPLETED' },
    ]);
    const result = await poll(kidjig, 'result', id);
    expect(result.status).toBe(200);
    expect(result.json).toMatchObject({ seed: 7, prompt, has_nsfw_concepts: [false, false] });
    const [picture] = picturesOf(result);
    const response = await fetch(picture?.url ?? '');
    expect(response.headers.get('content-type')).toBe('image/jpeg');
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.equals(await kidjig.pictureBytes(picture?.url ?? ''))).toBe(true);
    expect(kidjig.books.charges).toMatchObject([{ prompt, images: 2, cost: 2 }]);
  });

  test('answers 202 until it is done, unless told otherwise', async () => {
    kidjig.jobs.next({ kind: 'never' }, 2);
    const status = async (): Promise<number> => {
      await submit(kidjig, { prompt });
      return (await poll(kidjig, 'status', kidjig.jobs.all.at(-1)?.id ?? '')).status;
    };
    expect(await status()).toBe(202);
    kidjig.settings.acceptedStatus = false;
    expect(await status()).toBe(200);
  });

  test('is not known at its first polls, where the settings say so', async () => {
    kidjig.settings.firstPolls404 = 2;
    await submit(kidjig, { prompt });
    const { id = '' } = kidjig.jobs.all[0] ?? {};
    const statuses: number[] = [];
    for (let i = 0; i < 3; i += 1) statuses.push((await poll(kidjig, 'status', id)).status);
    expect(statuses.slice(0, 2)).toEqual([404, 404]);
    expect(statuses[2]).not.toBe(404);
  });

  test('counts its polls in the windows only where the settings say so', async () => {
    kidjig.settings.limits = [{ limit: 2, windowMs: 60_000 }];
    await submit(kidjig, { prompt });
    const { id = '' } = kidjig.jobs.all[0] ?? {};
    const status = async (): Promise<number> => (await poll(kidjig, 'status', id)).status;
    for (let i = 0; i < 3; i += 1) expect(await status()).not.toBe(429);
    kidjig.settings.pollsCount = true;
    expect(await status()).not.toBe(429);
    expect(await status()).toBe(429);
  });

  test('has its state asked for in vain where the settings have a failure of fal’s', async () => {
    await submit(kidjig, { prompt });
    const { id = '' } = kidjig.jobs.all[0] ?? {};
    kidjig.settings.statusError = { status: 503, type: 'runner_connection_refused' };
    kidjig.settings.errors = 'detail';
    const reply = await poll(kidjig, 'status', id);
    expect(reply).toMatchObject({
      status: 503,
      json: { error_type: 'runner_connection_refused' },
    });
    expect(reply.headers.get('x-fal-error-type')).toBe('runner_connection_refused');
  });

  test('that is not over has no result', async () => {
    kidjig.jobs.next({ kind: 'never' });
    await submit(kidjig, { prompt });
    expect(await poll(kidjig, 'result', kidjig.jobs.all[0]?.id ?? '')).toMatchObject({
      status: 400,
      json: { detail: 'Request is still in progress' },
    });
    expect(kidjig.books.totalCost).toBe(0);
  });

  test('of another model, or of no one, is not found', async () => {
    await submit(kidjig, { prompt });
    const { id = '' } = kidjig.jobs.all[0] ?? {};
    expect((await poll(kidjig, 'status', id, { model: 'recraft-v3' })).status).toBe(404);
    expect((await poll(kidjig, 'result', 'nobody')).status).toBe(404);
  });

  test.each([
    ['status', 'FAILED', 'runner_disconnected'],
    ['result', 'COMPLETED', 'startup_timeout'],
  ] as const)('that fails says so in its %s', async (saidBy, word, why) => {
    kidjig.jobs.next({ kind: 'failed', saidBy, why });
    const { states, result } = await toTheEnd(kidjig, { prompt });
    expect(states.at(-1)).toMatchObject({ status: word });
    expect(result).toMatchObject({ status: 500, json: { error: { code: why } } });
    expect(result.headers.get('x-fal-error-type')).toBe(why);
    expect(kidjig.books.totalCost).toBe(0);
  });

  test('is another picture each time, and the same one for the same seed', async () => {
    const bytes = async (body: object): Promise<string> => {
      const [picture] = picturesOf((await toTheEnd(kidjig, { prompt, ...body })).result);
      return (await kidjig.pictureBytes(picture?.url ?? '')).toString('base64');
    };
    const [a, b, c, d] = [
      await bytes({}),
      await bytes({}),
      await bytes({ seed: 5 }),
      await bytes({ seed: 5 }),
    ];
    expect(a).not.toBe(b);
    expect(c).toBe(d);
  });
});

describe('the forms of the answers', () => {
  test.each([
    ['fal', 'IN_QUEUE', 'COMPLETED'],
    ['bfl', 'Pending', 'Ready'],
    ['plain', 'queued', 'succeeded'],
    ['lower', 'pending', 'done'],
  ] as const)('have the words of %s', async (words, first, last) => {
    kidjig.settings.words = words;
    const { states } = await slowly({ prompt });
    expect(states[0]).toMatchObject({ status: first });
    expect(states.at(-1)).toMatchObject({ status: last });
  });

  test.each(['request_id', 'requestId', 'id'] as const)('call the id %s', async (name) => {
    kidjig.settings.requestIdName = name;
    expect((await submit(kidjig, { prompt })).json).toHaveProperty(name, kidjig.jobs.all[0]?.id);
  });

  test('stand within the envelope of Kidjig’s other endpoints, with the cost', async () => {
    Object.assign(kidjig.settings, { envelope: 'data', cost: 0.06 });
    const accepted = await submit(kidjig, { prompt });
    expect(accepted.json).toMatchObject({ success: true, data: { status: 'IN_QUEUE' } });
    const { result } = await toTheEnd(kidjig, { prompt });
    expect(result.json).toMatchObject({ success: true, data: { cost: 0.06, images: [{}] } });
  });

  test.each([
    ['images', 'images.0.url'],
    ['texts', 'images.0'],
    ['image', 'image.url'],
    ['output', 'output.0'],
    ['imageUrl', 'imageUrl'],
    ['imageUrls', 'imageUrls.0'],
    ['list', 'data.0.url'],
  ] as const)('name pictures as %s', async (images, path) => {
    Object.assign(kidjig.settings, { images, pictureForm: 'percent' });
    const { result } = await toTheEnd(kidjig, { prompt });
    expect(result.json).toHaveProperty(path, expect.stringMatching(/^data:image\/jpeg,%ff%d8/));
  });

  test('with sync_mode hold the pictures at once, charged', async () => {
    const reply = await submit(kidjig, { prompt, sync_mode: true, output_format: 'png' });
    expect(picturesOf(reply)[0]?.url).toMatch(/^data:image\/png;base64,iVBOR/);
    expect(kidjig.jobs.all).toEqual([]);
    expect(kidjig.books.totalCost).toBe(1);
  });
});

describe('what is refused', () => {
  test.each([401, 400])('is a wrong key at each step, with the status %i', async (keyStatus) => {
    kidjig.settings.keyStatus = keyStatus;
    const wrong = { key: 'another' };
    for (const reply of [
      await submit(kidjig, { prompt }, wrong),
      await poll(kidjig, 'status', 'a', wrong),
      await poll(kidjig, 'result', 'a', wrong),
    ]) {
      expect(reply).toMatchObject({
        status: keyStatus,
        json: { error: { code: 'invalid_api_key', message: 'Invalid API key provided' } },
      });
    }
  });

  test('is another method, another path, another model', async () => {
    expect((await submit(kidjig, '', { method: 'GET' })).status).toBe(405);
    expect((await poll(kidjig, 'status', 'a', { method: 'DELETE' })).status).toBe(405);
    expect((await submit(kidjig, { prompt }, { model: 'nobody' })).status).toBe(404);
    const elsewhere = await fetch(`${kidjig.apiUrl}/api/v1/image/upscale/a`);
    expect(elsewhere.status).toBe(404);
    kidjig.settings.strict = false;
    expect((await submit(kidjig, { prompt }, { model: 'nobody' })).status).toBe(200);
  });

  test('is what comes too early', async () => {
    kidjig.settings.limits = [{ limit: 1, windowMs: 60_000 }];
    expect((await submit(kidjig, { prompt })).status).toBe(200);
    expect(await submit(kidjig, { prompt })).toMatchObject({
      status: 429,
      json: { error: { code: 'rate_limit_exceeded' } },
    });
    expect((await poll(kidjig, 'status', kidjig.jobs.all[0]?.id ?? '')).status).toBeLessThan(300);
  });

  test.each([
    ['no JSON', '{', 400],
    ['a list', [], 422],
    ['no prompt', {}, 422],
    ['an empty prompt', { prompt: ' ' }, 422],
    ['a prompt that is a number', { prompt: 7 }, 422],
  ])('is %s', async (_, body, status) => {
    expect((await submit(kidjig, body)).status).toBe(status);
    expect(kidjig.jobs.all).toEqual([]);
  });

  test.each([
    ['flux-pro-v1.1-ultra', { steps: 28 }],
    ['flux-pro-v1.1-ultra', { num_images: 5 }],
    ['flux-pro-v1.1-ultra', { safety_tolerance: 2 }],
    ['flux-pro-v1.1-ultra', { output_format: 'webp' }],
    ['flux-pro-v1.1-ultra', { quality: 'sd' }],
    ['flux-pro-v1.1-ultra', { aspect_ratio: 'wide' }],
    ['flux-pro-v1.1-ultra', { image_url: 'mine.png' }],
    ['flux-pro-v1.1-ultra', { sync_mode: 'true' }],
    ['flux-dev', { image_size: 'large' }],
    ['flux-dev', { guidance_scale: '3' }],
    ['ideogram-v2', { aspect_ratio: '21:9' }],
    ['ideogram-v2', { style: 'Anime' }],
    ['recraft-v3', { colors: [{ rgb: [1, 2, 3] }] }],
    ['recraft-v3', { colors: [{ r: 1, g: 2, b: 256 }] }],
    ['recraft-v3', { style_id: 'mine' }],
    ['recraft-v3', { style: 'any', style_id: '6f9619ff-8b86-d011-b42d-00cf4fc964ff' }],
    ['recraft-v3', { constructor: 1 }],
  ])('is what %s does not take: %j', async (model, parameters) => {
    const [name = ''] = Object.keys(parameters).slice(-1);
    const reply = await submit(kidjig, { prompt, ...parameters }, { model });
    expect(reply).toMatchObject({ status: 422, json: { error: { code: 'invalid_request' } } });
    expect(JSON.stringify(reply.json)).toContain(name);
    kidjig.settings.strict = false;
    expect((await submit(kidjig, { prompt, ...parameters }, { model })).status).toBe(200);
  });

  test('is a parameter in the wrong place, in fal’s form', async () => {
    Object.assign(kidjig.settings, { wrapper: 'config', errors: 'detail' });
    expect(await submit(kidjig, { prompt, seed: 1 })).toMatchObject({
      status: 422,
      json: { detail: [{ loc: ['body', 'seed'], type: 'extra_forbidden' }] },
    });
    expect((await submit(kidjig, { prompt, config: { seed: 1 } })).status).toBe(200);
  });

  test.each(['submit', 'status', 'result'] as const)(
    'is forbidden content, at the %s, and it costs nothing',
    async (refusesAt) => {
      kidjig.settings.refusesAt = refusesAt;
      const body = { prompt: 'a forbidden fox' };
      const code = 'content_policy_violation';
      if (refusesAt === 'submit') {
        expect(await submit(kidjig, body)).toMatchObject({
          status: 422,
          json: { error: { code } },
        });
      } else {
        const { states, result } = await toTheEnd(kidjig, body);
        expect(states.at(-1)).toMatchObject(
          refusesAt === 'status' ? { status: 'FAILED', error: { code } } : { status: 'COMPLETED' },
        );
        expect(result).toMatchObject({ status: 422, json: { error: { code } } });
      }
      expect((await submit(kidjig, { ...body, sync_mode: true })).status).toBe(422);
      expect(kidjig.books.totalCost).toBe(0);
    },
  );

  test('is what there are no credits for', async () => {
    await kidjig.close();
    kidjig = await startKidjig({ clock: systemClock, credits: 1, latencyMs: 0, pictures: 'small' });
    expect((await submit(kidjig, { prompt, num_images: 2 })).status).toBe(402);
    await toTheEnd(kidjig, { prompt });
    expect((await submit(kidjig, { prompt })).status).toBe(402);
  });
});

describe('faults', () => {
  test('of the submit come before or after the job is made', async () => {
    kidjig.faults.next({ kind: 'status', status: 503 });
    expect((await submit(kidjig, { prompt })).status).toBe(503);
    expect(kidjig.jobs.all).toEqual([]);
    kidjig.faults.next({ kind: 'status', status: 503, charged: true });
    expect((await submit(kidjig, { prompt })).status).toBe(503);
    expect(kidjig.books.totalCost).toBe(1);
    kidjig.faults.next({ kind: 'cut', when: 'after-charging' });
    await expect(submit(kidjig, { prompt })).rejects.toThrow();
    expect(kidjig.books.totalCost).toBe(2);
    kidjig.faults.next({ kind: 'field', path: 'request_id', value: 7 });
    expect((await submit(kidjig, { prompt })).json).toMatchObject({ request_id: 7 });
  });

  test('of the submit that concern pictures hit those of the job', async () => {
    kidjig.faults.next([
      { kind: 'makes', images: 3 },
      { kind: 'black', indexes: [1] },
      { kind: 'address', index: 2, url: 'http://169.254.169.254/' },
    ]);
    const { result } = await toTheEnd(kidjig, { prompt });
    expect(picturesOf(result)).toHaveLength(3);
    expect(picturesOf(result)[2]?.url).toBe('http://169.254.169.254/');
    expect(result.json).toMatchObject({ has_nsfw_concepts: [false, true, false] });
    expect(kidjig.books.charges).toMatchObject([{ images: 3, blackImages: 1, cost: 3 }]);
  });

  test.each(['status', 'result'] as const)('of the %s hit that step alone', async (operation) => {
    const { result } = await toTheEnd(kidjig, { prompt });
    const { id = '' } = kidjig.jobs.all[0] ?? {};
    const ask = (): ReturnType<typeof poll> => poll(kidjig, operation, id);
    kidjig.faults.nextAt(operation, { kind: 'status', status: 502 });
    expect((await ask()).status).toBe(502);
    kidjig.faults.nextAt(operation, { kind: 'cut', when: 'before-charging' });
    await expect(ask()).rejects.toThrow();
    kidjig.faults.nextAt(operation, { kind: 'garbage', body: 'not-json' });
    expect((await ask()).json).toBeUndefined();
    kidjig.faults.nextAt(operation, { kind: 'slow', ms: 5 });
    expect((await ask()).status).toBe(200);
    expect(picturesOf(result)).toHaveLength(1);
  });

  test('end with the stand-in, the jobs under way too', async () => {
    kidjig.settings.latencyMs = 3_600_000;
    await submit(kidjig, { prompt });
    await kidjig.close();
    expect(kidjig.books.totalCost).toBe(0);
  });
});

test.each([
  [{ aspect_ratio: '16:9' }, 64, 36],
  [{ aspect_ratio: '9:21' }, 27, 64],
  [{ quality: 'hd' }, 64, 36],
  [{}, 64, 64],
])('pictures have the shape that was asked for: %j', async (parameters, width, height) => {
  const { result } = await toTheEnd(kidjig, { prompt, ...parameters });
  expect(picturesOf(result)).toMatchObject([{ width, height }]);
});
