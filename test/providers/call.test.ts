import { once } from 'node:events';
import { createServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RateLimitReading } from '../../src/domain/pace.ts';
import { ProviderError } from '../../src/domain/provider.ts';
import { jsonOf, textOf } from '../../src/providers/answer-body.ts';
import { createCalls, type Calls, type CallsOptions } from '../../src/providers/call.ts';
import { createHurriedClock, type HurriedClock } from './hurried-clock.ts';
import { listen } from './listen.ts';
import { answer, startScriptedApi, type ScriptedApi } from './scripted-api.ts';

let api: ScriptedApi;
let clock: HurriedClock;
let calls: Calls;
const { signal } = new AbortController();

function start(options: Partial<CallsOptions> = {}): Calls {
  return createCalls({
    title: 'Easelry',
    apiUrl: `${api.url}/v9/`,
    apiKey: 'key-4711-secret',
    headers: { 'x-api-key': 'key-4711-secret' },
    timeoutMs: 60_000,
    clock,
    ...options,
  });
}

beforeEach(async () => {
  clock = createHurriedClock();
  api = await startScriptedApi(({ socket }) => socket.write(answer(200, '{"a":1}')));
  calls = start();
});

afterEach(async () => {
  await api.close();
  await calls.close();
});

async function failure(asked: Promise<unknown>): Promise<ProviderError> {
  const error: unknown = await asked.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ProviderError)) throw new Error('no ProviderError', { cause: error });
  return error;
}

/** Answers in turn; the last one again and again. */
function answerInTurn(...answers: readonly Buffer[]): void {
  const left = [...answers];
  api.script = ({ socket }) => {
    socket.end((left.length > 1 ? left.shift() : left[0]) ?? Buffer.alloc(0));
  };
}

describe('a request', () => {
  test('goes below the address, with the headers of all and its own, and nothing packed', async () => {
    await calls.post('/make', { prompt: 'a fox' }, { signal, headers: { 'x-more': 'yes' } });
    await calls.get('/list?page=2', { signal });
    const [post, get] = api.requests;
    expect(post).toMatchObject({ method: 'POST', path: '/v9/make', body: '{"prompt":"a fox"}' });
    expect(post?.headers).toMatchObject({
      'content-type': 'application/json',
      'x-api-key': 'key-4711-secret',
      'x-more': 'yes',
      'accept-encoding': 'identity',
    });
    expect(get).toMatchObject({ method: 'GET', path: '/v9/list?page=2', body: '' });
    expect(get?.headers).not.toHaveProperty('content-type');
  });

  test('tells of the pace only whom it is told to tell', async () => {
    answerInTurn(answer(200, '{}', { 'ratelimit-remaining': '3' }));
    const readings: RateLimitReading[] = [];
    await calls.get('/', { signal });
    await calls.get('/', { signal, onLimits: (reading) => readings.push(reading) });
    expect(readings).toMatchObject([{ remaining: 3 }]);
  });
});

describe('an answer', () => {
  test('comes as it is, whatever its status', async () => {
    answerInTurn(answer(302, '{"b":[2]}', { location: '/elsewhere', 'x-request-id': 'r-1' }));
    const got = await calls.post('/make', {}, { signal });
    expect(got).toMatchObject({ status: 302, method: 'POST', requestId: 'r-1' });
    expect(jsonOf(got)).toEqual({ b: [2] });
    expect(api.requests).toHaveLength(1);
  });

  test('loses its byte order mark, and is nothing where it is no JSON', async () => {
    answerInTurn(answer(200, '\ufeff{"a":"ä"}'), answer(200, '<html>'));
    expect(jsonOf(await calls.get('/', { signal }))).toEqual({ a: 'ä' });
    const html = await calls.get('/', { signal });
    expect([textOf(html), jsonOf(html)]).toEqual(['<html>', undefined]);
  });

  test.each(['gzip', 'br', 'GZIP, gzip', 'x-unheard-of'])(
    'in the encoding %s is neither unpacked nor read',
    async (encoding) => {
      answerInTurn(answer(200, gzipSync('{}'), { 'content-encoding': encoding }));
      const got = await calls.post('/make', {}, { signal });
      expect(got.body).toEqual({ kind: 'unread', why: 'encoded' });
      expect(textOf(got)).toBeUndefined();
      expect(calls.unreadable(got)).toMatchObject({ kind: 'protocol', outcome: 'unknown' });
      await api.requests[0]?.closed;
    },
  );

  test('whose encoding is none is read', async () => {
    answerInTurn(answer(200, '{"a":1}', { 'content-encoding': 'identity' }));
    expect(jsonOf(await calls.get('/', { signal }))).toEqual({ a: 1 });
  });

  test('is read up to the bound of the call, and no further', async () => {
    const bytes = Buffer.alloc(3_000_000, 'x');
    answerInTurn(answer(200, bytes));
    const whole = await calls.post('/make', {}, { signal, maxAnswerBytes: 3_000_000 });
    const short = await calls.post('/make', {}, { signal, maxAnswerBytes: 2_999_999 });
    const unbound = await calls.post('/make', {}, { signal });
    expect(textOf(whole)).toHaveLength(3_000_000);
    expect(short.body).toEqual({ kind: 'unread', why: 'too-large' });
    expect(unbound.body).toEqual({ kind: 'unread', why: 'too-large' });
  });
});

describe('a GET', () => {
  const good = answer(200, '{"a":1}');

  test.each([
    ['a 429', answer(429, 'Too Many Requests')],
    ['a 500', answer(500)],
    ['an HTML 524', answer(524, '<html>')],
    ['half an answer', good.subarray(0, 20)],
    ['all but the last byte', good.subarray(0, -1)],
    ['no answer', Buffer.alloc(0)],
  ])('is tried again after %s', async (_, bytes) => {
    answerInTurn(bytes, bytes, bytes, good);
    expect(jsonOf(await calls.get('/list', { signal }))).toEqual({ a: 1 });
    expect(api.requests).toHaveLength(4);
    expect(clock.pausesMs).toEqual([200, 800, 2500]);
  });

  test.each([200, 204, 302, 400, 401, 403, 404, 422])('is content with a %i', async (status) => {
    answerInTurn(answer(status));
    expect((await calls.get('/list', { signal })).status).toBe(status);
    expect(api.requests).toHaveLength(1);
  });

  test('gives the last answer where none is better', async () => {
    answerInTurn(answer(503), answer(503), answer(503), answer(502));
    expect((await calls.get('/list', { signal })).status).toBe(502);
    expect(api.requests).toHaveLength(4);
  });

  test('waits as long as it is told to, but not for ever', async () => {
    answerInTurn(
      answer(429, '', { 'retry-after': '4' }),
      answer(429, '', { 'retry-after': '12' }),
      good,
    );
    await calls.get('/list', { signal });
    expect(clock.pausesMs).toEqual([4000, 12_000]);
    expect(api.requests).toHaveLength(3);
  });

  test('does not wait for more than 30 s', async () => {
    answerInTurn(answer(429, '', { 'retry-after': '3600' }), good);
    const waitsMs: number[] = [];
    const patient = start({
      clock: {
        ...clock,
        setTimer(run, afterMs) {
          waitsMs.push(afterMs);
          return clock.setTimer(run, afterMs === 30_000 ? 0 : afterMs);
        },
      },
    });
    expect((await patient.get('/list', { signal, timeoutMs: 20_000 })).status).toBe(200);
    expect(waitsMs).toEqual([20_000, 30_000, 20_000]);
    await patient.close();
  });

  test('that reaches nobody is tried four times, and leaves open what a job made', async () => {
    const server = createServer();
    const port = await listen(server);
    server.close();
    await once(server, 'close');
    const lost = start({ apiUrl: `http://127.0.0.1:${port}` });
    expect(await failure(lost.get('/', { signal }))).toMatchObject({
      kind: 'unavailable',
      outcome: 'unknown',
    });
    expect(clock.pausesMs).toEqual([200, 800, 2500]);
    await lost.close();
  });

  test('that is cut short by its caller, at any time, ends at once', async () => {
    api.script = () => undefined;
    const before = await failure(calls.get('/', { signal: AbortSignal.abort() }));
    const caller = new AbortController();
    const during = failure(calls.get('/', { signal: caller.signal }));
    const seen = await api.next();
    caller.abort();
    const pausing = new AbortController();
    answerInTurn(answer(500));
    const resting = start({
      clock: {
        ...clock,
        setTimer(run, afterMs) {
          if (afterMs === 200) pausing.abort();
          return clock.setTimer(run, afterMs);
        },
      },
    });
    const between = await failure(resting.get('/', { signal: pausing.signal }));
    for (const error of [before, await during, between])
      expect(error).toMatchObject({ kind: 'cancelled', outcome: 'unknown' });
    await seen.closed;
    expect(api.requests).toHaveLength(2);
    await resting.close();
  });

  test('that hangs is given up after 30 s and tried again', async () => {
    const limits: (() => void)[] = [];
    const patient = start({
      clock: {
        ...clock,
        setTimer(run, afterMs) {
          if (afterMs === 30_000) limits.push(run);
          return clock.setTimer(run, afterMs);
        },
      },
    });
    api.script = () => undefined;
    const got = patient.get('/', { signal });
    const first = await api.next();
    answerInTurn(good);
    limits[0]?.();
    await first.closed;
    expect((await got).status).toBe(200);
    expect(api.requests).toHaveLength(2);
    await patient.close();
  });
});

describe('the error of an answer', () => {
  const asked = (status: number, method: 'get' | 'post' = 'post'): Promise<ProviderError> => {
    answerInTurn(answer(status));
    const got = method === 'get' ? calls.get('/', { signal }) : calls.post('/', {}, { signal });
    return got.then((it) => calls.rejected(it, { detail: 'No key-4711-secret\n here' }));
  };

  test.each([
    [400, 'invalid', 'nothing-made', 'No … here'],
    [401, 'unauthorized', 'nothing-made', undefined],
    [402, 'no-credits', 'nothing-made', undefined],
    [403, 'forbidden', 'nothing-made', undefined],
    [422, 'invalid', 'nothing-made', 'No … here'],
    [429, 'busy', 'nothing-made', undefined],
    [408, 'unavailable', 'unknown', undefined],
    [500, 'unavailable', 'unknown', undefined],
    [302, 'protocol', 'unknown', undefined],
  ])('of %i is %s and %s', async (status, kind, outcome, detail) => {
    const error = await asked(status);
    expect(error).toMatchObject({ kind, outcome, status, detail });
    expect(error.message).toBe(`Easelry answered ${status}`);
  });

  test.each([401, 404, 422, 500])('of a GET leaves open what was made, of %i too', async (status) =>
    expect((await asked(status, 'get')).outcome).toBe('unknown'),
  );

  test('is what the adapter knows better', async () => {
    answerInTurn(answer(400));
    const got = await calls.post('/', {}, { signal });
    const verdict = { kind: 'refused', detail: 'Not this.', note: 'nsfw_prompt' } as const;
    expect(calls.rejected(got, verdict)).toMatchObject({
      kind: 'refused',
      outcome: 'nothing-made',
      detail: 'Not this.',
      message: 'Easelry answered 400: nsfw_prompt',
    });
    expect(calls.rejected(got, { kind: 'unavailable', outcome: 'unknown' })).toMatchObject({
      kind: 'unavailable',
      outcome: 'unknown',
    });
  });
});
