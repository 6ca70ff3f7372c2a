import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import type { ProvidedPicture } from '../../src/domain/provider.ts';
import { kidjigModels } from '../../src/kidjig-models.ts';
import { startKidjig, type Kidjig } from '../../src/playground/kidjig/kidjig.ts';
import { apiKey, createStage, failureOf, prompt, settingOf, type Stage } from './kidjig-stage.ts';

const example = kidjigModels.parse(
  readFileSync(new URL('../../docs/kidjig-models.json', import.meta.url), 'utf8'),
);

let kidjig: Kidjig;
let stage: Stage;

async function start(options: Parameters<typeof createStage>[0] | object = {}): Promise<void> {
  await stage?.provider.close();
  stage = createStage({ apiUrl: kidjig.apiUrl, ...options });
}

beforeEach(async () => {
  kidjig = await startKidjig({
    clock: systemClock,
    key: apiKey,
    latencyMs: 0,
    pictures: 'small',
  });
  await start();
});

afterEach(async () => {
  await stage.provider.close();
  await kidjig.close();
});

/** The bodies that were submitted. */
function bodies(): unknown[] {
  return kidjig.requests
    .filter(({ method }) => method === 'POST')
    .map(({ body }): unknown => JSON.parse(body ?? ''));
}

async function bytesOf(picture: ProvidedPicture | undefined): Promise<Buffer> {
  if (picture?.kind === 'bytes') return Buffer.from(picture.bytes);
  const response = await fetch(picture?.url ?? '');
  return Buffer.from(await response.arrayBuffer());
}

describe('a request', () => {
  test('is submitted, followed and fetched, with the key in its header and the model in the path', async () => {
    await stage.generate();
    expect(bodies()).toEqual([{ prompt }]);
    const id = kidjig.jobs.all[0]?.id;
    const paths = kidjig.requests.map(({ method, path }) => `${method} ${path}`);
    expect(paths[0]).toBe('POST /provider/api/v1/image/generate/flux-pro-v1.1-ultra');
    expect(paths[1]).toBe(`GET /provider/api/v1/image/status/flux-pro-v1.1-ultra/${id}`);
    expect(paths.at(-1)).toBe(`GET /provider/api/v1/image/result/flux-pro-v1.1-ultra/${id}`);
    expect(new Set(paths).size).toBe(3);
  });

  test('records the job before it asks how it is doing', async () => {
    const written = Promise.withResolvers<void>();
    const recording = Promise.withResolvers<void>();
    const result = stage.provider.generate(
      { model: '', prompt, images: 1, given: [] },
      {
        ...stage.call,
        record(jobRef) {
          expect(JSON.parse(jobRef)).toMatchObject({
            model: 'flux-pro-v1.1-ultra',
            id: kidjig.jobs.all[0]?.id,
          });
          recording.resolve();
          return written.promise;
        },
      },
    );
    await recording.promise;
    // More than long enough for a question that did not wait.
    for (let i = 0; i < 3; i += 1) await fetch(`${kidjig.apiUrl}/nothing`);
    expect(kidjig.requests.filter(({ path }) => path.includes('/status/'))).toEqual([]);
    written.resolve();
    expect((await result).pictures).toHaveLength(1);
  });

  test('goes on where the job could not be written down, since it is paid for', async () => {
    const call = { ...stage.call, record: () => Promise.reject(new Error('disk full')) };
    const result = await stage.provider.generate({ model: '', prompt, images: 1, given: [] }, call);
    expect(result.pictures).toHaveLength(1);
  });

  test('sends every option that is switched on under its name, beside the prompt', async () => {
    await start({ setting: example });
    const models = stage.provider.models();
    expect(models.map(({ key }) => key)).toEqual([
      'kidjig/flux-pro-v1.1-ultra',
      'kidjig/flux-pro-v1.1-ultra-hd',
      'kidjig/flux-dev',
      'kidjig/ideogram-v2',
      'kidjig/recraft-v3',
      'kidjig/recraft-v3-house-colours',
      'kidjig/recraft-v3-house-style',
    ]);
    await stage.generate({
      model: 'kidjig/flux-pro-v1.1-ultra',
      images: 2,
      aspect: '21:9',
      seed: 7,
      image: { url: 'https://cdn.example/a.png', contentType: 'image/png', sizeBytes: 9 },
      strength: 0.5,
    });
    await stage.generate({ model: 'kidjig/flux-pro-v1.1-ultra-hd', seed: 7 });
    await stage.generate({
      model: 'kidjig/ideogram-v2',
      aspect: '10:16',
      seed: 8,
      style: { kind: 'model', name: 'anime' },
      negative: 'rain',
    });
    await stage.generate({ model: 'kidjig/recraft-v3', aspect: '3:2' });
    await stage.generate({ model: 'kidjig/recraft-v3-house-colours' });
    await stage.generate({ model: 'kidjig/recraft-v3-house-style' });
    await stage.generate({ model: 'kidjig/flux-dev', aspect: '4:3', steps: 28 });
    expect(bodies()).toEqual([
      {
        prompt,
        num_images: 2,
        aspect_ratio: '21:9',
        seed: 7,
        image_url: 'https://cdn.example/a.png',
        image_prompt_strength: 0.5,
        safety_tolerance: '2',
        output_format: 'png',
        sync_mode: false,
      },
      { prompt, seed: 7, safety_tolerance: '2', output_format: 'jpeg', quality: 'hd' },
      {
        prompt,
        aspect_ratio: '10:16',
        seed: 8,
        style: 'anime',
        negative_prompt: 'rain',
        expand_prompt: true,
      },
      { prompt, image_size: { width: 1536, height: 1024 }, enable_safety_checker: true },
      {
        prompt,
        image_size: 'square_hd',
        colors: [
          { r: 22, g: 66, b: 91 },
          { r: 240, g: 178, b: 50 },
        ],
        enable_safety_checker: true,
      },
      {
        prompt,
        image_size: 'square_hd',
        style_id: '01234567-89ab-4cde-8f01-23456789abcd',
        enable_safety_checker: true,
      },
      {
        prompt,
        image_size: 'landscape_4_3',
        num_images: 1,
        num_inference_steps: 28,
        guidance_scale: 3.5,
        enable_safety_checker: true,
      },
    ]);
    expect(kidjig.requests.at(-1)?.path).toContain('/flux-dev/');
  });

  test('sends nothing that is not switched on, whatever is asked', async () => {
    await stage.generate({
      images: 4,
      aspect: '16:9',
      seed: 1,
      steps: 20,
      guidance: 3,
      negative: 'rain',
      strength: 0.5,
      image: { url: 'https://cdn.example/a.png', contentType: 'image/png', sizeBytes: 9 },
      style: { kind: 'model', name: 'anime' },
    });
    expect(bodies()).toEqual([{ prompt }]);
  });

  test('puts the options into a wrapper where the setting says so', async () => {
    kidjig.settings.wrapper = 'config';
    const options = {
      steps: { name: 'num_inference_steps', min: 1, max: 50 },
      guidance: { name: 'guidance_scale', min: 1, max: 20, default: 3.5 },
      'safety-checker': { name: 'enable_safety_checker', value: false },
    };
    const setting = settingOf({ 'flux-dev': { title: 'FLUX', body: 'config', options } });
    await start({ setting });
    await stage.generate({ steps: 28 });
    expect(bodies()).toEqual([
      {
        prompt,
        config: { num_inference_steps: 28, guidance_scale: 3.5, enable_safety_checker: false },
      },
    ]);
    expect(stage.provider.models()[0]).toMatchObject({ unfiltered: true });
  });

  test('puts the words of a guild’s style around the prompt, and says what it leaves out', async () => {
    const style = { kind: 'guild', name: 'ink', text: 'ink, {prompt}', negative: 'red' } as const;
    const result = await stage.generate({ style });
    expect(bodies()).toEqual([{ prompt: `ink, ${prompt}` }]);
    expect(result.warnings).toEqual(['style-negative-left-out']);
    await start({ setting: example });
    const honoured = await stage.generate({ style, model: 'kidjig/ideogram-v2' });
    expect(bodies()[1]).toMatchObject({ negative_prompt: 'red' });
    expect(honoured.warnings).toEqual([]);
  });

  test('for a model that is not in the setting is never sent', async () => {
    const error = await failureOf(stage.generate({ model: 'kidjig/other' }));
    expect(error).toMatchObject({ kind: 'invalid', outcome: 'nothing-made' });
    expect(kidjig.requests).toEqual([]);
  });
});

describe('what it offers', () => {
  test('is the prompt and one picture where nothing is switched on', () => {
    expect(stage.provider.models()).toEqual([
      {
        key: 'kidjig/flux-pro-v1.1-ultra',
        provider: 'kidjig',
        title: 'Kidjig FLUX 1.1 Pro Ultra',
        takes: { promptLength: { min: 3, max: 1024 }, mostImages: 1 },
        public: false,
        unfiltered: false,
      },
    ]);
  });

  test('is what the setting switches on', async () => {
    await start({ setting: example });
    const [ultra, , flux, ideogram, recraft] = stage.provider.models();
    expect(ultra?.takes).toEqual({
      promptLength: { min: 3, max: 1024 },
      mostImages: 4,
      aspects: ['4:3', '3:4', '3:2', '2:3', '16:9', '9:16', '21:9', '9:21', '1:1'].toSorted(
        (a, b) => order.indexOf(a) - order.indexOf(b),
      ),
      seed: { min: 0, max: 2_147_483_647 },
      image: { types: ['image/png', 'image/jpeg', 'image/webp'], maxBytes: 10_485_760 },
      strength: { min: 0, max: 1, default: 0.1 },
    });
    expect(ideogram?.takes).toMatchObject({
      negativeLength: 1024,
      styles: ['auto', 'general', 'realistic', 'design', 'render_3D', 'anime'],
    });
    expect(flux?.takes).toMatchObject({
      guidance: { min: 1, max: 20, default: 3.5 },
      steps: { min: 1, max: 50 },
    });
    // Of 1000 bytes, four to each character at the most.
    expect(recraft?.takes.promptLength.max).toBe(250);
  });

  test('is asked for four at a time', () => {
    expect(stage.provider.pace).toEqual({ windows: [], concurrent: 4 });
  });

  const order = ['1:1', '4:3', '3:4', '3:2', '2:3', '16:9', '9:16', '21:9', '9:21'];

  test('is trusted at its own host only where that is not Kidjig’s', async () => {
    expect(stage.provider.trustedHosts).toEqual([new URL(kidjig.apiUrl).host]);
    await start({ apiUrl: 'https://api.kidjig.com/provider' });
    expect(stage.provider.trustedHosts).toEqual([]);
    expect(stage.provider).toMatchObject({
      name: 'kidjig',
      title: 'Kidjig',
      keySetting: 'KIDJIG_API_KEY',
    });
    expect(stage.provider.account).toMatch(/^kidjig:[\da-f]{8}$/);
  });
});

describe('the pictures', () => {
  test.each(['images', 'texts', 'image', 'output', 'imageUrl', 'imageUrls', 'list'] as const)(
    'are found as %s, flat and in the envelope, as addresses and as themselves',
    async (images) => {
      kidjig.settings.images = images;
      for (const envelope of ['flat', 'data'] as const) {
        kidjig.settings.envelope = envelope;
        for (const pictureForm of ['address', 'base64', 'percent'] as const) {
          kidjig.settings.pictureForm = pictureForm;
          const result = await stage.generate();
          expect(result.pictures).toHaveLength(1);
          expect(result.providerCost).toBe(1);
          const [picture] = result.pictures;
          expect(picture?.kind).toBe(pictureForm === 'address' ? 'address' : 'bytes');
          const requestId = kidjig.jobs.all.at(-1)?.requestId ?? '';
          const made = await kidjig.pictureBytes(requestId, 0);
          expect((await bytesOf(picture)).equals(made)).toBe(true);
        }
      }
    },
  );

  test.each([
    ['fal', 'flat', 'request_id'],
    ['bfl', 'flat', 'id'],
    ['plain', 'data', 'requestId'],
    ['lower', 'data', 'id'],
  ] as const)('come whatever the words: %s, %s, %s', async (words, envelope, requestIdName) => {
    Object.assign(kidjig.settings, { words, envelope, requestIdName, latencyMs: 30 });
    const result = await stage.generate();
    expect(result.pictures).toHaveLength(1);
    expect(result.requestId).toBe(kidjig.jobs.all[0]?.id);
  });

  test('come at once where sync_mode is on, and no job is recorded', async () => {
    const options = {
      sync_mode: { value: true },
      images: { name: 'num_images', max: 4 },
      seed: { name: 'seed', min: 0, max: 99 },
    };
    await start({ setting: settingOf({ 'flux-dev': { title: 'FLUX', options } }) });
    const result = await stage.generate({ images: 3, seed: 5 });
    expect(result.pictures.map(({ kind }) => kind)).toEqual(['bytes', 'bytes', 'bytes']);
    expect(result).toMatchObject({ providerCost: 3, used: { seed: 5, width: 64, height: 64 } });
    expect(kidjig.requests).toHaveLength(1);
    expect(stage.recorded).toEqual([]);
  });

  test('that are more than asked for are dropped, and counted', async () => {
    kidjig.faults.next({ kind: 'makes', images: 3 });
    const result = await stage.generate();
    expect(result.pictures).toHaveLength(1);
    expect(result.providerCost).toBe(3);
  });

  test('cost what the API says, in its own unit', async () => {
    Object.assign(kidjig.settings, { cost: 0.06, envelope: 'data' });
    expect((await stage.generate()).providerCost).toBe(0.06);
  });

  test('that the API flags are counted and handed over: its filter has blackened them itself', async () => {
    kidjig.faults.next({ kind: 'black', indexes: 'all' });
    expect(await stage.generate()).toMatchObject({ providerCost: 1, pictures: [{}] });
  });

  test('are told with the seed and the size of the answer, and with what the API was told', async () => {
    const result = await stage.generate();
    expect(result.used).toEqual({ seed: 1, width: 64, height: 64 });
    const options = {
      aspect: { name: 'aspect', values: ['1:1'] },
      quality: { value: 'hd' },
      steps: { name: 'steps', min: 1, max: 99 },
      guidance: { name: 'guidance', min: 1, max: 9, default: 3 },
    };
    kidjig.settings.strict = false;
    kidjig.settings.images = 'texts';
    await start({ setting: settingOf({ any: { title: 'Any', options } }) });
    const told = await stage.generate({ steps: 40 });
    expect(told.used).toEqual({ seed: 2, steps: 40, guidance: 3, width: 2752, height: 1536 });
    expect((await stage.generate({ aspect: '1:1' })).used).toEqual({ seed: 3, guidance: 3 });
  });
});

describe('the wait', () => {
  test('begins with half a second and grows to five', async () => {
    kidjig.jobs.next({ kind: 'never' });
    await failureOf(stage.generate());
    const pauses = stage.clock.pausesMs.map(Math.round);
    expect(pauses.slice(0, 8)).toEqual([500, 750, 1125, 1688, 2531, 3797, 5000, 5000]);
    expect(Math.max(...pauses)).toBe(5000);
  });

  test('ends after ten minutes: nobody can tell what became of it', async () => {
    kidjig.jobs.next({ kind: 'never' });
    const before = stage.clock.now();
    const error = await failureOf(stage.generate());
    expect(error).toMatchObject({
      kind: 'timeout',
      outcome: 'unknown',
      requestId: kidjig.jobs.all[0]?.id,
    });
    const passedMs = stage.clock.now() - before;
    expect(passedMs).toBeGreaterThanOrEqual(600_000);
    expect(passedMs).toBeLessThan(610_000);
    expect(bodies()).toHaveLength(1);
  });

  test('ends at once when it is broken off', async () => {
    kidjig.jobs.next({ kind: 'never' });
    const controller = new AbortController();
    const polled = kidjig.next('end', ({ path }) => path.includes('/status/'));
    const failing = failureOf(
      stage.provider.generate(
        { model: '', prompt, images: 1, given: [] },
        { ...stage.call, signal: controller.signal },
      ),
    );
    await polled;
    controller.abort();
    expect(await failing).toMatchObject({ kind: 'cancelled', outcome: 'unknown' });
  });

  test.each(['status', 'result'])(
    'outlives trouble with the %s: errors, cut answers, too many requests',
    async (operation) => {
      kidjig.faults.nextAt(operation, { kind: 'status', status: 500 }, 5);
      kidjig.faults.nextAt(operation, { kind: 'status', status: 429 }, 5);
      kidjig.faults.nextAt(operation, { kind: 'cut', when: 'before-charging' }, 5);
      kidjig.faults.nextAt(operation, { kind: 'cut-in-body', atByte: 10 }, 5);
      expect((await stage.generate()).pictures).toHaveLength(1);
      expect(bodies()).toHaveLength(1);
    },
  );

  test('is given up at its end only, however long there is nothing but trouble', async () => {
    kidjig.faults.nextAt('status', { kind: 'status', status: 503 }, 10_000);
    const before = stage.clock.now();
    const error = await failureOf(stage.generate());
    expect(error).toMatchObject({ kind: 'timeout', outcome: 'unknown', status: 503 });
    expect(error.message).toContain('Kidjig answered 503');
    expect(stage.clock.now() - before).toBeGreaterThanOrEqual(600_000);
  });

  test('outlives two minutes of it, and has its pictures', async () => {
    kidjig.faults.nextAt('status', { kind: 'status', status: 503 }, 80);
    const before = stage.clock.now();
    expect((await stage.generate()).pictures).toHaveLength(1);
    expect(stage.clock.now() - before).toBeGreaterThan(120_000);
  });

  test.each(['code', 'message'] as const)(
    'never ends as busy, which would be posted again (%s)',
    async (errors) => {
      kidjig.settings.errors = errors;
      await start({ timeoutMs: 60_000 });
      kidjig.faults.nextAt('status', { kind: 'status', status: 429 }, 10_000);
      expect(await failureOf(stage.generate())).toMatchObject({
        kind: 'timeout',
        outcome: 'unknown',
        status: 429,
      });
    },
  );

  test('goes on where its questions are too many for the account', async () => {
    const limits = [{ limit: 2, windowMs: 3_600_000 }];
    Object.assign(kidjig.settings, { pollsCount: true, limits });
    const tooMany = kidjig.next('end', ({ status }) => status === 429);
    const task = stage.generate();
    await tooMany;
    kidjig.settings.limits = [];
    expect((await task).pictures).toHaveLength(1);
  });

  test('takes three 404 in a row for a job that is not known everywhere yet', async () => {
    kidjig.settings.firstPolls404 = 3;
    expect((await stage.generate()).pictures).toHaveLength(1);
    kidjig.settings.firstPolls404 = 4;
    expect(await failureOf(stage.generate())).toMatchObject({
      kind: 'protocol',
      outcome: 'unknown',
      status: 404,
    });
    expect(kidjig.jobs.all.map(({ polls }) => polls)).toEqual([4, 4]);
  });

  test.each([
    [503, 'runner_connection_refused'],
    [504, 'startup_timeout'],
    [503, 'runner_scheduling_failure'],
    [500, 'content_policy_violation'],
  ])('never takes a %i %s to its question for the end of the job', async (status, type) => {
    for (const errors of ['code', 'detail'] as const) {
      Object.assign(kidjig.settings, { errors, statusError: { status, type } });
      const seen = kidjig.next('end', ({ status: said }) => said === status);
      const task = stage.generate();
      await seen;
      kidjig.settings.statusError = undefined;
      expect((await task).pictures).toHaveLength(1);
    }
  });

  test('of which every question fails for the same leaves open what was made', async () => {
    await start({ timeoutMs: 60_000 });
    kidjig.settings.statusError = { status: 503, type: 'runner_connection_refused' };
    expect(await failureOf(stage.generate())).toMatchObject({
      kind: 'timeout',
      outcome: 'unknown',
      status: 503,
    });
  });

  test.each([
    [401, 'unauthorized'],
    [402, 'no-credits'],
    [403, 'forbidden'],
    [410, 'protocol'],
    [418, 'invalid'],
  ])('ends at a status answered with %i: %s, and unknown', async (status, kind) => {
    kidjig.settings.errors = 'message';
    kidjig.faults.nextAt('status', { kind: 'status', status });
    expect(await failureOf(stage.generate())).toMatchObject({ kind, outcome: 'unknown', status });
  });

  test('does not take an answer that cannot be read for another', async () => {
    for (const operation of ['status', 'result']) {
      for (const body of ['not-json', 'wrong-shape', 'empty'] as const) {
        kidjig.faults.nextAt(operation, { kind: 'garbage', body }, operation === 'status' ? 4 : 1);
        const error = await failureOf(stage.generate());
        expect(error).toMatchObject({ kind: 'protocol', outcome: 'unknown', status: 200 });
        expect(error.message).toMatch(
          body === 'wrong-shape' ? /outcome: \{picture: number\}/ : /no JSON/,
        );
        expect(error.message).not.toContain('text of the member');
      }
    }
  });
});

describe('a job', () => {
  test.each([
    ['submit', 'status'],
    ['status', 'status'],
    ['result', 'status'],
    ['submit', 'detail'],
    ['status', 'detail'],
    ['result', 'detail'],
  ] as const)('whose content is refused at the %s is told so (%s)', async (refusesAt, form) => {
    Object.assign(kidjig.settings, { refusesAt, errors: form === 'detail' ? 'detail' : 'code' });
    const error = await failureOf(stage.generate({ prompt: 'a forbidden lighthouse' }));
    expect(error).toMatchObject({ kind: 'refused', outcome: 'nothing-made' });
    expect(kidjig.books.totalCost).toBe(0);
  });

  test('whose content is refused in a word of its own is told so', async () => {
    Object.assign(kidjig.settings, { words: 'bfl', refusesAt: 'status' });
    const error = await failureOf(stage.generate({ prompt: 'a forbidden lighthouse' }));
    expect(error).toMatchObject({ kind: 'refused', outcome: 'nothing-made' });
  });

  test.each([
    ['runner_scheduling_failure', 'unavailable', 'nothing-made'],
    ['startup_timeout', 'unavailable', 'nothing-made'],
    ['runner_connection_refused', 'unavailable', 'nothing-made'],
    ['runner_disconnected', 'unavailable', 'unknown'],
    ['request_timeout', 'unavailable', 'unknown'],
    ['internal_error', 'unavailable', 'unknown'],
    ['bad_request', 'invalid', 'unknown'],
    ['rate_limit_exceeded', 'unavailable', 'unknown'],
    [undefined, 'unavailable', 'unknown'],
  ] as const)('whose state is failed for %s is %s, %s', async (why, kind, outcome) => {
    kidjig.jobs.next({ kind: 'failed', saidBy: 'status', why });
    expect(await failureOf(stage.generate())).toMatchObject({ kind, outcome });
    expect(bodies()).toHaveLength(1);
  });

  test.each([
    [400, 'startup_timeout', 'unavailable', 'nothing-made'],
    [422, 'content_policy_violation', 'refused', 'nothing-made'],
    [400, 'bad_request', 'invalid', 'unknown'],
    [504, 'startup_timeout', 'unavailable', 'unknown'],
    [503, 'runner_connection_refused', 'unavailable', 'unknown'],
    [500, 'content_policy_violation', 'refused', 'unknown'],
    [500, undefined, 'timeout', 'unknown'],
  ] as const)('whose result is %i %s is %s, %s', async (status, why, kind, outcome) => {
    await start({ timeoutMs: 60_000 });
    for (const errors of ['code', 'detail', 'message'] as const) {
      kidjig.settings.errors = errors;
      kidjig.jobs.next({ kind: 'failed', saidBy: 'result', why, status });
      expect(await failureOf(stage.generate())).toMatchObject({ kind, outcome });
    }
    expect(bodies()).toHaveLength(3);
  });

  test('is gone on with by another process, which asks at once, to the end of the first', async () => {
    const died = new AbortController();
    kidjig.settings.latencyMs = 40;
    const written = Promise.withResolvers<string>();
    const first = failureOf(
      stage.provider.generate(
        { model: '', prompt, images: 1, given: [] },
        {
          ...stage.call,
          signal: died.signal,
          record(jobRef) {
            written.resolve(jobRef);
            return Promise.resolve();
          },
        },
      ),
    );
    const jobRef = await written.promise;
    died.abort();
    expect(await first).toMatchObject({ kind: 'cancelled' });
    await start({ setting: settingOf({ other: { title: 'The model is gone from the setting' } }) });
    const result = await stage.resume(jobRef);
    expect(result).toMatchObject({
      pictures: [{ kind: 'address' }],
      providerCost: 1,
      used: { seed: 1 },
      requestId: kidjig.jobs.all[0]?.id,
    });
    expect(kidjig.postedTwice()).toEqual([]);
    expect(kidjig.books.totalCost).toBe(1);
  });

  test('keeps what it was told over a restart', async () => {
    kidjig.settings.strict = false;
    kidjig.settings.images = 'texts';
    const options = {
      images: { name: 'n', max: 4 },
      guidance: { name: 'g', min: 1, max: 9, default: 3 },
    };
    await start({ setting: settingOf({ any: { title: 'Any', options } }) });
    kidjig.faults.next({ kind: 'makes', images: 3 });
    const style = { kind: 'guild', name: 'ink', text: '', negative: 'red' } as const;
    const result = await stage.generate({ images: 2, style });
    const again = await stage.resume(stage.recorded[0] ?? '');
    expect(again).toEqual(result);
    expect(again).toMatchObject({
      used: { guidance: 3 },
      warnings: ['style-negative-left-out'],
      providerCost: 3,
    });
    expect(again.pictures).toHaveLength(2);
  });

  test('is still asked for once where its end has passed meanwhile', async () => {
    await stage.generate();
    const job = stage.recorded[0]?.replace(/"until":[\d.]+/, '"until":0') ?? '';
    expect((await stage.resume(job)).pictures).toHaveLength(1);
  });

  test.each(['', '{}', 'null', '{"model":"a"}'])('that was kept as %j is none', async (jobRef) => {
    const error = await failureOf(stage.resume(jobRef));
    expect(error).toMatchObject({ kind: 'protocol', outcome: 'unknown' });
    expect(kidjig.requests).toEqual([]);
  });
});

describe('a submit', () => {
  test.each(['code', 'message', 'detail'] as const)(
    'that is refused for its body tells what the API says (%s)',
    async (errors) => {
      kidjig.settings.errors = errors;
      const options = { seed: { name: 'sid', min: 0, max: 9 } };
      await start({ setting: settingOf({ 'ideogram-v2': { title: 'I', options } }) });
      expect(await failureOf(stage.generate({ seed: 1 }))).toMatchObject({
        kind: 'invalid',
        outcome: 'nothing-made',
        status: 422,
        detail: 'sid: Extra inputs are not permitted',
      });
      expect(kidjig.jobs.all).toEqual([]);
    },
  );

  test.each([401, 400, 500, 200])(
    'with a wrong key is unauthorized, whatever the status (%i)',
    async (keyStatus) => {
      kidjig.settings.keyStatus = keyStatus;
      await start({ apiKey: 'another-key' });
      expect(await failureOf(stage.generate())).toMatchObject({
        kind: 'unauthorized',
        outcome: 'nothing-made',
        status: keyStatus,
      });
    },
  );

  test('that comes too early is busy, and tells when to come back', async () => {
    kidjig.faults.next({ kind: 'status', status: 429, headers: { 'retry-after': '7' } });
    expect(await failureOf(stage.generate())).toMatchObject({
      kind: 'busy',
      outcome: 'nothing-made',
    });
    expect(stage.readings).toMatchObject([{ retryAfterMs: 7000 }]);
  });

  test.each([
    [{ kind: 'cut', when: 'after-charging' }, 'unavailable', 1],
    [{ kind: 'cut-in-body', atByte: 9 }, 'unavailable', 1],
    [{ kind: 'status', status: 500, charged: true }, 'unavailable', 1],
    [{ kind: 'status', status: 502 }, 'unavailable', 0],
    [{ kind: 'garbage', body: 'wrong-shape' }, 'protocol', 1],
    [{ kind: 'garbage', body: 'html' }, 'unavailable', 1],
    [{ kind: 'redirect', to: 'http://127.0.0.2:9/' }, 'protocol', 0],
    [{ kind: 'gzip', body: 'good' }, 'protocol', 1],
    [{ kind: 'field', path: 'request_id' }, 'protocol', 1],
  ] as const)(
    'that meets %j may have been taken: %s, never posted again',
    async (fault, kind, cost) => {
      kidjig.faults.next(fault);
      expect(await failureOf(stage.generate())).toMatchObject({ kind, outcome: 'unknown' });
      expect(bodies()).toHaveLength(1);
      expect(kidjig.books.totalCost).toBe(cost);
    },
  );

  test('without credits is told so', async () => {
    await kidjig.close();
    kidjig = await startKidjig({ clock: systemClock, key: apiKey, credits: 0 });
    await start();
    expect(await failureOf(stage.generate())).toMatchObject({
      kind: 'no-credits',
      outcome: 'nothing-made',
    });
  });
});

describe('the key', () => {
  test('is good where the API answers that there is no such job', async () => {
    await expect(stage.provider.check(stage.call.signal)).resolves.toBeUndefined();
    expect(kidjig.requests.map(({ method }) => method)).toEqual(['GET']);
  });

  test.each([401, 400, 200])('is wrong where it says so, under %i too', async (keyStatus) => {
    kidjig.settings.keyStatus = keyStatus;
    await start({ apiKey: 'another-key' });
    expect(await failureOf(stage.provider.check(stage.call.signal))).toMatchObject({
      kind: 'unauthorized',
    });
  });

  test('goes into the header of the setting, with what stands before it', async () => {
    const seen = Promise.withResolvers<unknown>();
    const { createServer } = await import('node:http');
    const server = createServer((request, response) => {
      seen.resolve(request.headers['authorization']);
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const api = { key: { header: 'Authorization', prefix: 'Key ' } };
    await start({
      apiUrl: `http://127.0.0.1:${port}`,
      setting: settingOf({ a: { title: 'A' }, api }),
    });
    await stage.provider.check(stage.call.signal);
    expect(await seen.promise).toBe(`Key ${apiKey}`);
    server.close();
  });
});
