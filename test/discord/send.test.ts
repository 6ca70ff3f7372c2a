import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { Agent } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { send } from '../../src/discord/send.ts';

let server: Server;
let agent: Agent;

beforeEach(() => {
  agent = new Agent();
});
afterEach(async () => {
  await agent.destroy();
  server?.close();
});

/** A server that answers so; returns its address. */
async function answering(listener: RequestListener): Promise<string> {
  server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}/`;
}

/** Promises more than it sends. */
const cut =
  (status: number): RequestListener =>
  (_, response) => {
    response.writeHead(status, { 'content-length': '100', 'retry-after': '1' });
    response.write('half', () => response.destroy());
  };

describe('a request to Discord', () => {
  it('brings back what discord.js reads', async () => {
    const url = await answering((request, response) => {
      response.writeHead(201, { 'content-type': 'application/json', 'x-said': request.method });
      request.pipe(response);
    });
    const answer = await send(agent, url, { method: 'POST', body: '{"a":"ä"}' });
    expect([answer.status, answer.ok, answer.headers.get('X-Said')]).toEqual([201, true, 'POST']);
    expect(await answer.json()).toEqual({ a: 'ä' });
    expect(await answer.text()).toBe('{"a":"ä"}');
    expect(Buffer.from(await answer.arrayBuffer()).toString()).toBe('{"a":"ä"}');
  });

  it('brings back an answer without a body', async () => {
    const url = await answering((_, response) => response.writeHead(204).end());
    const answer = await send(agent, url, { method: 'POST' });
    expect([answer.status, answer.ok, await answer.text()]).toEqual([204, true, '']);
  });

  it('is given up the moment its signal says so, also before there is a connection', async () => {
    const connecting = Promise.withResolvers<undefined>();
    const never = new Agent({ connect: () => connecting.resolve(undefined) });
    const controller = new AbortController();
    const sent = send(never, 'http://127.0.0.1:1/', { signal: controller.signal });
    await connecting.promise;
    const reason = new Error('too late');
    controller.abort(reason);
    await expect(sent).rejects.toBe(reason);
    await expect(send(never, 'http://127.0.0.1:1/', { signal: controller.signal })).rejects.toBe(
      reason,
    );
    await never.destroy();
  });

  it.each([429, 500, 502])(
    'with status %i is told of as it is, even if it was cut',
    async (status) => {
      const answer = await send(agent, await answering(cut(status)), { method: 'POST' });
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([status, '1']);
    },
  );

  it.each([200, 400])('with status %i that was cut is no answer', async (status) => {
    await expect(send(agent, await answering(cut(status)), {})).rejects.toThrow('was cut');
  });

  it('does not take a redirection for an answer', async () => {
    const url = await answering((_, response) => response.writeHead(302, { location: '/' }).end());
    await expect(send(agent, url, {})).rejects.toThrow('redirected (302)');
  });
});
