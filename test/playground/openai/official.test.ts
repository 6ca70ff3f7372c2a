import sharp from 'sharp';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createShiftedClock } from '../../../src/playground/clock.ts';
import type { OpenaiStandIn } from '../../../src/playground/openai/openai.ts';
import { ask, startQuick } from './ask-openai.ts';
import { contractOf, hasContract } from './contract.ts';

const open: OpenaiStandIn[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((api) => api.close()));
});

async function start(wanted: Parameters<typeof startQuick>[1] = {}): Promise<OpenaiStandIn> {
  const api = await startQuick('openai', wanted);
  open.push(api);
  return api;
}

const errorOf = z.object({
  error: z.object({ type: z.string(), param: z.string().nullable(), code: z.string().nullable() }),
});
const madeOf = z.object({
  size: z.string().optional(),
  data: z.array(
    z.object({
      b64_json: z.string().optional(),
      url: z.string().optional(),
      revised_prompt: z.string().optional(),
    }),
  ),
});
const gpt = { model: 'gpt-image-1', prompt: 'a stone' };

describe('OpenAI’s stand-in', () => {
  it.each([
    ['no JSON', '{', null, null],
    ['no prompt', { model: 'gpt-image-1' }, 'missing_required_parameter', 'prompt'],
    ['an unknown field', { ...gpt, seed: 1 }, 'unknown_parameter', 'seed'],
    ['a form', { ...gpt, response_format: 'b64_json' }, 'unknown_parameter', 'response_format'],
    ['a size', { ...gpt, size: '512x512' }, 'invalid_value', 'size'],
    ['a ratio', { ...gpt, model: 'gpt-image-2', size: '1024x64' }, 'invalid_value', 'size'],
    ['a text for a number', { ...gpt, n: '2' }, 'invalid_type', 'n'],
    ['too many', { ...gpt, n: 11 }, 'integer_above_max_value', 'n'],
    ['none', { ...gpt, n: 0 }, 'integer_below_min_value', 'n'],
    ['two of DALL·E 3', { ...gpt, model: 'dall-e-3', n: 2 }, 'integer_above_max_value', 'n'],
    [
      'a format of DALL·E',
      { ...gpt, model: 'dall-e-2', output_format: 'png' },
      'unknown_parameter',
      'output_format',
    ],
    [
      'a long prompt for DALL·E 2',
      { model: 'dall-e-2', prompt: '🐕'.repeat(1001) },
      'string_above_max_length',
      'prompt',
    ],
    ['forbidden words', { ...gpt, prompt: 'a forbidden stone' }, 'moderation_blocked', null],
    [
      'forbidden words for DALL·E',
      { model: 'dall-e-3', prompt: 'a forbidden stone' },
      'content_policy_violation',
      null,
    ],
  ])('refuses %s', async (_, body, code, param) => {
    const api = await start();
    const reply = await ask(api, body);
    expect(reply.status).toBe(400);
    expect(errorOf.parse(reply.json).error).toMatchObject({ code, param });
    expect(api.books.charges).toEqual([]);
    expect(api.orders).toEqual([]);
  });

  it('refuses a wrong key, none at all, a model that it has not, and another path', async () => {
    const api = await start();
    const codes = async (reply: ReturnType<typeof ask>): Promise<unknown[]> => {
      const { status, json } = await reply;
      return [status, errorOf.parse(json).error.code];
    };
    expect(await codes(ask(api, gpt, { key: 'wrong' }))).toEqual([401, 'invalid_api_key']);
    expect(await codes(ask(api, gpt, { key: '' }))).toEqual([401, null]);
    expect(await codes(ask(api, { ...gpt, model: 'x' }))).toEqual([404, 'model_not_found']);
    expect(await codes(ask(api, gpt, { path: '/images' }))).toEqual([404, null]);
  });

  it('says in two ways that there is no money', async () => {
    const api = await start({ credits: 1 });
    const spent = await ask(api, { ...gpt, n: 2 });
    expect([spent.status, errorOf.parse(spent.json).error.code]).toEqual([
      400,
      'billing_hard_limit_reached',
    ]);
    const message = 'You exceeded your current quota.';
    api.faults.next({ kind: 'status', status: 429, message });
    const poor = await ask(api, gpt);
    expect([poor.status, errorOf.parse(poor.json).error.type]).toEqual([429, 'insufficient_quota']);
  });

  it('counts requests and tells how many are left', async () => {
    const api = await start({ limits: [{ limit: 1, windowMs: 60_000 }] });
    const first = await ask(api, gpt);
    const second = await ask(api, gpt);
    expect([first.status, second.status]).toEqual([200, 429]);
    expect(first.headers.get('x-ratelimit-remaining-requests')).toBe('0');
    expect(second.headers.get('x-ratelimit-reset-requests')).toMatch(/^\d+m\d+s$/);
    expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(50);
  });

  it('makes pictures of the size and the format that are asked for', async () => {
    const api = await start({ pictures: 'painted' });
    for (const [format, size] of [
      ['png', '1536x1024'],
      ['jpeg', '1024x1536'],
      ['webp', '1024x1024'],
    ] as const) {
      const reply = await ask(api, { ...gpt, output_format: format, size });
      const made = madeOf.parse(reply.json);
      const picture = sharp(Buffer.from(made.data[0]?.b64_json ?? '', 'base64'));
      const { width, height, format: really } = await picture.metadata();
      expect([made.size, `${width}x${height}`, really]).toEqual([size, size, format]);
    }
    expect(api.books.totalCost).toBe(3);
  });

  it('gives DALL·E’s pictures by address for an hour, or as bytes, and DALL·E 3’s prompt', async () => {
    const api = await start();
    const byAddress = madeOf.parse((await ask(api, { prompt: 'a stone', n: 2 })).json).data;
    expect(byAddress.map(({ url, b64_json: b64 }) => [typeof url, b64])).toEqual([
      ['string', undefined],
      ['string', undefined],
    ]);
    expect((await fetch(byAddress[0]?.url ?? '')).status).toBe(200);
    const body = { model: 'dall-e-3', prompt: 'a stone', response_format: 'b64_json' };
    const [bytes] = madeOf.parse((await ask(api, body)).json).data;
    expect(bytes?.b64_json).toBeDefined();
    expect(bytes?.revised_prompt).toContain('a stone');
  });

  it('forgets an address after an hour', async () => {
    let now = 1_000_000_000_000;
    const api = await start({ clock: { ...createShiftedClock(), now: () => now } });
    const [made] = madeOf.parse((await ask(api, { prompt: 'a stone' })).json).data;
    now += 3_600_001;
    expect((await fetch(made?.url ?? '')).status).toBe(404);
  });
});

describe.skipIf(!hasContract)(
  'against OpenAI’s own contract (skipped where ../shared/specs/openai-images.openapi.json is absent)',
  () => {
    const bodies: unknown[] = [
      gpt,
      { prompt: 'x' },
      { prompt: 7 },
      {},
      [],
      null,
      ...[0, 1, 10, 11, 1.5, '1', true].map((n) => ({ ...gpt, n })),
      ...['png', 'webp', 'gif', 7].map((format) => ({ ...gpt, output_format: format })),
      ...['low', 'high', 'best', 7].map((quality) => ({ ...gpt, quality })),
      ...['low', 'auto', 'none'].map((moderation) => ({ ...gpt, moderation })),
      ...['opaque', 'red'].map((background) => ({ ...gpt, background })),
      ...['vivid', 'odd'].map((style) => ({ model: 'dall-e-3', prompt: 'x', style })),
      ...['url', 'b64_json', 'file'].map((form) => ({
        model: 'dall-e-2',
        prompt: 'x',
        response_format: form,
      })),
      { ...gpt, model: 7 },
      { ...gpt, size: 7 },
      { ...gpt, user: 7 },
      { ...gpt, partial_images: 4 },
    ];
    it.each(bodies.map((body) => [JSON.stringify(body), body]))(
      'takes what the schema takes, of what every model knows: %s',
      async (_, body) => {
        const api = await start();
        const valid = contractOf('CreateImageRequest')(body);
        expect((await ask(api, body)).status === 200).toBe(valid);
      },
    );

    it('answers with what the schema promises', async () => {
      const api = await start();
      const good = contractOf('ImagesResponse');
      const bad = contractOf('ErrorResponse');
      for (const model of api.settings.models) {
        const reply = await ask(api, { model, prompt: 'a stone' });
        expect(good(reply.json), JSON.stringify(good.errors)).toBe(true);
      }
      const refused = [
        await ask(api, {}),
        await ask(api, gpt, { key: '' }),
        await ask(api, { ...gpt, prompt: 'forbidden' }),
      ];
      for (const status of [400, 403, 429, 500, 503]) {
        api.faults.next({ kind: 'status', status });
        refused.push(await ask(api, gpt));
      }
      expect(refused.map(({ status }) => status)).toEqual([400, 401, 400, 400, 403, 429, 500, 503]);
      for (const { json } of refused) expect(bad(json), JSON.stringify(bad.errors)).toBe(true);
    });
  },
);
