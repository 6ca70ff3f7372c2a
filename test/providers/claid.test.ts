import { existsSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ProviderError, type Provider } from '../../src/domain/provider.ts';
import type { RateLimitReading } from '../../src/domain/pace.ts';
import type { ImageRequest } from '../../src/domain/request.ts';
import { createClaid, type ClaidOptions } from '../../src/providers/claid/claid.ts';
import { createHurriedClock } from './hurried-clock.ts';
import { answer, startScriptedApi, type ScriptedApi } from './scripted-api.ts';

const apiKey = 'key-4711-secret';
const prompt = 'a lighthouse made of porcelain';
const request: ImageRequest = { model: 'claid', prompt, images: 2, guidance: 7.5, given: [] };

let api: ScriptedApi;
let provider: Provider;
const readings: RateLimitReading[] = [];

function settings(): ClaidOptions {
  const clock = { ...createHurriedClock(), now: () => 1_000_000 };
  return { apiKey, apiUrl: `${api.url}/v1`, windows: [], timeoutMs: 60_000, clock };
}

function start(options: Partial<ClaidOptions> = {}): void {
  provider = createClaid({ ...settings(), ...options });
}

function generate(
  images = request.images,
  asked: ImageRequest = request,
): ReturnType<Provider['generate']> {
  return provider.generate(
    { ...asked, images },
    {
      signal: new AbortController().signal,
      record: () => Promise.resolve(),
      onLimits: (reading) => readings.push(reading),
    },
  );
}

/** The error of a generation against the present script. */
async function failure(): Promise<ProviderError> {
  const error: unknown = await generate().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ProviderError)) throw new Error('no ProviderError', { cause: error });
  return error;
}

function made(count: number, entry: (index: number) => object = picture): string {
  const output = Array.from({ length: count }, (_, index) => entry(index));
  return JSON.stringify({ data: { input: { text: prompt }, output } });
}

function picture(index: number): object {
  return {
    ext: 'png',
    mps: 1.048576,
    mime: 'image/png',
    format: 'PNG',
    width: 1024,
    height: 1024,
    tmp_url: `https://pictures.example/tmp/${index}.png`,
  };
}

beforeEach(async () => {
  readings.length = 0;
  api = await startScriptedApi(({ socket }) => socket.write(answer(200, made(2))));
  start();
});

afterEach(async () => {
  await provider.close();
  await api.close();
});

describe('a request', () => {
  test('goes to the generate endpoint with the key, the prompt and both options', async () => {
    await generate();
    const [seen] = api.requests;
    expect(seen).toMatchObject({ method: 'POST', path: '/v1/image/generate' });
    expect(seen?.headers).toMatchObject({
      authorization: `Bearer ${apiKey}`,
      'content-type': 'application/json',
    });
    expect(JSON.parse(seen?.body ?? '')).toEqual({
      input: prompt,
      options: { number_of_images: 2, guidance_scale: 7.5 },
    });
  });

  test('asks for a guidance of 5 where none is given', async () => {
    await generate(1, { model: 'claid', prompt, images: 1, given: [] });
    expect(JSON.parse(api.requests[0]?.body ?? '')).toMatchObject({
      options: { guidance_scale: 5 },
    });
  });

  test('carries the words of a style, but for what it should not show: that is told', async () => {
    const style = { kind: 'guild', name: 'ink', text: 'ink drawing of {prompt}' } as const;
    const plain = await generate(1, { ...request, style: { ...style, negative: '' } });
    const warned = await generate(1, { ...request, style: { ...style, negative: 'colour' } });
    for (const { body } of api.requests)
      expect(JSON.parse(body)).toMatchObject({ input: `ink drawing of ${prompt}` });
    expect(plain.warnings).toEqual([]);
    expect(warned.warnings).toEqual(['style-negative-left-out']);
  });

  test('names the output storage where one is configured', async () => {
    start({ output: { folder: 'storage://mine/folder/', url: 'https://cdn.example/mine/' } });
    await generate();
    expect(JSON.parse(api.requests[0]?.body ?? '')).toMatchObject({
      output: 'storage://mine/folder/',
    });
  });

  test('has a connection of its own, so that no kept one can swallow it', async () => {
    await generate();
    await generate();
    expect(api.connections()).toBe(2);
    expect(api.requests.map(({ headers }) => headers['connection'])).toEqual(['close', 'close']);
  });

  const spec = new URL('../../../shared/specs/claid-generate.openapi.json', import.meta.url);
  test.skipIf(!existsSync(spec))(
    "satisfies Claid's own document (skipped where ../shared/specs is absent)",
    async () => {
      start({ output: { folder: 'storage://mine/folder/', url: 'https://cdn.example/mine' } });
      await generate();
      const document = z
        .object({ components: z.object({ schemas: z.record(z.string(), z.unknown()) }) })
        .parse(JSON.parse(readFileSync(spec, 'utf8')));
      const ajv = new Ajv({ strict: false, validateFormats: false });
      ajv.addSchema({ $id: 'claid', components: document.components });
      const validate = ajv.getSchema('claid#/components/schemas/GenerateRequest');
      expect(validate?.(JSON.parse(api.requests[0]?.body ?? '')), 'valid').toBe(true);
    },
  );
});

describe('an answer', () => {
  test('becomes addresses that live for a day, its cost and the id of the request', async () => {
    api.script = ({ socket }) => socket.write(answer(200, made(2), { 'x-request-id': 'r-1' }));
    expect(await generate()).toEqual({
      pictures: [0, 1].map((index) => ({
        kind: 'address',
        url: `https://pictures.example/tmp/${index}.png`,
        expiresAt: 1_000_000 + 86_400_000,
      })),
      providerCost: 2,
      used: { guidance: 7.5, width: 1024, height: 1024 },
      requestId: 'r-1',
      warnings: [],
    });
  });

  test('keeps the good pictures where others name no address, and counts all of them', async () => {
    const entries = [picture(0), { tmp_url: '' }, { tmp_url: 7 }, picture(3)];
    api.script = ({ socket }) =>
      socket.write(
        answer(
          200,
          made(4, (index) => entries[index] ?? {}),
        ),
      );
    const result = await generate(4);
    expect(result.pictures.map((one) => one.kind === 'address' && one.url)).toEqual([
      'https://pictures.example/tmp/0.png',
      'https://pictures.example/tmp/3.png',
    ]);
    expect(result.providerCost).toBe(4);
  });

  test.each([
    ['a space and an umlaut', 'folder/ä b.png', 'https://cdn.example/mine/folder/%C3%A4%20b.png'],
    ['signs of a query', 'a?b#c%2e.png', 'https://cdn.example/mine/a%3Fb%23c%252e.png'],
    ['a leading slash', '/folder/1.png', 'https://cdn.example/mine/folder/1.png'],
  ])('from an own storage has the address of its key, with %s', async (_, key, address) => {
    for (const url of ['https://cdn.example/mine', 'https://cdn.example/mine/']) {
      start({ output: { folder: 'storage://mine/', url } });
      api.script = ({ socket }) =>
        socket.write(
          answer(
            200,
            made(1, () => ({ object_key: key })),
          ),
        );
      const { pictures } = await generate(1);
      expect(pictures).toEqual([
        { kind: 'address', url: address, expiresAt: null, ownStorage: true },
      ]);
      await provider.close();
    }
  });

  describe('from a bucket that is not public', () => {
    const access = { accessKey: 'AKIAEXAMPLE', secretKey: 'its-secret-key', region: 'eu-west-1' };
    const object = { object_key: 'easel/a b.png' };
    const signed = /\?X-Amz-Algorithm=AWS4-HMAC-SHA256&.*&X-Amz-Signature=[0-9a-f]{64}$/;

    async function addressOf(entry: object, url: string): Promise<string> {
      start({ output: { folder: 'storage://mine/', url, access } });
      const body = made(1, () => entry);
      api.script = ({ socket }) => socket.write(answer(200, body));
      const { pictures } = await generate(1);
      expect(pictures).toHaveLength(1);
      const [only] = pictures;
      if (only?.kind !== 'address') throw new Error('no address');
      expect(only.expiresAt).toBe(1_000_000 + 7 * 86_400_000);
      expect(only.url).toMatch(signed);
      expect(only.url).not.toContain(access.secretKey);
      expect(only.url).toContain('X-Amz-Expires=604800');
      expect(only.url).toContain('%2Feu-west-1%2Fs3%2F');
      return only.url.replace(signed, '');
    }

    test.each([
      ['https://mine.s3.eu-west-1.amazonaws.com', 'virtual-hosted'],
      ['https://s3.eu-west-1.amazonaws.com/mine/', 'path style'],
      ['http://127.0.0.1:9000/mine', 'of a server of one’s own'],
    ])('is signed for a week at %s (%s)', async (url) => {
      const plain = `${url.replace(/\/$/, '')}/easel/a%20b.png`;
      expect(await addressOf(object, url)).toBe(plain);
    });
  });

  test.each(['../admin', 'a/../../b', './a', 'a//b', ''])(
    'never leads out of the own storage by a key like "%s"',
    async (key) => {
      start({ output: { folder: 'storage://mine/', url: 'https://cdn.example/mine' } });
      api.script = ({ socket }) =>
        socket.write(
          answer(
            200,
            made(1, () => ({ object_key: key })),
          ),
        );
      expect(await failure()).toMatchObject({ kind: 'protocol', outcome: 'unknown' });
    },
  );

  test.each([{ width: 'wide' }, { width: 0 }, { height: 1.5 }, { height: null }])(
    'whose size is %j tells none, and is good all the same',
    async (size) => {
      const body = made(1, (index) => ({ ...picture(index), ...size }));
      api.script = ({ socket }) => socket.write(answer(200, body));
      expect((await generate(1)).used).toEqual({ guidance: 7.5 });
    },
  );

  test('that lacks the request id, or has one that is none, is fine', async () => {
    expect((await generate()).requestId).toBeUndefined();
    api.script = ({ socket }) =>
      socket.write(answer(200, made(2), { 'x-request-id': '<b>@everyone</b>' }));
    expect((await generate()).requestId).toBeUndefined();
  });

  test('of a great many pictures is none of Claid’s', async () => {
    api.script = ({ socket }) => socket.write(answer(200, made(100)));
    expect(await failure()).toMatchObject({ kind: 'protocol', outcome: 'unknown', status: 200 });
    expect(api.requests).toHaveLength(1);
  });

  test('that is cut tells its status and its id as far as they had come', async () => {
    const whole = answer(200, made(1), { 'x-request-id': 'r-3' });
    const headers = whole.indexOf('\r\n\r\n') + 4;
    for (const [at, status, requestId] of [
      [headers - 1, undefined, undefined],
      [headers, 200, 'r-3'],
      [whole.length - 1, 200, 'r-3'],
    ] as const) {
      api.script = ({ socket }) => socket.end(whole.subarray(0, at));
      const error = await failure();
      expect(error).toMatchObject({ kind: 'unavailable', outcome: 'unknown', status, requestId });
    }
  });
});

describe('an error answer', () => {
  const flat = (message: string): string =>
    JSON.stringify({ error_code: '1', error_type: 'general', error_message: message });

  test('carries the id of the request', async () => {
    api.script = ({ socket }) => socket.write(answer(500, flat('Oh.'), { 'x-request-id': 'r-9' }));
    expect(await failure()).toMatchObject({ status: 500, requestId: 'r-9', detail: undefined });
  });

  test.each([
    ['flat', flat('Too long.'), 'Too long.'],
    ['in detail', JSON.stringify({ detail: { error_message: 'Too long.' } }), 'Too long.'],
    [
      'as a list of reasons',
      '{"detail":[{"loc":["body"],"msg":"Too long.","type":"x"},{"msg":"Too bold."}]}',
      'Too long.. Too bold.',
    ],
    ['as one text', '{"detail":"Not Found"}', 'Not Found'],
    ['as HTML', '<html>422</html>', undefined],
    ['as nothing', '', undefined],
    ['with a number as its message', '{"error_message":7}', undefined],
    ['with an empty message', flat('  '), undefined],
    ['with line breaks and control characters', flat('a\n\n b\u0000c\u202ed'), 'a b c d'],
    ['with the key in it', flat(`bad key ${apiKey}!`), 'bad key …!'],
  ])('says what is wrong, %s', async (_, body, detail) => {
    api.script = ({ socket }) => socket.write(answer(422, body));
    expect(await failure()).toMatchObject({ kind: 'invalid', detail });
  });

  test('of which only the status came is understood by the status', async () => {
    api.script = ({ socket }) =>
      socket.end(answer(402, '', { 'content-length': '500', 'x-request-id': 'r-2' }));
    expect(await failure()).toMatchObject({
      kind: 'no-credits',
      outcome: 'nothing-made',
      requestId: 'r-2',
    });
  });

  test('that is very large is understood by the status', async () => {
    api.script = ({ socket }) => socket.write(answer(422, Buffer.alloc(3_000_000, 'x')));
    expect(await failure()).toMatchObject({ kind: 'invalid', detail: undefined });
  });
});

describe('the pace that an answer tells', () => {
  const headers = {
    'ratelimit-limit': '4, 120;w=60, 4;w=1',
    'ratelimit-remaining': '-1',
    'ratelimit-reset': '1',
  };

  test.each([
    ['a good answer', answer(200, made(2), headers)],
    ['a 429', answer(429, '{"detail":{"error_message":"Too Many Requests."}}', headers)],
    ['a 500', answer(500, '', headers)],
    ['an answer whose body is cut', answer(200, '', { ...headers, 'content-length': '900' })],
  ])('is reported once, of %s', async (_, bytes) => {
    api.script = ({ socket }) => socket.end(bytes);
    await generate().catch(() => undefined);
    expect(readings).toEqual([
      {
        limit: 4,
        remaining: -1,
        resetMs: 1000,
        retryAfterMs: undefined,
        windows: [
          { limit: 120, windowMs: 60_000 },
          { limit: 4, windowMs: 1000 },
        ],
      },
    ]);
  });

  test('is not reported where the answer tells nothing', async () => {
    await generate();
    expect(readings).toEqual([]);
  });
});

describe('the provider', () => {
  test('names its account without giving the key away, and alike for the same key', () => {
    const other = createClaid({ ...settings(), apiKey: 'another' });
    const same = createClaid({ ...settings(), apiKey });
    expect(provider.account).toMatch(/^claid:[0-9a-f]{8}$/);
    expect(provider.account).toBe(same.account);
    expect(provider.account).not.toBe(other.account);
  });

  test.each([
    ['https://api.claid.ai/v1', undefined, []],
    ['http://127.0.0.1:8080/v1', undefined, ['127.0.0.1:8080']],
    ['https://claid.internal', 'https://cdn.example/a/', ['claid.internal:443', 'cdn.example:443']],
    ['https://api.claid.ai/v1/', 'http://[::1]:9000', ['[::1]:9000']],
  ])('trusts what the operator configured: %s, %s', (apiUrl, url, hosts) => {
    const output = url === undefined ? undefined : { folder: 'storage://a/', url };
    expect(createClaid({ ...settings(), apiUrl, output }).trustedHosts).toEqual(hosts);
  });

  test('offers one model, with what its contract takes, at the pace of the settings', () => {
    const windows = [{ limit: 120, windowMs: 60_000 }];
    start({ windows });
    expect(provider.pace).toEqual({ windows });
    expect(provider.keySetting).toBe('CLAID_API_KEY');
    expect(provider.models()).toEqual([
      {
        key: 'claid',
        provider: 'claid',
        title: 'Claid',
        takes: {
          promptLength: { min: 3, max: 1024 },
          mostImages: 4,
          guidance: { min: 1, max: 49.99, default: 5 },
        },
        public: false,
        unfiltered: false,
      },
    ]);
  });

  test.each([200, 402, 403, 429])(
    'takes a key for good when the check answers %i',
    async (status) => {
      api.script = ({ socket }) => socket.write(answer(status, '{}'));
      await provider.check(new AbortController().signal);
      expect(api.requests[0]).toMatchObject({ method: 'GET', path: '/v1/storage/storage-types' });
      expect(api.requests[0]?.headers['authorization']).toBe(`Bearer ${apiKey}`);
    },
  );

  test.each([
    [401, 'unauthorized'],
    [404, 'invalid'],
    [500, 'unavailable'],
  ])('reports a check that answers %i as %s', async (status, kind) => {
    api.script = ({ socket }) => socket.write(answer(status, '{}'));
    await expect(provider.check(new AbortController().signal)).rejects.toMatchObject({ kind });
  });

  test('reports a check that reaches nobody as unavailable', async () => {
    await api.close();
    await expect(provider.check(new AbortController().signal)).rejects.toMatchObject({
      kind: 'unavailable',
    });
    api = await startScriptedApi();
  });
});
