import { afterEach, describe, expect, test } from 'vitest';
import { contractOf, hasContract } from '../playground/openai/contract.ts';
import { bodyOf, failure, generate, startBoth } from './openai-calls.ts';

const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

async function start(...args: Parameters<typeof startBoth>): ReturnType<typeof startBoth> {
  const both = await startBoth(...args);
  open.push(both.provider, both.api);
  return both;
}

describe('what is sent', () => {
  test('to a GPT image model says nothing of a form, which it would refuse', async () => {
    const { api, provider } = await start('openai');
    await generate(provider, { images: 3 });
    expect(bodyOf(api)).toEqual({
      model: 'gpt-image-1',
      prompt: 'a lighthouse made of porcelain',
      n: 3,
      size: '1024x1024',
    });
  });

  test('to DALL·E asks for the pictures themselves', async () => {
    const { api, provider } = await start('openai', {}, { models: ['dall-e-2', 'dall-e-3'] });
    await generate(provider, { model: 'openai/dall-e-2', images: 4 });
    await generate(provider, { model: 'openai/dall-e-3', aspect: '16:9' });
    expect(bodyOf(api, 0)).toMatchObject({ response_format: 'b64_json', size: '1024x1024', n: 4 });
    expect(bodyOf(api, 1)).toMatchObject({ response_format: 'b64_json', size: '1792x1024', n: 1 });
  });

  test('to LocalAI puts what is not to be shown behind a bar, and counts its steps', async () => {
    const { api, provider } = await start('localai');
    const style = { kind: 'guild', name: 'dry', text: '', negative: 'rain' } as const;
    const result = await generate(provider, {
      negative: 'fog',
      style,
      steps: 20,
      given: ['steps'],
    });
    expect(bodyOf(api)).toEqual({
      prompt: 'a lighthouse made of porcelain|fog, rain',
      n: 1,
      size: '1024x1024',
      response_format: 'b64_json',
      step: 20,
    });
    expect(api.orders[0]).toMatchObject({ negative: 'fog, rain', steps: 20 });
    expect(result.used).toMatchObject({ steps: 20 });
  });

  test('to sd.cpp is prompt, number and size alone', async () => {
    const { api, provider } = await start('sd-cpp', {}, { models: ['flux'] });
    const result = await generate(provider, { steps: 20, seed: 7, guidance: 3, negative: 'fog' });
    expect(bodyOf(api)).toEqual({
      prompt: 'a lighthouse made of porcelain',
      n: 1,
      size: '1024x1024',
    });
    expect(result.used).toEqual({ width: 1024, height: 1024 });
  });

  test('to vLLM-Omni has all of its settings', async () => {
    const { api, provider } = await start('vllm-omni', {}, { models: ['Qwen/Qwen-Image'] });
    const result = await generate(provider, {
      negative: 'fog',
      seed: 7,
      steps: 20,
      guidance: 3.5,
      given: ['negative', 'steps', 'guidance'],
    });
    expect(bodyOf(api)).toEqual({
      model: 'Qwen/Qwen-Image',
      prompt: 'a lighthouse made of porcelain',
      n: 1,
      size: '1024x1024',
      response_format: 'b64_json',
      negative_prompt: 'fog',
      seed: 7,
      num_inference_steps: 20,
      guidance_scale: 3.5,
    });
    expect(result.used).toMatchObject({ seed: 7, steps: 20, guidance: 3.5 });
  });

  test('leaves vLLM-Omni’s models their own guidance where nobody asks for another', async () => {
    const { api, provider } = await start('vllm-omni');
    expect(provider.models()[0]?.takes.guidance).not.toHaveProperty('default');
    await generate(provider, {});
    expect(bodyOf(api)).not.toHaveProperty('guidance_scale');
    await generate(provider, { guidance: 4 });
    expect(bodyOf(api)).toHaveProperty('guidance_scale', 4);
  });

  test('names no model to a server of one', async () => {
    for (const server of ['localai', 'sd-cpp', 'vllm-omni'] as const) {
      const { api, provider } = await start(server);
      await generate(provider);
      expect(bodyOf(api), server).not.toHaveProperty('model');
    }
  });

  test('has the key where there is one, and none where there is none', async () => {
    const { provider } = await start('localai', { key: 'sesame' }, { apiKey: null });
    expect(await failure(provider)).toMatchObject({ kind: 'unauthorized' });
    const keyed = await start('localai', { key: 'sesame' });
    expect((await generate(keyed.provider)).pictures).toHaveLength(1);
  });

  test.skipIf(!hasContract)(
    'to OpenAI satisfies its own document (skipped where ../shared/specs is absent)',
    async () => {
      const models = ['gpt-image-1', 'gpt-image-2', 'dall-e-2', 'dall-e-3'];
      const { api, provider } = await start('openai', {}, { models });
      const valid = contractOf('CreateImageRequest');
      for (const { key, takes } of provider.models()) {
        for (const aspect of takes.aspects ?? []) {
          await generate(provider, { model: key, images: takes.mostImages, aspect });
          expect(valid(bodyOf(api)), JSON.stringify(valid.errors)).toBe(true);
        }
      }
      expect(api.orders).toHaveLength(10);
    },
  );
});
