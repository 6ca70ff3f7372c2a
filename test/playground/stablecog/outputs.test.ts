import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createShiftedClock, type ShiftedClock } from '../../../src/playground/clock.ts';
import { startStablecog, type Stablecog } from '../../../src/playground/stablecog/stablecog.ts';
import { ask, get, outputs } from './ask.ts';

const sdxl = '8002bc51-7260-468f-8840-cf1e6dbe3f8a';

let api: Stablecog;
let clock: ShiftedClock;

/** Three generations, two pictures each, a second apart: red, green (SDXL, 512 wide), blue. */
beforeEach(async () => {
  clock = createShiftedClock();
  api = await startStablecog({ clock, latencyMs: 0, windows: 'off', pictures: 'small' });
  await ask(api, { prompt: 'a red boat', seed: 1 });
  clock.advance(1_000);
  await ask(api, { prompt: 'a green boat', seed: 2, model_id: sdxl, width: 512, height: 512 });
  clock.advance(1_000);
  await ask(api, { prompt: 'blue', seed: 3, negative_prompt: 'sea' });
});

afterEach(() => api.close());

async function prompts(query = ''): Promise<string[]> {
  const page = await outputs(api, query);
  return page.outputs.map(({ generation }) => generation.prompt.text);
}

const red = ['a red boat', 'a red boat'];
const green = ['a green boat', 'a green boat'];
const blue = ['blue', 'blue'];

describe('the list of outputs', () => {
  test('has the newest first, each with its generation', async () => {
    const page = await outputs(api);
    expect(page.total).toBe(6);
    expect(page.next).toBeUndefined();
    expect(page.outputs.map((it) => it.generation.seed)).toEqual([3, 3, 2, 2, 1, 1]);
    expect(page.outputs[0]?.image_url).toBe(api.generations[2]?.outputs[1]?.url);
    expect(page.outputs[0]?.generation.outputs).toHaveLength(2);
    expect((await get(api, '/v1/image/generation/outputs')).json).toMatchObject({
      outputs: [
        { generation: { negative_prompt: { text: 'sea' }, guidance_scale: 7 } },
        {},
        {},
        {},
        {},
        {},
      ],
    });
  });

  test('lets through what the parameters ask for', async () => {
    const between = new Date(clock.now() - 1_500).toISOString();
    expect(await prompts('?order=asc')).toEqual([...red, ...green, ...blue]);
    expect(await prompts(`?model_ids=${sdxl}`)).toEqual(green);
    expect(await prompts(`?start_dt=${between}`)).toEqual([...blue, ...green]);
    expect(await prompts(`?end_dt=${between}`)).toEqual(red);
    expect(await prompts('?widths=512,256&min_height=512&max_guidance_scale=7')).toEqual(green);
    expect(await prompts('?was_auto_submitted=false')).toEqual([]);
    expect(await prompts('?whatever=1&upscaled=not&is_favorited=false')).toHaveLength(6);
  });

  test('goes on at the cursor, which is the time of the last generation', async () => {
    const first = await outputs(api, '?per_page=2');
    expect(first.outputs.map((it) => it.generation.seed)).toEqual([3, 3]);
    const second = await outputs(api, `?per_page=2&cursor=${first.next}`);
    expect(second.outputs.map((it) => it.generation.seed)).toEqual([2, 2]);
    expect(second.total).toBeUndefined();
    const last = await outputs(api, `?per_page=2&cursor=${second.next}`);
    expect(last.outputs.map((it) => it.generation.seed)).toEqual([1, 1]);
    expect(last.next).toBeUndefined();
  });

  test('loses the rest of a generation that lies across the end of a page', async () => {
    const first = await outputs(api, '?per_page=3');
    expect(first.outputs.map((it) => it.generation.seed)).toEqual([3, 3, 2]);
    const second = await outputs(api, `?per_page=3&cursor=${first.next}`);
    expect(second.outputs.map((it) => it.generation.seed)).toEqual([1, 1]);
  });

  test('can be searched by words, with a number as the cursor', async () => {
    const first = await outputs(api, '?search=green%20boat&per_page=3');
    expect(first.outputs.map((it) => it.generation.seed)).toEqual([2, 2, 1]);
    expect([first.total, first.next]).toEqual([4, 3]);
    const second = await outputs(api, '?search=green%20boat&per_page=3&cursor=3');
    expect(second.outputs.map((it) => it.generation.seed)).toEqual([1]);
  });

  test.each([
    'per_page=x',
    'per_page=0',
    'per_page=301',
    'cursor=yesterday',
    'search=boat&cursor=2026-01-01T00:00:00Z',
    'order=up',
    'order_by=size',
    'model_ids=sdxl',
    'start_dt=2026-01-01',
    'min_width=wide',
  ])('refuses %s', async (query) => {
    expect((await get(api, `/v1/image/generation/outputs?${query}`)).status).toBe(400);
  });

  test('has nothing of what was refused, given back or never finished', async () => {
    await ask(api, { prompt: 'forbidden' });
    api.faults.next({ kind: 'status', status: 500 });
    await ask(api, { prompt: 'failed' });
    expect((await outputs(api)).total).toBe(6);
  });
});
