import { describe, expect, test } from 'vitest';
import { aspects } from '../../src/domain/aspect.ts';
import type { Model } from '../../src/domain/model.ts';
import { openaiModels } from '../../src/providers/openai/openai-model.ts';
import type { OpenaiServer } from '../../src/providers/openai/openai-servers.ts';
import { sizesAround } from '../../src/providers/openai/openai-size.ts';
import { failure, generate, openaiAt } from './openai-calls.ts';

function models(
  server: OpenaiServer,
  names: readonly string[] = [],
  sidePixels = 1024,
): readonly Model[] {
  const options = { server, models: names, sidePixels, unfiltered: false };
  return openaiModels(options).map(({ model }) => model);
}

describe('the models', () => {
  test.each([
    ['openai', 'openai/gpt-image-1', 'OpenAI gpt-image-1'],
    ['localai', 'openai/localai', 'LocalAI'],
    ['sd-cpp', 'openai/sd-cpp', 'sd.cpp'],
    ['vllm-omni', 'openai/vllm-omni', 'vLLM-Omni'],
  ] as const)('of %s are one where none is named: %s, %s', (server, key, title) => {
    expect(models(server)).toMatchObject([{ key, title, provider: 'openai' }]);
  });

  test('are in the order in which they are named, each with a key of its own', () => {
    const named = ['Qwen/Qwen-Image', 'qwen-qwen-image', 'flux:dev', '漢字'];
    expect(models('vllm-omni', named).map(({ key, title }) => [key, title])).toEqual([
      ['openai/qwen-qwen-image', 'vLLM-Omni Qwen/Qwen-Image'],
      ['openai/qwen-qwen-image-2', 'vLLM-Omni qwen-qwen-image'],
      ['openai/flux-dev', 'vLLM-Omni flux:dev'],
      ['openai/vllm-omni', 'vLLM-Omni 漢字'],
    ]);
    const [long] = models('openai', ['x'.repeat(200)]);
    expect(long?.title).toHaveLength(80);
  });

  test('of OpenAI take what their family takes', () => {
    const names = ['gpt-image-1', 'openai/gpt-image-2', 'dall-e-3', 'dall-e-2', 'some-model'];
    const takes = models('openai', names, 700).map((model) => model.takes);
    expect(takes.map((it) => [it.promptLength.max, it.mostImages])).toEqual([
      [32_000, 4],
      [32_000, 4],
      [4000, 1],
      [1000, 4],
      [4000, 4],
    ]);
    expect(takes.slice(0, 4).map((it) => it.aspects)).toEqual([
      ['1:1', '3:2', '2:3'],
      ['1:1', '3:2', '2:3'],
      ['1:1', '16:9', '9:16'],
      ['1:1'],
    ]);
    expect(takes[4]?.aspects?.length).toBeGreaterThan(10);
  });

  test('of each server take what the server reads, and nothing else', () => {
    const taken = (server: OpenaiServer): string[] =>
      models(server).flatMap(({ takes }) => Object.keys(takes).toSorted());
    const always = ['aspects', 'mostImages', 'promptLength'];
    expect(taken('openai')).toEqual(always);
    expect(taken('sd-cpp')).toEqual(always);
    expect(taken('localai')).toEqual([...always, 'negativeLength', 'steps'].toSorted());
    expect(taken('vllm-omni')).toEqual(
      [...always, 'negativeLength', 'steps', 'guidance', 'seed'].toSorted(),
    );
  });

  test('are marked where nobody filters what they make', () => {
    for (const unfiltered of [true, false]) {
      const provider = openaiAt('http://127.0.0.1:1/v1', { unfiltered });
      expect(provider.models()).toMatchObject([{ unfiltered, public: false }]);
    }
  });
});

describe('the sizes around a side', () => {
  test.each([256, 512, 768, 1000, 1024, 1536, 4096])(
    'of %i are in steps of 64, near to the ratio, and of about as many pixels',
    (side) => {
      const sizes = sizesAround(side);
      expect(sizes.has('1:1')).toBe(true);
      for (const [aspect, { width, height }] of sizes) {
        const [a = 1, b = 1] = aspect.split(':').map(Number);
        expect([width % 64, height % 64], aspect).toEqual([0, 0]);
        expect(Math.abs(Math.log((width * b) / (height * a))), aspect).toBeLessThanOrEqual(0.08);
        expect(Math.abs(Math.log((width * height) / side ** 2)), aspect).toBeLessThanOrEqual(0.3);
      }
    },
  );

  test('have every ratio from 512 on, and are a square alone where nothing else is left', () => {
    expect([...sizesAround(512).keys()]).toEqual(aspects);
    expect([...sizesAround(1024).keys()]).toEqual(aspects);
    expect([...sizesAround(64)]).toEqual([['1:1', { width: 64, height: 64 }]]);
    expect(sizesAround(1024).get('16:9')).toEqual({ width: 1344, height: 768 });
  });
});

describe('an account', () => {
  test('is another for another key and for another address', () => {
    const of = (apiUrl: string, apiKey?: string): string => openaiAt(apiUrl, { apiKey }).account;
    const url = 'http://127.0.0.1:1/v1';
    const accounts = [of(url), of(url, 'a'), of(url, 'b'), of('http://127.0.0.1:2/v1', 'a')];
    expect(new Set(accounts).size).toBe(4);
    expect(of(url, 'a')).toBe(accounts[1]);
    for (const account of accounts) expect(account).toMatch(/^openai:[0-9a-f]{8}$/);
  });

  test('has as many requests under way as the operator says', () => {
    const windows = [{ limit: 5, windowMs: 60_000 }];
    const provider = openaiAt('http://127.0.0.1:1/v1', { parallelJobs: 3, windows });
    expect(provider.pace).toEqual({ windows, concurrent: 3 });
  });
});

describe('a request that no model takes', () => {
  test.each([
    ['another model', { model: 'openai/other' }],
    ['a ratio that it has not', { aspect: '16:9' }],
    ['more pictures', { model: 'openai/dall-e-3', images: 2 }],
    ['a longer prompt', { model: 'openai/dall-e-2', prompt: 'x'.repeat(1001) }],
  ] as const)('for %s is not sent', async (_, request) => {
    // Nobody is there, so that what is sent fails otherwise.
    const provider = openaiAt('http://127.0.0.1:1/v1', {
      models: ['gpt-image-1', 'dall-e-2', 'dall-e-3'],
    });
    expect(await failure(provider, request)).toMatchObject({
      kind: 'invalid',
      outcome: 'nothing-made',
    });
    await expect(generate(provider)).rejects.toMatchObject({ kind: 'unavailable' });
    await provider.close();
  });
});
