import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect } from 'vitest';
import { createShiftedClock } from '../../../src/playground/clock.ts';
import { listen } from '../listen.ts';
import { answer, startScriptedApi } from '../scripted-api.ts';
import { expectLost, expectUnknown } from './expectations.ts';
import { onRig, timeoutMs } from './rig.ts';
import { spoil, type Subject } from './subject.ts';

/** What never reached anybody made nothing, and may be tried again; what may have, may not. */
export function reachingCases(subject: Subject): void {
  const test = onRig(subject);

  test('nobody listens: tried three times, nothing made', async ({ rig }) => {
    const provider = rig.open({ apiUrl: `http://127.0.0.1:${await unusedPort()}/v1` });
    expect(await rig.failure({ provider })).toMatchObject({
      kind: 'unavailable',
      outcome: 'nothing-made',
      status: undefined,
    });
    expect(rig.clock.pausesMs.slice(-2)).toEqual([200, 800]);
  });

  test('its name is nowhere: nothing made', async ({ rig }) => {
    // No name may have so long a part, so nobody needs to be asked for it.
    const provider = rig.open({ apiUrl: `http://${'a'.repeat(64)}.invalid/v1` });
    const error = await rig.failure({ provider });
    expect(error).toMatchObject({ kind: 'unavailable', outcome: 'nothing-made' });
  });

  test('it speaks no TLS: nothing made', async ({ rig }) => {
    const server = createServer((socket) => socket.end('HTTP/1.1 400 Bad\r\n\r\n'));
    const port = await listen(server);
    const provider = rig.open({ apiUrl: `https://127.0.0.1:${port}/v1` });
    const error = await rig.failure({ provider });
    expect(error).toMatchObject({ kind: 'unavailable', outcome: 'nothing-made' });
    server.close();
  });

  test('somebody listens at the next try: it is posted once', async ({ rig }) => {
    const posts: string[] = [];
    const api = await startScriptedApi(({ method, socket }) => {
      if (method === 'POST') posts.push(method);
      socket.end(answer(422, '{}'));
    });
    const { port } = api;
    await api.close();
    const server = createServer((socket) => {
      socket.once('data', () => {
        posts.push('POST');
        socket.end(answer(422, '{}'));
      });
      socket.on('error', () => undefined);
    });
    const clock = {
      ...rig.clock,
      setTimer(run: () => void, afterMs: number): () => void {
        if (afterMs !== 200) return rig.clock.setTimer(run, afterMs);
        server.listen(port, '127.0.0.1', run);
        return () => undefined;
      },
    };
    const provider = rig.open({ apiUrl: `http://127.0.0.1:${port}/v1`, clock });
    const error = await rig.failure({ provider });
    expect(error).toMatchObject({ kind: 'invalid', outcome: 'nothing-made' });
    expect(posts).toEqual(['POST']);
    server.close();
  });

  test('nobody listens, and the call is ended between two tries: nothing made', async ({ rig }) => {
    const caller = new AbortController();
    const clock = {
      ...rig.clock,
      setTimer(run: () => void, afterMs: number): () => void {
        if (afterMs === 200) caller.abort(new Error('enough'));
        return rig.clock.setTimer(run, afterMs);
      },
    };
    const apiUrl = `http://127.0.0.1:${await unusedPort()}/v1`;
    const provider = rig.open({ apiUrl, clock });
    const error = await rig.failure({ provider, signal: caller.signal });
    expect(error).toMatchObject({ kind: 'cancelled', outcome: 'nothing-made' });
  });

  test('nobody listens up to its limit: nothing made', async ({ rig }) => {
    const clock = createShiftedClock();
    const apiUrl = `http://127.0.0.1:${await unusedPort()}/v1`;
    const provider = rig.open({ apiUrl, clock });
    const failed = rig.failure({ provider });
    clock.advance(timeoutMs + 1);
    expect(await failed).toMatchObject({ kind: 'timeout', outcome: 'nothing-made' });
  });

  test('it hangs up before it reads: nobody can tell', async ({ rig }) => {
    spoil(rig.standIn, { at: 'post' }, { kind: 'cut', when: 'before-reading' });
    expectUnknown(rig, await rig.failure(), ['unavailable']);
    expect(rig.standIn.books.totalCost).toBe(0);
  });

  test('it hangs up before it makes anything: nobody can tell', async ({ rig }) => {
    spoil(rig.standIn, { at: 'post' }, { kind: 'cut', when: 'before-charging' });
    expectUnknown(rig, await rig.failure(), ['unavailable']);
    expect(rig.standIn.books.totalCost).toBe(0);
  });

  test('it hangs up when all is made: found where that can be', async ({ rig }) => {
    spoil(rig.standIn, { at: 'post' }, { kind: 'cut', when: 'after-charging' });
    await expectLost(rig, ['unavailable']);
    expect(rig.standIn.books.totalCost).toBe(1);
  });

  test.for([
    ['resets the connection', undefined],
    ['speaks no HTTP', 'SSH-2.0-OpenSSH_9.9\r\n'],
    ['breaks off in a chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nff\r\n{"a'],
    ['names a length that is none', 'HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n{}'],
  ] as const)('it %s: nobody can tell', async ([, said], { rig }) => {
    const api = await startScriptedApi(({ method, socket }) => {
      if (method === 'GET') socket.end(answer(404));
      else if (said === undefined) socket.resetAndDestroy();
      else socket.end(said);
    });
    const provider = rig.open({ apiUrl: `${api.url}/v1` });
    const error = await rig.failure({ provider });
    expect(error).toMatchObject({ kind: 'unavailable', outcome: 'unknown' });
    expect(api.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
    await api.close();
  });

  test('its key is looked at at no cost', async ({ rig }) => {
    await rig.provider.check(new AbortController().signal);
    expect(rig.posts()).toEqual([]);
    expect(rig.standIn.books.totalCost).toBe(0);
  });

  test('its key is looked at, and is not a good one', async ({ rig }) => {
    const provider = rig.open({ apiKey: subject.strangersKey });
    await expect(provider.check(new AbortController().signal)).rejects.toMatchObject({
      name: 'ProviderError',
      kind: 'unauthorized',
    });
  });

  test('its key is looked at while nobody listens', async ({ rig }) => {
    const provider = rig.open({ apiUrl: `http://127.0.0.1:${await unusedPort()}/v1` });
    await expect(provider.check(new AbortController().signal)).rejects.toMatchObject({
      name: 'ProviderError',
      kind: 'unavailable',
    });
  });

  test('it names its account alike for one key, and never by the key', async ({ rig }) => {
    const other = rig.open({ apiKey: subject.strangersKey });
    expect(rig.open().account).toBe(rig.provider.account);
    expect(other.account).not.toBe(rig.provider.account);
    expect(rig.provider.account).toMatch(/^[\w.:/-]{3,100}$/);
    expect(rig.provider.account).not.toContain(rig.standIn.key);
  });
}

async function unusedPort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  server.close();
  await once(server, 'close');
  return port;
}
