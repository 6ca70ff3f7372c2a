import { existsSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import type { ImageRequest } from '../../src/domain/request.ts';
import { failureOf, prompt, request, setStage, type Stage } from './stablecog-stage.ts';

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});

afterEach(async () => {
  await stage.close();
});

async function restage(options: Parameters<typeof setStage>[0]): Promise<void> {
  await stage.close();
  stage = await setStage(options);
}

function generate(changes: Partial<ImageRequest> = {}): ReturnType<Stage['provider']['generate']> {
  return stage.provider.generate({ ...request, ...changes }, stage.call());
}

const flux = '0a99668b-45bd-4f7e-aa9c-f9aaa41ef13b';
const sdxl = '8002bc51-7260-468f-8840-cf1e6dbe3f8a';

describe('a request', () => {
  test('carries the token, the model’s id and size, the number of pictures and the seed', async () => {
    await generate();
    expect(stage.sent()).toEqual({
      prompt,
      model_id: flux,
      width: 1024,
      height: 1024,
      num_outputs: 2,
      seed: 4711,
    });
    expect(stage.api.requests.map(({ method, path, status }) => [method, path, status])).toEqual([
      ['POST', '/v1/image/generation/create', 200],
    ]);
  });

  test('goes to the deprecated paths where the operator says so', async () => {
    await restage({ provider: { oldPaths: true } });
    await stage.provider.refresh?.(new AbortController().signal);
    await generate();
    expect(stage.api.requests.map(({ path }) => path).sort()).toEqual([
      '/v1/credits',
      '/v1/image/defaults/generate',
      '/v1/image/generate',
      '/v1/image/models/generate',
    ]);
  });

  test('carries guidance, what is not to be shown and the scheduler’s id', async () => {
    await stage.provider.refresh?.(new AbortController().signal);
    await generate({
      model: 'stablecog/sdxl',
      guidance: 8.5,
      negative: 'people',
      scheduler: 'dpm++_2m',
      style: { kind: 'guild', name: 'Ink', text: 'ink, {prompt}', negative: 'colour' },
    });
    expect(stage.sent()).toMatchObject({
      prompt: `ink, ${prompt}`,
      model_id: sdxl,
      guidance_scale: 8.5,
      negative_prompt: 'people, colour',
      scheduler_id: '9d175114-9a26-4371-861c-729ba9ecb4da',
    });
  });

  test('has a seed of its own where it names none, so that it can be found again', async () => {
    const { seed: _, ...without } = request;
    await stage.provider.generate(without, stage.call());
    expect(stage.sent()['seed']).toSatisfy(
      (seed) => Number.isInteger(seed) && Number(seed) >= 0 && Number(seed) <= 2 ** 31 - 2,
    );
  });

  test.each([
    ['stablecog/flux.1', '16:9', 1280, 720],
    ['stablecog/sdxl', '9:16', 720, 1280],
    ['stablecog/kandinsky-2.2', '3:2', 1248, 832],
    ['stablecog/stable-diffusion-3', '2:3', 832, 1248],
    ['stablecog/ssd-1b', '4:5', 896, 1120],
    ['stablecog/sdxl', '12:5', 1536, 640],
    ['stablecog/luna', '1:1', 768, 768],
    ['stablecog/luna', '16:9', 1024, 576],
    ['stablecog/22h', '2:3', 512, 768],
    ['stablecog/waifu', '12:5', 768, 320],
  ] as const)('for %s at %s asks for %d × %d', async (model, aspect, width, height) => {
    const result = await generate({ model, aspect });
    expect(stage.sent()).toMatchObject({ width, height });
    expect(result.used).toMatchObject({ width, height });
  });

  test('every size of every model is one that the API takes, with the most steps', async () => {
    await stage.provider.refresh?.(new AbortController().signal);
    for (const { key, takes } of stage.provider.models()) {
      for (const aspect of [undefined, ...(takes.aspects ?? [])]) {
        await generate({
          model: key,
          images: 1,
          ...(aspect === undefined ? {} : { aspect }),
          steps: takes.steps?.max ?? 0,
          given: ['steps'],
        });
        const { width, height } = stage.sent();
        expect([Number(width) % 8, Number(height) % 8], `${key} ${aspect}`).toEqual([0, 0]);
      }
    }
  });

  test('starts from a picture, with how far it may depart from it', async () => {
    const source = await generate({ images: 1 });
    const [picture] = source.pictures;
    const url = picture?.kind === 'address' ? picture.url : '';
    await generate({
      model: 'stablecog/sdxl',
      image: { url, contentType: 'image/jpeg', sizeBytes: 1000 },
      strength: 0.3,
    });
    expect(stage.sent()).toMatchObject({ init_image_url: url, prompt_strength: 0.3 });
  });

  test('has no picture to start from at FLUX.1, which takes none', async () => {
    const image = { url: 'https://cdn.example/a.png', contentType: 'image/png', sizeBytes: 1 };
    const error = await failureOf(generate({ image }));
    expect(error).toMatchObject({ kind: 'invalid', outcome: 'nothing-made' });
    expect(stage.api.requests).toEqual([]);
  });
});

const spec = new URL('../../../shared/specs/stablecog.openapi.yaml', import.meta.url);

describe.skipIf(!existsSync(spec))(
  'against Stablecog’s own contract (skipped where ../shared/specs/stablecog.openapi.yaml is absent)',
  () => {
    test('a request has no field that the contract does not know, each of its type', async () => {
      await stage.provider.refresh?.(new AbortController().signal);
      const { pictures } = await generate({ images: 1 });
      const url = pictures[0]?.kind === 'address' ? pictures[0].url : '';
      await generate({
        model: 'stablecog/sdxl',
        guidance: 7.5,
        negative: 'people',
        scheduler: 'DDIM',
        steps: 20,
        aspect: '3:2',
        image: { url, contentType: 'image/jpeg', sizeBytes: 1000 },
        strength: 0.4,
        given: ['steps'],
      });
      const properties = z.record(z.string(), z.object({ type: z.string() }));
      const input = z.object({ properties });
      const contract = z
        .object({ components: z.object({ schemas: z.object({ GenerationCreateInput: input }) }) })
        .parse(parse(readFileSync(spec, 'utf8')));
      const known = contract.components.schemas.GenerationCreateInput.properties;
      const sent = Object.entries(stage.sent());
      expect(sent).toHaveLength(12);
      for (const [name, value] of sent) {
        // The contract misspells it; the server and the prose do not.
        const type = known[name === 'prompt_strength' ? 'prompt_strengtht' : name]?.type;
        const fits = type === 'integer' ? Number.isInteger(value) : typeof value === type;
        expect([name, fits]).toEqual([name, true]);
      }
    });
  },
);

describe('the traps of the API', () => {
  test('a prompt over 500 characters, which it would cut silently, is refused and not sent', async () => {
    const error = await failureOf(generate({ prompt: '🐕'.repeat(501) }));
    expect(error).toMatchObject({ kind: 'invalid', outcome: 'nothing-made' });
    expect(error.detail).toContain('500 characters');
    const negative = await failureOf(generate({ negative: 'x'.repeat(501) }));
    expect(negative).toMatchObject({ kind: 'invalid', outcome: 'nothing-made' });
    expect(stage.api.requests).toEqual([]);
  });

  test('a prompt of 500 characters comes whole, also where it is of 2000 bytes', async () => {
    await generate({ prompt: '🐕'.repeat(500) });
    expect(stage.api.generations[0]?.order.prompt).toBe('🐕'.repeat(500));
  });

  test('white space, which it would collapse, is sent collapsed and does not count', async () => {
    await generate({ prompt: `${'word \u0085\n\t '.repeat(99)}end` });
    expect(stage.sent()['prompt']).toBe(`${'word '.repeat(99)}end`.trim());
  });

  test('an id that is not in its list, at which it would drop the connection, is never sent', async () => {
    const error = await failureOf(generate({ model: 'stablecog/kandinsky' }));
    expect(error).toMatchObject({ kind: 'invalid', outcome: 'nothing-made' });
    expect(stage.api.requests).toEqual([]);
  });

  test('an id that left its list meanwhile comes with a size, so that it answers', async () => {
    stage.api.settings.models = stage.api.settings.models.filter(({ id }) => id !== sdxl);
    const error = await failureOf(generate({ model: 'stablecog/sdxl' }));
    expect(error).toMatchObject({ kind: 'invalid', outcome: 'nothing-made', status: 400 });
    expect(error.detail).toBe('Stablecog no longer offers this model or scheduler');
  });

  test('a scheduler that does not go with the model, which it replaces silently, is told', async () => {
    await stage.provider.refresh?.(new AbortController().signal);
    stage.api.settings.models = stage.api.settings.models.map((model) =>
      model.id === sdxl ? { ...model, schedulers: model.schedulers.slice(0, 1) } : model,
    );
    const result = await generate({ model: 'stablecog/sdxl', scheduler: 'DDIM' });
    expect(stage.sent()['scheduler_id']).toBe('82cf78dd-6afb-48cc-aca6-14224cca6950');
    expect(result.warnings).toEqual(['scheduler-replaced']);
    expect(result.used.scheduler).toBe('K_EULER_ANCESTRAL');
  });

  test('a scheduler that the list does not have is left out, and that is told', async () => {
    const result = await generate({ scheduler: 'DDIM' });
    expect(stage.sent()).not.toHaveProperty('scheduler_id');
    expect(result.warnings).toEqual(['scheduler-replaced']);
  });

  test('steps, which it ignores, go only where a member gave them, and that is told', async () => {
    const given = await generate({ steps: 12, given: ['steps'] });
    expect(stage.sent()['inference_steps']).toBe(12);
    expect(given).toMatchObject({ warnings: ['steps-ignored'], used: { steps: 30 } });
    const byStyle = await generate({ steps: 12 });
    expect(stage.sent()).not.toHaveProperty('inference_steps');
    expect(byStyle.warnings).toEqual([]);
  });

  test('a free account makes everything public, any other does not', async () => {
    expect(stage.provider.models().every((model) => model.public)).toBe(true);
    await restage({ provider: { plan: 'starter' }, api: { plan: 'starter' } });
    expect(stage.provider.models().some((model) => model.public)).toBe(false);
    await stage.provider.refresh?.(new AbortController().signal);
    expect(stage.provider.models().some((model) => model.public)).toBe(false);
    await generate();
    expect(stage.api.generations[0]?.public).toBe(false);
  });

  test.each([
    ['free', 1],
    ['starter', 2],
    ['pro', 3],
    ['ultimate', 4],
  ] as const)('on the plan %s at most %d requests are under way', async (plan, concurrent) => {
    await restage({ provider: { plan } });
    expect(stage.provider.pace).toEqual({ windows: [{ limit: 5, windowMs: 1000 }], concurrent });
  });

  test('fewer pictures than asked for are handed over at what they really cost', async () => {
    stage.api.settings.droppedImages = 1;
    const result = await generate({ images: 4 });
    expect(result.pictures).toHaveLength(3);
    expect(result.providerCost).toBe(4);
    expect(stage.api.books.totalCost).toBe(4);
  });

  test('an answer without a picture is paid for and never posted again', async () => {
    stage.api.settings.droppedImages = 2;
    const error = await failureOf(generate());
    expect(error).toMatchObject({ kind: 'protocol', outcome: 'made' });
    expect(stage.api.postedTwice()).toEqual([]);
  });

  test('credits that ran out come as a 400', async () => {
    stage.api.books.creditsLeft = 1;
    expect(await failureOf(generate())).toMatchObject({
      kind: 'no-credits',
      outcome: 'nothing-made',
      status: 400,
    });
  });
});

describe('an answer', () => {
  test('becomes addresses without an end, what was used, what it cost and what is left', async () => {
    await stage.provider.refresh?.(new AbortController().signal);
    const result = await generate({ guidance: 6.5 });
    expect(result).toEqual({
      pictures: stage.api.generations[0]?.outputs.map(({ url }) => ({
        kind: 'address',
        url,
        expiresAt: null,
      })),
      providerCost: 2,
      used: {
        seed: 4711,
        guidance: 6.5,
        steps: 30,
        scheduler: 'K_EULER',
        width: 1024,
        height: 1024,
      },
      requestId: undefined,
      warnings: [],
    });
    expect(result.pictures).toHaveLength(2);
    expect(stage.provider.balance?.()?.credits).toBe(98);
  });

  test('is read from the copy of the address where the address itself is missing', async () => {
    stage.api.faults.next([
      { kind: 'field', path: 'outputs.0.url' },
      { kind: 'field', path: 'outputs.1.url', value: 7 },
    ]);
    expect((await generate()).pictures).toHaveLength(2);
  });

  test('of another size than was asked for is told', async () => {
    stage.api.faults.next({ kind: 'field', path: 'settings.width', value: 512 });
    const result = await generate({ aspect: '16:9' });
    expect(result.warnings).toEqual(['size-changed']);
    expect(result.used).toMatchObject({ width: 512, height: 720 });
  });

  test.each([
    'settings',
    'remaining_credits',
    'settings.seed',
    'settings.num_outputs',
    'outputs.0.id',
  ])('is good also where %s is of another type or missing', async (path) => {
    for (const value of ['many', null, -1, [], undefined]) {
      stage.api.faults.next({ kind: 'field', path, ...(value === undefined ? {} : { value }) });
      const result = await generate();
      expect(result.pictures, `${path} ${JSON.stringify(value)}`).toHaveLength(2);
      expect(result.providerCost).toBe(2);
    }
  });

  test('tells the pace: twice the limit, what is left of it and when it ends', async () => {
    await restage({ api: { windows: 'sliding' } });
    await generate();
    expect(stage.readings).toMatchObject([{ limit: 10, remaining: 9, windows: [] }]);
  });
});

describe('a refusal', () => {
  test.each([
    ['insufficient_credits', 400, 'no-credits', undefined],
    ['nsfw_prompt', 400, 'refused', undefined],
    ['queue_limit_reached', 400, 'busy', undefined],
    ['json_parse_error', 400, 'invalid', 'Stablecog cannot read the request'],
    ['invalid_model_or_scheduler', 400, 'invalid', 'Stablecog no longer offers this'],
    ['image_url_width_height_error', 400, 'invalid', 'JPEG, PNG and WebP of up to 5 MB'],
    ['Width is too small, min is: 256', 400, 'invalid', 'Width is too small, min is: 256'],
    ['some_new_code', 400, 'invalid', undefined],
    ['Unauthorized', 401, 'unauthorized', undefined],
    ['init_image_not_owned', 401, 'invalid', 'JPEG, PNG and WebP of up to 5 MB'],
    ['user_banned', 403, 'forbidden', undefined],
    ['', 404, 'protocol', undefined],
    ['', 405, 'protocol', undefined],
    ['', 428, 'unavailable', undefined],
    ['', 429, 'busy', undefined],
    ['TIMEOUT', 500, 'timeout', undefined],
  ] as const)(
    'by %s (%d) is of the kind %s, and nothing was made',
    async (message, status, kind, detail) => {
      stage.api.faults.next({ kind: 'status', status, message });
      const error = await failureOf(generate());
      expect(error).toMatchObject({ kind, outcome: 'nothing-made', status });
      if (detail === undefined) expect(error.detail).toBeUndefined();
      else expect(error.detail).toContain(detail);
      expect(stage.asked('outputs')).toBe(0);
    },
  );

  test.each(['An unknown error has occured', 'unknown_error', 'CUDA out of memory'])(
    'by a 500 that says %j leaves open what was made, and its words are kept from everybody',
    async (message) => {
      stage.api.faults.next({ kind: 'status', status: 500, message });
      const error = await failureOf(generate());
      expect(error).toMatchObject({ kind: 'unavailable', outcome: 'unknown', status: 500 });
      expect(`${error.message} ${error.detail}`).not.toContain(message);
    },
  );

  test('of the words, by the moderation, names no reason and costs nothing', async () => {
    const error = await failureOf(generate({ prompt: 'something forbidden' }));
    expect(error).toMatchObject({ kind: 'refused', outcome: 'nothing-made', detail: undefined });
    expect(stage.api.books.totalCost).toBe(0);
  });

  test('as a 404 says in the log which settings name the path', async () => {
    stage.api.faults.next({ kind: 'status', status: 404 });
    expect((await failureOf(generate())).message).toContain('STABLECOG_OLD_PATHS');
  });

  test('as a plain-text 429 tells how long to wait', async () => {
    stage.api.faults.next({ kind: 'status', status: 429, headers: { 'Retry-After': '1' } });
    expect(await failureOf(generate())).toMatchObject({ kind: 'busy', outcome: 'nothing-made' });
    expect(stage.readings).toMatchObject([{ retryAfterMs: 1000 }]);
  });

  test('never shows the key, whatever the API says', async () => {
    const message = `bad token ${stage.api.key} here`;
    stage.api.faults.next({ kind: 'status', status: 400, message });
    expect((await failureOf(generate())).detail).toBe('bad token … here');
  });
});

describe('the key', () => {
  test('is checked by what is left, which needs it and costs nothing', async () => {
    await stage.provider.check(new AbortController().signal);
    expect(stage.asked('/v1/credits')).toBe(1);
    expect(stage.provider.balance?.()?.credits).toBe(100);
  });

  test('is told to be wrong where it is', async () => {
    await restage({ provider: { apiKey: `sc-${'0'.repeat(64)}` } });
    const error = await failureOf(stage.provider.check(new AbortController().signal));
    expect(error.kind).toBe('unauthorized');
    expect(await failureOf(generate())).toMatchObject({
      kind: 'unauthorized',
      outcome: 'nothing-made',
    });
    expect(stage.provider.keySetting).toBe('STABLECOG_API_KEY');
  });
});
