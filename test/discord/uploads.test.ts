import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

// discord.js brings an undici of its own, the bot has another one, and Node a third. They share a slot
// on globalThis, and whoever is loaded first takes it: uploads then fail, depending on the order.

const script = fileURLToPath(new URL('upload.ts', import.meta.url));

/** Every order of three steps, of which the last one stands for Node's own undici being loaded. */
const orders = ['node:http', 'fetch'].flatMap((third) =>
  permutations(['discord.js', 'undici', third]).map((steps) => steps.join(',')),
);

let server: Server;
let apiUrl: string;
/** What arrived: the files' bytes by the client that sent them and the order. */
const arrived = new Map<string, Buffer[]>();

beforeAll(async () => {
  server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      const headers = { 'content-type': request.headers['content-type'] ?? '' };
      const form = await new Response(Buffer.concat(chunks), { headers }).formData();
      const parts = [...form.values()];
      const [payload = ''] = parts.filter((part) => typeof part === 'string');
      const { content } = JSON.parse(payload) as { content: string };
      const files = parts.filter((part) => typeof part !== 'string');
      const bytes = await Promise.all(
        files.map(async (file) => Buffer.from(await file.arrayBuffer())),
      );
      arrived.set(`${request.url?.split('/').at(-2)} ${content}`, bytes);
    })()
      .then(() => 200)
      .catch(() => 400)
      .then((status) => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end('{"id":"1"}');
      });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  apiUrl = `http://127.0.0.1:${address.port}/api`;
});
afterAll(() => {
  server.close();
});

/** How the uploads of a process went, by the client. */
async function upload(order: string): Promise<Record<string, string>> {
  const child = spawn(process.execPath, [script, apiUrl, order], {
    env: { NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [said, complaints] = await Promise.all([text(child.stdout), text(child.stderr)]);
  expect(complaints).toBe('');
  return JSON.parse(said) as Record<string, string>;
}

it('the bot’s client uploads in whatever order the libraries are loaded; a plain one does not', async () => {
  const waiting = [...orders];
  const outcomes = new Map<string, Record<string, string>>();
  const worker = async (): Promise<void> => {
    for (let order = waiting.pop(); order !== undefined; order = waiting.pop())
      outcomes.set(order, await upload(order));
  };
  await Promise.all([worker(), worker()]);

  const two = [Buffer.alloc(100_000, 1), Buffer.alloc(100_000, 2)];
  expect(outcomes.size).toBe(12);
  for (const order of orders) {
    expect(outcomes.get(order)?.['own'], order).toBe('sent');
    expect(arrived.get(`own ${order}`), order).toEqual(two);
  }
  // When every order works without it, discord.js has mended that, and client.ts needs no dispatcher of its own for it.
  const failed = orders.filter((order) => outcomes.get(order)?.['plain'] !== 'sent');
  expect(failed.length).toBeGreaterThan(0);
});

function permutations(items: readonly string[]): string[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item) =>
    permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
  );
}
