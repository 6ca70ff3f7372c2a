import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createShiftedClock } from '../../src/playground/clock.ts';
import type { GenerateFault } from '../../src/playground/image-api/faults.ts';
import { sleep } from '../../src/schedule.ts';
import { answer, startScriptedApi } from './scripted-api.ts';
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

function generate(
  changes: Partial<typeof request> = {},
): ReturnType<Stage['provider']['generate']> {
  return stage.provider.generate({ ...request, ...changes }, stage.call());
}

/** The addresses of what was made last. */
function made(): unknown {
  return stage.api.generations.at(-1)?.outputs.map(({ url }) => ({
    kind: 'address',
    url,
    expiresAt: null,
  }));
}

describe('an answer that is lost', () => {
  test.each<readonly [string, GenerateFault]>([
    ['a proxy’s HTML 524', { kind: 'garbage', body: 'html' }],
    ['a proxy’s HTML 502', { kind: 'garbage', body: 'html', status: 502 }],
    ['a proxy’s HTML 499', { kind: 'garbage', body: 'html', status: 499 }],
    ['an HTML page as a 200', { kind: 'garbage', body: 'html', status: 200 }],
    ['JSON that breaks off', { kind: 'garbage', body: 'not-json' }],
    ['JSON of another shape', { kind: 'garbage', body: 'wrong-shape' }],
    ['an empty 200', { kind: 'garbage', body: 'empty' }],
    ['a cut without an answer', { kind: 'cut', when: 'after-charging' }],
    ['a cut in the headers', { kind: 'cut', when: 'after-charging', atByte: 30 }],
    ['a cut in the body', { kind: 'cut-in-body', atByte: 100 }],
    ['an answer that is too large', { kind: 'huge', bytes: 2_000_000, charged: true }],
    ['a packed answer', { kind: 'gzip', body: 'good' }],
    ['addresses that are none', { kind: 'field', path: 'outputs', value: [{ url: 'ftp://a/b' }] }],
  ])('by %s is made up for by the list of the account’s pictures', async (_, fault) => {
    stage.api.faults.next(fault);
    const result = await generate();
    expect(result.pictures).toEqual(made());
    expect(result).toMatchObject({
      providerCost: 2,
      used: { seed: 4711, guidance: 7, steps: 30, width: 1024, height: 1024 },
      warnings: [],
    });
    expect(stage.asked('/create')).toBe(1);
    expect(stage.api.books.totalCost).toBe(2);
  });

  test('of a job that goes on behind a 524 is looked for until the job is done', async () => {
    await restage({ api: { proxyTimeoutMs: 10_000 } });
    let finish = (): void => undefined;
    const until = new Promise<void>((resolve) => (finish = resolve));
    stage.api.faults.next({ kind: 'hold', until });
    stage.api.on('request', ({ path }) => {
      if (path.endsWith('/outputs') && stage.asked('/outputs') === 4) finish();
    });
    // The proxy's patience passes at once.
    const result = await generate();
    expect(result.pictures).toEqual(made());
    expect(stage.asked('/outputs')).toBeGreaterThanOrEqual(4);
    expect(stage.asked('/create')).toBe(1);
  });

  test('by our own time running out is looked for, too', async () => {
    const clock = createShiftedClock();
    await restage({ clock });
    const lookedFor = stage.api.next('request', ({ path }) => path.endsWith('/outputs'));
    stage.api.faults.next({ kind: 'hold', until: lookedFor });
    stage.api.faults.nextAt('outputs', { kind: 'hold', until: stage.api.next('charge') });
    const arrived = stage.api.next('request');
    const result = generate();
    await arrived;
    clock.advance(300_000);
    expect((await result).pictures).toEqual(made());
  });

  test('that never was one is given up 6 minutes after the request, looked for ever less often', async () => {
    stage.api.faults.next({ kind: 'cut', when: 'before-charging' });
    const startedAt = stage.clock.now();
    const times: number[] = [];
    stage.api.on('request', ({ path, at }) => {
      if (path.endsWith('/outputs')) times.push(at - startedAt);
    });
    const error = await failureOf(generate());
    expect(error).toMatchObject({ kind: 'unavailable', outcome: 'unknown' });
    expect(stage.clock.now() - startedAt).toBeGreaterThanOrEqual(360_000);
    expect(stage.clock.now() - startedAt).toBeLessThan(380_000);
    const pauses = times.slice(1).map((at, index) => Math.floor((at - (times[index] ?? 0)) / 1000));
    expect(pauses.slice(0, 6)).toEqual([1, 2, 4, 8, 15, 15]);
    expect(times.length).toBeLessThan(35);
    expect(stage.asked('/create')).toBe(1);
  });

  test('keeps what went wrong with it where nothing is found', async () => {
    await restage({ provider: { findWithinMs: 1 } });
    stage.api.faults.next({ kind: 'garbage', body: 'html', charged: false });
    expect(await failureOf(generate())).toMatchObject({
      kind: 'unavailable',
      outcome: 'unknown',
      status: 524,
    });
    stage.api.faults.next({ kind: 'garbage', body: 'empty', charged: false });
    expect(await failureOf(generate())).toMatchObject({ kind: 'protocol', outcome: 'unknown' });
  });

  test('is looked for at the deprecated path where the operator says so', async () => {
    await restage({ provider: { oldPaths: true } });
    stage.api.faults.next({ kind: 'cut', when: 'after-charging' });
    expect((await generate()).pictures).toEqual(made());
    expect(stage.asked('/v1/image/outputs')).toBe(1);
  });

  test('is looked for although the list fails for a while', async () => {
    stage.api.faults.next({ kind: 'cut', when: 'after-charging' });
    stage.api.faults.nextAt('outputs', { kind: 'status', status: 503 }, 6);
    stage.api.faults.nextAt('outputs', { kind: 'cut', when: 'before-reading' }, 2);
    stage.api.faults.nextAt('outputs', { kind: 'garbage', body: 'html', status: 200 });
    expect((await generate()).pictures).toEqual(made());
  });

  test('is not looked for with a key that the list does not accept', async () => {
    stage.api.faults.next({ kind: 'cut', when: 'after-charging' });
    stage.api.faults.nextAt('outputs', { kind: 'status', status: 401 });
    expect(await failureOf(generate())).toMatchObject({ kind: 'unavailable', outcome: 'unknown' });
    expect(stage.asked('/outputs')).toBe(1);
  });

  test('is not looked for where the request was refused, or not even sent', async () => {
    stage.api.faults.next({ kind: 'status', status: 400, message: 'nsfw_prompt' });
    await failureOf(generate());
    expect(stage.asked('/outputs')).toBe(0);
    await stage.api.close();
    expect(await failureOf(generate())).toMatchObject({
      kind: 'unavailable',
      outcome: 'nothing-made',
    });
  });
});

describe('what is found', () => {
  beforeEach(async () => {
    await restage({ provider: { findWithinMs: 60_000 } });
  });

  test.each<readonly [string, Partial<typeof request>]>([
    ['another seed', { seed: 4712 }],
    ['another model', { model: 'stablecog/sdxl' }],
    ['another size', { aspect: '16:9' }],
  ])('is never a generation of %s', async (_, changes) => {
    await generate(changes);
    stage.api.faults.next({ kind: 'cut', when: 'before-charging' });
    expect(await failureOf(generate())).toMatchObject({ outcome: 'unknown' });
  });

  test('is never a generation of other words with the seed that the member gave', async () => {
    const given = ['seed'] as const;
    await generate({ given, prompt: `${prompt}, again` });
    stage.api.faults.next({ kind: 'cut', when: 'before-charging' });
    expect(await failureOf(generate({ given }))).toMatchObject({ outcome: 'unknown' });
  });

  test('is known by its seed alone where the seed was drawn, since the list may show other words', async () => {
    stage.api.settings.translates = true;
    stage.api.faults.next({ kind: 'cut', when: 'after-charging' });
    expect((await generate()).pictures).toEqual(made());
    stage.api.faults.next({ kind: 'cut', when: 'after-charging' });
    expect(await failureOf(generate({ given: ['seed'], seed: 17 }))).toMatchObject({
      outcome: 'unknown',
    });
  });

  test('is never what was handed over for another request of the same words and seed', async () => {
    const first = await generate({ given: ['seed'] });
    stage.api.faults.next({ kind: 'cut', when: 'before-charging' });
    expect(await failureOf(generate({ given: ['seed'] }))).toMatchObject({ outcome: 'unknown' });
    stage.api.faults.next({ kind: 'cut', when: 'after-charging' });
    const second = await generate({ given: ['seed'] });
    expect(second.pictures).toEqual(made());
    expect(second.pictures).not.toEqual(first.pictures);
    stage.api.faults.next({ kind: 'cut', when: 'before-charging' });
    expect(await failureOf(generate({ given: ['seed'] }))).toMatchObject({ outcome: 'unknown' });
  });

  test('is never an earlier generation of the very same request', async () => {
    await generate();
    // Four pauses that pass at once.
    for (let pause = 0; pause < 4; pause += 1) await sleep(stage.clock, 15_000);
    stage.api.faults.next({ kind: 'cut', when: 'before-charging' });
    expect(await failureOf(generate())).toMatchObject({ outcome: 'unknown' });
    expect(stage.asked('/outputs')).toBeGreaterThan(3);
  });

  test('is handed over as far as it was asked for, at what it cost', async () => {
    stage.api.faults.next([
      { kind: 'makes', images: 3 },
      { kind: 'cut', when: 'after-charging' },
    ]);
    const result = await generate();
    const [first, second] = stage.api.generations[0]?.outputs ?? [];
    expect(result.pictures.map((it) => it.kind === 'address' && it.url)).toEqual([
      first?.url,
      second?.url,
    ]);
    expect(result.providerCost).toBe(3);
  });

  test('lies on a later page where others made much meanwhile', async () => {
    const pages = [
      { outputs: [row('a', 1)], next: '2026-01-01T00:00:00Z' },
      { outputs: [row('b', 4711, 1), row('b', 4711, 0)], next: 17 },
      { outputs: [row('c', 2)] },
    ];
    const api = await startScriptedApi(({ method, socket }) => {
      if (method === 'POST') socket.destroy();
      else socket.write(answer(200, JSON.stringify(pages[api.requests.length - 2])));
    });
    await restage({ provider: { apiUrl: api.url } });
    expect((await generate()).pictures.map((it) => it.kind === 'address' && it.url)).toEqual([
      'https://b.example/b0.jpeg',
      'https://b.example/b1.jpeg',
    ]);
    const queries = api.requests.slice(1).map(({ path }) => new URL(path, api.url).searchParams);
    expect(queries.map((query) => query.get('cursor'))).toEqual([
      null,
      '2026-01-01T00:00:00Z',
      '17',
    ]);
    expect(queries[0]?.get('model_ids')).toBe('0a99668b-45bd-4f7e-aa9c-f9aaa41ef13b');
    expect(queries[0]?.get('order')).toBe('desc');
    await api.close();
  });

  test('lies on a page of many and long rows', async () => {
    const long = {
      ...row('a', 1),
      words: 'x'.repeat(5000),
      parts: Array.from({ length: 60 }, () => 0),
    };
    const page = { outputs: [...Array.from({ length: 299 }, () => long), row('b', 4711)] };
    const api = await startScriptedApi(({ method, socket }) => {
      if (method === 'POST') socket.destroy();
      else socket.write(answer(200, JSON.stringify(page)));
    });
    await restage({ provider: { apiUrl: api.url } });
    expect((await generate()).pictures).toMatchObject([{ url: 'https://b.example/b0.jpeg' }]);
    await api.close();
  });

  test.each([
    ['no list', { total: 1 }],
    ['rows that cannot be read', { outputs: [null, 'x', { id: 1 }, { generation: {} }] }],
    [
      'a row without a seed',
      { outputs: [{ ...row('a', 4711), generation: { ...row('a', 1).generation, seed: '4711' } }] },
    ],
    ['a row of another model', { outputs: [otherModel(row('a', 4711))] }],
    ['a row without an address', { outputs: [{ ...row('a', 4711), image_url: 7 }] }],
  ])('is nothing of %s', async (_, body) => {
    const api = await startScriptedApi(({ method, socket }) => {
      if (method === 'POST') socket.destroy();
      else socket.write(answer(200, JSON.stringify(body)));
    });
    await restage({ provider: { apiUrl: api.url, findWithinMs: 1 } });
    expect(await failureOf(generate())).toMatchObject({ outcome: 'unknown' });
    expect(api.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
    await api.close();
  });
});

function row(
  name: string,
  seed: number,
  index = 0,
): { readonly image_url: string; readonly generation: Record<string, unknown> } {
  return {
    image_url: `https://b.example/${name}${index}.jpeg`,
    generation: {
      id: name,
      seed,
      prompt: { id: 'p', text: prompt },
      model_id: '0a99668b-45bd-4f7e-aa9c-f9aaa41ef13b',
      created_at: new Date(Date.now() + 3_600_000).toISOString(),
    },
  };
}

function otherModel(listed: ReturnType<typeof row>): ReturnType<typeof row> {
  const id = '8002bc51-7260-468f-8840-cf1e6dbe3f8a';
  return { ...listed, generation: { ...listed.generation, model_id: id } };
}

describe('after a restart', () => {
  test('what a dead process had sent is found by a new one', async () => {
    stage.api.faults.next({ kind: 'hold', until: new Promise(() => undefined), charged: true });
    const charged = stage.api.next('charge');
    const dead = new AbortController();
    const gone = failureOf(stage.provider.generate(request, stage.call(dead.signal)));
    await charged;
    dead.abort(new Error('killed'));
    expect(await gone).toMatchObject({ kind: 'cancelled', outcome: 'unknown' });
    const result = await stage.provider.find?.(request, stage.call());
    expect(result).toMatchObject({ pictures: made(), providerCost: 2, used: { seed: 4711 } });
    expect(stage.asked('/create')).toBe(1);
  });

  test('what was not made is looked for in vain, for 6 minutes', async () => {
    const startedAt = stage.clock.now();
    expect(await stage.provider.find?.(request, stage.call())).toBeUndefined();
    expect(stage.clock.now() - startedAt).toBeGreaterThanOrEqual(360_000);
  });

  test('a request without its seed, or of a model that is gone, is not taken for another', async () => {
    await generate();
    const { seed: _, ...without } = request;
    expect(await stage.provider.find?.(without, stage.call())).toBeUndefined();
    const gone = { ...request, model: 'stablecog/gone' };
    expect(await stage.provider.find?.(gone, stage.call())).toBeUndefined();
    const long = { ...request, prompt: 'x'.repeat(501) };
    expect(await stage.provider.find?.(long, stage.call())).toBeUndefined();
    expect(stage.asked('/outputs')).toBe(0);
  });
});

describe('the signal', () => {
  test('ends a call at once and closes its connection', async () => {
    stage.api.faults.next({ kind: 'hang' });
    const controller = new AbortController();
    const arrived = stage.api.next('request');
    const failed = failureOf(stage.provider.generate(request, stage.call(controller.signal)));
    await arrived;
    const ended = stage.api.next('end');
    controller.abort(new Error('stop'));
    expect(await failed).toMatchObject({ kind: 'cancelled', outcome: 'unknown' });
    expect((await ended).aborted).toBe(true);
    expect(stage.asked('/outputs')).toBe(0);
  });

  test('ends a search at once, in a pause and in a call', async () => {
    for (const fault of [[], [{ kind: 'hang' }]] as const) {
      await restage({ clock: createShiftedClock() });
      const controller = new AbortController();
      stage.api.faults.next({ kind: 'cut', when: 'before-charging' });
      stage.api.faults.nextAt('outputs', fault);
      const looking = stage.api.next(fault.length === 0 ? 'end' : 'request', ({ path }) =>
        path.endsWith('/outputs'),
      );
      const failed = failureOf(stage.provider.generate(request, stage.call(controller.signal)));
      await looking;
      controller.abort(new Error('stop'));
      expect(await failed).toMatchObject({ outcome: 'unknown' });
    }
  });
});
