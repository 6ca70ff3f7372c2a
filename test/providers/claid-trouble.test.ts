import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ProviderError, type Provider } from '../../src/domain/provider.ts';
import { createShiftedClock, type ShiftedClock } from '../../src/playground/clock.ts';
import { createClaid } from '../../src/providers/claid.ts';
import { createHurriedClock, type HurriedClock } from './hurried-clock.ts';
import { listen } from './listen.ts';
import { answer, startScriptedApi, type ScriptedApi } from './scripted-api.ts';

const timeoutMs = 120_000;
const body = JSON.stringify({
  data: { output: [{ tmp_url: 'https://pictures.example/1.png' }], profiling: {} },
});

const request = { model: 'claid', prompt: 'a stone', images: 1, given: [] };

let api: ScriptedApi;
const providers: Provider[] = [];

function start(clock: HurriedClock | ShiftedClock, apiUrl = `${api.url}/v1`): Provider {
  const provider = createClaid({ apiKey: 'key', apiUrl, windows: [], timeoutMs, clock });
  providers.push(provider);
  return provider;
}

async function failure(
  provider: Provider,
  signal: AbortSignal = new AbortController().signal,
): Promise<ProviderError> {
  const call = { signal, record: () => Promise.resolve(), onLimits: () => undefined };
  const error: unknown = await provider.generate(request, call).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ProviderError)) throw new Error('no ProviderError', { cause: error });
  return error;
}

beforeEach(async () => {
  api = await startScriptedApi();
});

afterEach(async () => {
  await api.close();
  await Promise.all(providers.splice(0).map((provider) => provider.close()));
});

describe('an answer that is cut', () => {
  const whole = answer(200, body, { 'x-request-id': 'r-3' });
  const headers = whole.length - body.length;
  const places = [
    ...Array.from({ length: 15 }, (_, index) => Math.round((headers * index) / 15)),
    headers - 1,
    headers,
    headers + 1,
    ...Array.from({ length: 21 }, (_, index) =>
      Math.round(headers + 2 + ((body.length - 4) * index) / 21),
    ),
    whole.length - 1,
  ];

  test.each(places)(
    'after %i bytes leaves open what was made, and is not asked for again',
    async (at) => {
      api.script = ({ socket }) => socket.end(whole.subarray(0, at));
      const error = await failure(start(createHurriedClock()));
      expect(error).toMatchObject({ kind: 'unavailable', outcome: 'unknown' });
      expect(error.status).toBe(at < headers ? undefined : 200);
      expect(error.requestId).toBe(at < headers ? undefined : 'r-3');
      expect(api.requests).toHaveLength(1);
    },
  );

  test('by a reset leaves open what was made', async () => {
    api.script = ({ socket }) => socket.resetAndDestroy();
    expect(await failure(start(createHurriedClock()))).toMatchObject({
      kind: 'unavailable',
      outcome: 'unknown',
    });
    expect(api.requests).toHaveLength(1);
  });

  test('in the middle of a chunk leaves open what was made', async () => {
    api.script = ({ socket }) =>
      socket.end(`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nff\r\n${body}`);
    expect(await failure(start(createHurriedClock()))).toMatchObject({
      kind: 'unavailable',
      outcome: 'unknown',
    });
  });

  test('that is no HTTP leaves open what was made', async () => {
    api.script = ({ socket }) => socket.end('SSH-2.0-OpenSSH_9.9\r\n');
    expect(await failure(start(createHurriedClock()))).toMatchObject({
      kind: 'unavailable',
      outcome: 'unknown',
    });
    expect(api.requests).toHaveLength(1);
  });
});

describe('an answer that does not come in time', () => {
  test.each([
    ['nothing of it', 0],
    ['a half of its headers', 20],
    ['all but its last byte', -1],
  ])('ends the call at the limit, of which came %s', async (_, at) => {
    const clock = createShiftedClock();
    const whole = answer(200, body);
    const failed = failure(start(clock));
    const seen = await api.next();
    await new Promise<void>((resolve) => {
      seen.socket.write(whole.subarray(0, at), () => resolve());
    });
    clock.advance(timeoutMs + 1);
    expect(await failed).toMatchObject({ kind: 'timeout', outcome: 'unknown' });
    await seen.closed;
    expect(api.requests).toHaveLength(1);
  });

  test('is waited for up to the limit', async () => {
    const clock = createShiftedClock();
    const provider = createClaid({
      apiKey: 'key',
      apiUrl: `${api.url}/v1`,
      windows: [],
      timeoutMs: 1_000_000,
      clock,
    });
    providers.push(provider);
    const made = provider.generate(request, {
      signal: new AbortController().signal,
      record: () => Promise.resolve(),
      onLimits: () => undefined,
    });
    const seen = await api.next();
    clock.advance(999_000);
    seen.socket.write(answer(200, body));
    expect((await made).pictures).toHaveLength(1);
  });
});

describe('a call that its caller ends', () => {
  test('after it was sent leaves open what was made, and closes the connection', async () => {
    const caller = new AbortController();
    const failed = failure(start(createHurriedClock()), caller.signal);
    const seen = await api.next();
    caller.abort(new Error('shutting down'));
    expect(await failed).toMatchObject({ kind: 'cancelled', outcome: 'unknown' });
    await seen.closed;
  });

  test('before it was sent made nothing', async () => {
    const error = await failure(start(createHurriedClock()), AbortSignal.abort());
    expect(error).toMatchObject({ kind: 'cancelled', outcome: 'nothing-made' });
    expect(api.requests).toHaveLength(0);
  });

  test('between two tries to connect made nothing', async () => {
    const clock = createHurriedClock();
    const caller = new AbortController();
    const pausing: HurriedClock = {
      ...clock,
      setTimer(run, afterMs) {
        if (afterMs === 200) caller.abort();
        return clock.setTimer(run, afterMs);
      },
    };
    const provider = start(pausing, `http://127.0.0.1:${await unusedPort()}`);
    expect(await failure(provider, caller.signal)).toMatchObject({
      kind: 'cancelled',
      outcome: 'nothing-made',
    });
    expect(clock.pausesMs).toEqual([200]);
  });
});

describe('a call that reaches nobody', () => {
  test('is tried three times, and made nothing', async () => {
    const clock = createHurriedClock();
    const port = await unusedPort();
    const error = await failure(start(clock, `http://127.0.0.1:${port}/v1`));
    expect(error).toMatchObject({
      kind: 'unavailable',
      outcome: 'nothing-made',
      status: undefined,
    });
    expect(clock.pausesMs).toEqual([200, 800]);
  });

  test('for want of an address is tried three times, and made nothing', async () => {
    const clock = createHurriedClock();
    // No name may have so long a part, so nobody needs to be asked for it.
    const error = await failure(start(clock, `http://${'a'.repeat(64)}.invalid/v1`));
    expect(error).toMatchObject({ kind: 'unavailable', outcome: 'nothing-made' });
    expect(clock.pausesMs).toEqual([200, 800]);
  });

  test('because the other side speaks no TLS made nothing', async () => {
    api.script = () => undefined;
    const server = createServer((socket) => socket.end('HTTP/1.1 400 Bad\r\n\r\n'));
    const port = await listen(server);
    const error = await failure(start(createHurriedClock(), `https://127.0.0.1:${port}/v1`));
    expect(error).toMatchObject({ kind: 'unavailable', outcome: 'nothing-made' });
    server.close();
  });

  test('succeeds where somebody is there at the next try', async () => {
    const port = await unusedPort();
    const server = createServer((socket) => {
      socket.once('data', () => socket.write(answer(200, body)));
      socket.on('error', () => undefined);
    });
    const clock = createHurriedClock();
    const provider = start(
      {
        ...clock,
        setTimer(run, afterMs) {
          if (afterMs === timeoutMs) return () => undefined;
          server.listen(port, '127.0.0.1', run);
          return () => undefined;
        },
      },
      `http://127.0.0.1:${port}/v1`,
    );
    const result = await provider.generate(request, {
      signal: new AbortController().signal,
      record: () => Promise.resolve(),
      onLimits: () => undefined,
    });
    expect(result.pictures).toHaveLength(1);
    server.close();
  });

  test('gives up connecting at the limit, and made nothing', async () => {
    const clock = createShiftedClock();
    const port = await unusedPort();
    const failed = failure(start(clock, `http://127.0.0.1:${port}/v1`));
    clock.advance(timeoutMs + 1);
    expect(await failed).toMatchObject({ kind: 'timeout', outcome: 'nothing-made' });
  });
});

async function unusedPort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  server.close();
  await once(server, 'close');
  return port;
}
