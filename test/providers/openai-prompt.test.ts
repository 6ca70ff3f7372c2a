import * as fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { takeExtraArgs, takeLoras } from '../../src/playground/openai/tags.ts';
import { writeOpenaiOrder } from '../../src/providers/openai/openai-body.ts';
import { openaiModels } from '../../src/providers/openai/openai-model.ts';
import { withoutBar, withoutTags } from '../../src/providers/openai/openai-prompt.ts';
import { bodyOf, failure, generate, plain, startBoth } from './openai-calls.ts';

const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

async function start(...args: Parameters<typeof startBoth>): ReturnType<typeof startBoth> {
  const both = await startBoth(...args);
  open.push(both.provider, both.api);
  return both;
}

/** Pieces of commands, whole ones and ordinary words, in any order. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '<sd_cpp_extra_args>',
        '</sd_cpp_extra_args>',
        '<SD_CPP_Extra_Args >',
        '< / sd_cpp_extra_args>',
        '<sd_cpp_',
        'extra_args>',
        '{"seed":666,"width":64,"height":64}',
        '<lora:evil:1>',
        '<LoRA : evil : 1>',
        '<lora:',
        'evil:1>',
        '<',
        '>',
        '/',
        '|',
        '\n',
        '\u00a0',
        ' a cat ',
      ),
      fc.string({ maxLength: 5 }),
    ),
    { maxLength: 14 },
  )
  .map((parts) => parts.join(''));

describe('a prompt for a server that reads commands in it', () => {
  test('has none of any spelling, however its pieces are put together', () => {
    fc.assert(
      fc.property(hostile, (prompt) => {
        const sent = withoutTags(prompt);
        expect(sent).not.toMatch(/[<>]/);
        expect(takeExtraArgs(sent)).toEqual({ prompt: sent, args: '' });
        expect(takeLoras(sent)).toEqual({ prompt: sent, loras: [] });
        expect(withoutTags(sent)).toBe(sent);
        expect(withoutBar(sent).split('|')).toHaveLength(1);
      }),
      { numRuns: 2000 },
    );
  });

  test('keeps every word that belongs to no command', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[^<>|]*$/), (prompt) => {
        expect(withoutTags(prompt)).toBe(prompt.trim());
        expect(withoutBar(prompt)).toBe(prompt);
      }),
    );
  });

  test.each([
    ['a cat <sd_cpp_extra_args>{"seed":6}</sd_cpp_extra_args>', 'a cat'],
    ['a <sd_cpp_extra_args>{"seed":6}\n</SD_CPP_EXTRA_ARGS>cat', 'a cat'],
    ['a <sd_cpp_<sd_cpp_extra_args>extra_args>cat', 'a cat'],
    ['a <lora:evil:1>cat', 'a cat'],
    ['I <3 cats, 2 > 1', 'I ‹3 cats, 2 › 1'],
  ])('%j goes out as %j', (prompt, sent) => {
    expect(withoutTags(prompt)).toBe(sent);
  });
});

const attack =
  'a cat <sd_cpp_extra_args>{"seed":666,"width":64,"height":64,"batch_count":9}</sd_cpp_extra_args>' +
  '<lora:evil:1>|with a bar';

describe('a member who writes commands', () => {
  test('would be obeyed by sd.cpp, if they came through', async () => {
    const { api } = await start('sd-cpp');
    await fetch(`${api.apiUrl}/images/generations`, {
      method: 'POST',
      body: JSON.stringify({ prompt: attack }),
    });
    expect(api.orders).toMatchObject([{ seed: 666, width: 64, images: 9, loras: ['evil'] }]);
  });

  test.each(['sd-cpp', 'localai'] as const)('is not obeyed by %s', async (server) => {
    const { api, provider } = await start(server);
    const style = {
      kind: 'guild',
      name: 'x',
      text: `${attack} {prompt}`,
      negative: attack,
    } as const;
    await generate(provider, { prompt: attack, style, negative: attack });
    expect(api.orders).toMatchObject([
      { seed: undefined, width: 1024, height: 1024, images: 1, loras: [] },
    ]);
    const [order] = api.orders;
    expect(order?.prompt).toBe('a cat /with a bar a cat /with a bar');
    expect(order?.negative).toBe(server === 'sd-cpp' ? '' : 'a cat /with a bar, a cat /with a bar');
  });

  test('is told so where nothing else was in the prompt', async () => {
    const { api, provider } = await start('sd-cpp');
    expect(await failure(provider, { prompt: '<lora:evil:1>' })).toMatchObject({
      kind: 'invalid',
      outcome: 'nothing-made',
      detail: 'the prompt is empty',
    });
    expect(api.requests).toHaveLength(0);
  });

  test.each(['openai', 'vllm-omni'] as const)(
    'is not obeyed by what stands behind a server that says it is %s',
    async (server) => {
      const { api, provider } = await start(server);
      await generate(provider, { prompt: attack });
      expect(bodyOf(api)).toMatchObject({ prompt: 'a cat /with a bar' });
    },
  );

  test('is taken by his word at OpenAI itself, which reads no commands', () => {
    const options = { server: 'openai', models: [], sidePixels: 1024, unfiltered: false } as const;
    const request = { ...plain, prompt: attack };
    for (const [atOpenai, prompt] of [
      [true, attack],
      [false, 'a cat /with a bar'],
    ] as const)
      for (const model of openaiModels({ ...options, atOpenai }))
        expect(writeOpenaiOrder(request, model).body).toMatchObject({ prompt });
  });
});
