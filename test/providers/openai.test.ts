import { afterEach, describe, expect, test } from 'vitest';
import type { ProviderResult } from '../../src/domain/provider.ts';
import { createShiftedClock } from '../../src/playground/clock.ts';
import type { OpenaiStandIn } from '../../src/playground/openai/openai.ts';
import { generate, openaiAt, openaiOf, startBoth } from './openai-calls.ts';

const servers = ['openai', 'localai', 'sd-cpp', 'vllm-omni'] as const;

const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

async function start(...args: Parameters<typeof startBoth>): ReturnType<typeof startBoth> {
  const both = await startBoth(...args);
  open.push(both.provider, both.api);
  return both;
}

/** What came, as the bytes that it stands for. */
async function bytesOf(api: OpenaiStandIn, { pictures }: ProviderResult): Promise<Buffer[]> {
  return Promise.all(
    pictures.map(async (it) =>
      it.kind === 'bytes' ? Buffer.from(it.bytes) : api.pictureBytes(it.url),
    ),
  );
}

describe.each(servers)('a request to %s', (server) => {
  test('is one call, answered with as many pictures as asked for, each counted', async () => {
    const { api, provider } = await start(server);
    const result = await generate(provider, { images: 2 });
    expect(result).toMatchObject({ providerCost: 2, warnings: [] });
    expect(result.requestId).toBe(api.requests[0]?.requestId);
    expect(api.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /v1/images/generations',
    ]);
    const id = api.requests[0]?.requestId ?? '';
    const expected = [await api.pictureBytes(id, 0), await api.pictureBytes(id, 1)];
    expect(await bytesOf(api, result)).toEqual(expected);
    expect(api.books.totalCost).toBe(2);
  });

  test('paints a square where no ratio is asked for, and the ratio where one is', async () => {
    const { api, provider } = await start(server);
    const square = await generate(provider);
    const wide = await generate(provider, { aspect: '3:2', given: ['aspect'] });
    expect(square.used).toEqual({ width: 1024, height: 1024 });
    const { width = 0, height = 0 } = wide.used;
    expect(width / height).toBeCloseTo(1.5, 1);
    expect(api.orders.map((it) => [it.width, it.height])).toEqual([
      [1024, 1024],
      [width, height],
    ]);
  });

  test('carries the words of a style', async () => {
    const { api, provider } = await start(server);
    const style = { kind: 'guild', name: 'ink', text: 'ink of {prompt}', negative: '' } as const;
    await generate(provider, { prompt: 'a stone', style });
    expect(api.orders[0]?.prompt).toBe('ink of a stone');
  });

  test('takes fewer pictures, or more, as they come', async () => {
    const { api, provider } = await start(server);
    api.faults.next({ kind: 'makes', images: 1 });
    const fewer = await generate(provider, { images: 3 });
    api.faults.next({ kind: 'makes', images: 4 });
    const more = await generate(provider, { images: 3 });
    expect([fewer.pictures.length, fewer.providerCost]).toEqual([1, 1]);
    expect([more.pictures.length, more.providerCost]).toEqual([3, 4]);
  });

  test('takes pictures by address and as bytes from one answer', async () => {
    const { api, provider } = await start(server, { pictureForm: 'mixed' });
    const result = await generate(provider, { images: 2 });
    expect(result.pictures.map(({ kind }) => kind)).toEqual(['bytes', 'address']);
    expect(await bytesOf(api, result)).toHaveLength(2);
  });

  test('is let through by check() with the right key, and not with a wrong one', async () => {
    const { api, provider } = await start(server, { key: 'sesame' });
    await provider.check(new AbortController().signal);
    const wrong = openaiOf(api, { apiKey: 'open' });
    open.push(wrong);
    await expect(wrong.check(new AbortController().signal)).rejects.toMatchObject({
      kind: 'unauthorized',
    });
  });

  test('is let through by check() where there is no list of models', async () => {
    const { api, provider } = await start(server, { listsModels: false });
    await provider.check(new AbortController().signal);
    expect(api.requests.map(({ path, status }) => [path, status])).toEqual([['/v1/models', 404]]);
  });
});

describe('what was used', () => {
  test('is the size that the answer tells, with a warning where it is another', async () => {
    const { api, provider } = await start('openai');
    api.faults.next({ kind: 'field', path: 'size', value: '1536x1024' });
    const result = await generate(provider);
    expect(result.used).toEqual({ width: 1536, height: 1024 });
    expect(result.warnings).toEqual(['size-changed']);
  });

  test('is the text that DALL·E 3 made of the prompt', async () => {
    const { api, provider } = await start('openai', {}, { models: ['dall-e-3'] });
    const rewritten = await generate(provider, { prompt: 'a stone' });
    expect(rewritten.used.prompt).toBe('a stone, in soft light');
    expect(rewritten.warnings).toEqual(['prompt-rewritten']);
    api.settings.rewrites = false;
    expect(await generate(provider, { prompt: 'a stone' })).toMatchObject({ warnings: [] });
  });

  test('leaves out what a style does not want where the model cannot be told', async () => {
    const style = { kind: 'guild', name: 'dry', text: '', negative: 'rain' } as const;
    for (const [server, warnings] of [
      ['openai', ['style-negative-left-out']],
      ['sd-cpp', ['style-negative-left-out']],
      ['localai', []],
      ['vllm-omni', []],
    ] as const) {
      const { provider } = await start(server);
      expect((await generate(provider, { style })).warnings, server).toEqual(warnings);
    }
  });
});

describe('an address', () => {
  test('of OpenAI’s lives for an hour', async () => {
    const { provider } = await start(
      'openai',
      { pictureForm: 'address' },
      { clock: { ...createShiftedClock(), now: () => 1_000_000 } },
    );
    const { pictures } = await generate(provider);
    expect(pictures).toMatchObject([{ kind: 'address', expiresAt: 4_600_000 }]);
  });

  test('of LocalAI’s is on its own host, which is trusted', async () => {
    const { api, provider } = await start('localai', { pictureForm: 'address' });
    const [picture] = (await generate(provider)).pictures;
    expect(picture).toMatchObject({ kind: 'address', expiresAt: null });
    const url = picture?.kind === 'address' ? picture.url : '';
    expect(url).toContain('/generated-images/');
    expect(provider.trustedHosts).toEqual([new URL(url).host]);
    expect((await fetch(url)).status).toBe(200);
    expect(api.downloads).toHaveLength(1);
  });

  test('of OpenAI itself makes nothing trusted', async () => {
    const provider = openaiAt('https://api.openai.com/v1', { apiKey: 'sk-1' });
    open.push(provider);
    expect(provider.trustedHosts).toEqual([]);
  });
});
