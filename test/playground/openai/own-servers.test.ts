import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { OpenaiServer } from '../../../src/playground/openai/dialects.ts';
import type { OpenaiStandIn } from '../../../src/playground/openai/openai.ts';
import { ask, startQuick } from './ask-openai.ts';

const open: OpenaiStandIn[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((api) => api.close()));
});

async function start(
  server: OpenaiServer,
  wanted: Parameters<typeof startQuick>[1] = {},
): Promise<OpenaiStandIn> {
  const api = await startQuick(server, wanted);
  open.push(api);
  return api;
}

const madeOf = z.object({
  data: z.array(z.looseObject({ b64_json: z.string().nullish(), url: z.string().nullish() })),
});

describe('the stand-in of sd.cpp', () => {
  it('reads five fields and passes over the others', async () => {
    const api = await start('sd-cpp');
    const reply = await ask(api, {
      model: 7,
      prompt: 'a stone',
      n: 2,
      size: '640x512',
      seed: 'x',
      response_format: 'url',
      output_format: 'JPEG',
    });
    expect(madeOf.parse(reply.json).data).toHaveLength(2);
    expect(reply.json).toMatchObject({ output_format: 'jpeg' });
    expect(api.orders).toMatchObject([
      { width: 640, height: 512, images: 2, seed: undefined, type: 'jpeg' },
    ]);
  });

  it.each([
    ['', 400, { error: 'empty body' }],
    ['{', 500, { error: 'server_error' }],
    [{ n: 1 }, 400, { error: 'prompt required' }],
    [{ prompt: 7 }, 500, { error: 'server_error' }],
    [{ prompt: 'x', output_format: 'gif' }, 400, {}],
    [{ prompt: 'x', size: '0x512' }, 400, { error: 'invalid params' }],
    [{ prompt: 'x', size: '99999x99999' }, 500, { error: 'generate_image returned no results' }],
    [
      { prompt: 'x <sd_cpp_extra_args>{</sd_cpp_extra_args>' },
      400,
      { error: 'invalid sd_cpp_extra_args' },
    ],
  ])('says of %j: %i %j', async (body, status, said) => {
    const reply = await ask(await start('sd-cpp'), body);
    expect(reply.status).toBe(status);
    expect(reply.json).toMatchObject(said);
  });

  it('obeys what stands in the prompt', async () => {
    const api = await start('sd-cpp');
    const args =
      '{"seed":9,"width":128,"negative_prompt":"fog","sample_params":{"sample_steps":3}}';
    const prompt = `a <lora:ink:0.5>stone<lora:x:y><sd_cpp_extra_args>${args}</sd_cpp_extra_args>`;
    await ask(api, { prompt, size: 'x' });
    expect(api.orders).toMatchObject([
      {
        prompt: 'a stone',
        seed: 9,
        width: 128,
        height: 512,
        negative: 'fog',
        steps: 3,
        loras: ['ink'],
      },
    ]);
    expect(api.books.charges).toMatchObject([{ prompt: 'a stone', images: 1 }]);
  });
});

describe('the stand-in of LocalAI', () => {
  it('answers with addresses on its own host, or with the bytes where asked to', async () => {
    const api = await start('localai');
    const byAddress = await ask(api, { prompt: 'a stone', n: 2 });
    const [first] = madeOf.parse(byAddress.json).data;
    expect(first).toMatchObject({ embedding: null, index: 0 });
    expect(first?.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/generated-images\/b64[\w-]+\.png$/);
    expect((await fetch(first?.url ?? '')).headers.get('content-type')).toBe('image/png');
    const bytes = await ask(api, { prompt: 'a stone', response_format: 'b64_json' });
    expect(madeOf.parse(bytes.json).data[0]?.b64_json).toBeTypeOf('string');
  });

  it('splits the prompt at its bars, obeys its LoRAs, and has steps and a size of its own', async () => {
    const api = await start('localai');
    await ask(api, { prompt: 'a stone<lora:ink:1>|fog|rain', size: 'small', step: 0, odd: 1 });
    await ask(api, { prompt: 'a stone', size: '640x512', step: 30, model: 'stablediffusion' });
    expect(api.orders).toMatchObject([
      { prompt: 'a stone', negative: 'fog', loras: ['ink'], steps: 15, width: 512, height: 512 },
      { prompt: 'a stone', negative: '', loras: [], steps: 30, width: 640, height: 512 },
    ]);
  });

  it.each([
    ['{', 400],
    [{ prompt: 7 }, 400],
    [{ prompt: 'x', step: '3' }, 400],
    [{ prompt: 'x', model: 'other' }, 500],
    [{ prompt: 'x', size: '1x2x3' }, 500],
    [{ prompt: 'x', n: -1 }, 500],
  ])('says of %j: %i', async (body, status) => {
    const reply = await ask(await start('localai'), body);
    expect(reply.status).toBe(status);
    expect(reply.json).toMatchObject({ error: { code: status } });
  });

  it('needs to be told the model where it has several, and the key where it has one', async () => {
    const api = await start('localai', { models: ['a', 'b'], key: 'sesame' });
    expect((await ask(api, { prompt: 'x' })).status).toBe(400);
    expect((await ask(api, { prompt: 'x', model: 'b' })).status).toBe(200);
    expect((await ask(api, { prompt: 'x', model: 'b' }, { key: '' })).json).toMatchObject({
      error: { code: 401, type: 'invalid_request_error' },
    });
  });
});

describe('the stand-in of vLLM-Omni', () => {
  it('takes diffusion settings and answers in base64, with the rest null', async () => {
    const api = await start('vllm-omni');
    const reply = await ask(api, {
      prompt: 'a stone',
      size: '512x256',
      negative_prompt: 'fog',
      seed: 9,
      num_inference_steps: 3,
      guidance_scale: 0,
      odd: 1,
    });
    expect(reply.json).toMatchObject({
      data: [{ url: null, revised_prompt: null }],
      size: '512x256',
    });
    expect(api.orders).toMatchObject([
      { width: 512, height: 256, negative: 'fog', seed: 9, steps: 3, guidance: 0 },
    ]);
  });

  it.each([
    ['{', 422],
    [[], 422],
    [{}, 422],
    [{ prompt: null }, 422],
    [{ prompt: 'x', n: 0 }, 422],
    [{ prompt: 'x', n: null }, 422],
    [{ prompt: 'x', n: 11 }, 422],
    [{ prompt: 'x', size: 'big' }, 422],
    [{ prompt: 'x', size: '1024x' }, 400],
    [{ prompt: 'x', size: '9999x9999' }, 400],
    [{ prompt: 'x', response_format: 'url' }, 422],
    [{ prompt: 'x', guidance_scale: 20.5 }, 422],
    [{ prompt: 'x', num_inference_steps: 201 }, 422],
    [{ prompt: 'x', seed: 1.5 }, 422],
    [{ prompt: 'x', model: 'other' }, 400],
    [{ prompt: 'a forbidden stone' }, 400],
  ])('says of %j: %i', async (body, status) => {
    const reply = await ask(await start('vllm-omni'), body);
    expect(reply.status).toBe(status);
    expect(reply.json).toHaveProperty('detail');
    expect(Array.isArray(z.object({ detail: z.unknown() }).parse(reply.json).detail)).toBe(
      status === 422,
    );
  });

  it('cannot do anything before its engine is started', async () => {
    const reply = await ask(await start('vllm-omni', { ready: false }), { prompt: 'x' });
    expect(reply.status).toBe(503);
    expect(reply.text).toContain('not initialized');
  });
});

describe.each(['openai', 'localai', 'sd-cpp', 'vllm-omni'] as const)(
  'every stand-in: %s',
  (server) => {
    it('lists its models, unless it has no list', async () => {
      const api = await start(server);
      const get = { method: 'GET', path: '/models' };
      const listed = z.object({ data: z.array(z.object({ id: z.string() })) });
      expect(listed.parse((await ask(api, undefined, get)).json).data[0]?.id).toBe(
        api.settings.models[0],
      );
      api.settings.listsModels = false;
      expect((await ask(api, undefined, get)).status).toBe(404);
    });

    it('speaks of faults in its own way', async () => {
      const api = await start(server);
      api.faults.next({ kind: 'status', status: 503, message: 'tired' });
      const reply = await ask(api, { prompt: 'x' });
      expect(reply.status).toBe(503);
      expect(reply.text).toContain('tired');
      for (const body of ['not-json', 'wrong-shape'] as const) {
        api.faults.next({ kind: 'garbage', body });
        const { json } = await ask(api, { prompt: 'x' });
        expect(madeOf.safeParse(json).success).toBe(false);
      }
      expect(api.books.totalCost).toBe(2);
    });

    it('makes the same pictures in every run, and others for another prompt', async () => {
      const bytesOf = async (prompt: string): Promise<Buffer> => {
        const api = await start(server);
        await ask(api, { prompt });
        return api.pictureBytes(api.requests[0]?.requestId ?? '', 0);
      };
      const first = await bytesOf('a stone');
      expect((await bytesOf('a stone')).equals(first)).toBe(true);
      expect((await bytesOf('a tree')).equals(first)).toBe(false);
    });
  },
);
