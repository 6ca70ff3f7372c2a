import { createServer, connect } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import type { Pace } from '../../src/domain/pace.ts';
import type { Departure } from '../../src/pace/departures.ts';
import { Pacer } from '../../src/pace/pacer.ts';
import { RedisDepartures } from '../../src/pace/redis-departures.ts';
import { RedisLink } from '../../src/pace/redis-link.ts';
import { ruleOf } from '../../src/pace/rule.ts';
import { mustTake, paceOf } from './jobs.ts';
import { RedisKeys, redisAnswers, redisUrl } from './redis.ts';
import { claidWindows } from './simulation.ts';

// Where the tests run for everyone (CI=true) a missing Redis is a failure, not a reason to skip.
const mayRun = process.env.CI === 'true' || (await redisAnswers());
const rule = ruleOf(claidWindows);
const closing: (() => Promise<void> | void)[] = [];

interface Process {
  readonly departures: RedisDepartures;
  readonly warnings: string[];
}

function processOf(prefix: string, url = redisUrl, processes = 2): Process {
  const warnings: string[] = [];
  const clock = systemClock;
  const link = new RedisLink({
    clock,
    url,
    onWarning: (message) => {
      warnings.push(message);
    },
  });
  closing.push(() => link.close());
  const departures = new RedisDepartures({ clock, link, prefix, processes, earlier: [] });
  return { departures, warnings };
}

async function booked(of: Process): Promise<Departure> {
  const { departure } = await of.departures.book(rule);
  if (departure === undefined) throw new Error('nothing was booked');
  return departure;
}

/** The most departures in any time of this length. */
function mostWithin(orders: readonly number[], ms: number): number {
  const sorted = orders.toSorted((a, b) => a - b);
  return Math.max(
    ...sorted.map((from) => sorted.filter((at) => at >= from && at < from + ms).length),
  );
}

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

describe.skipIf(!mayRun)('departures in Redis (needs Redis on 127.0.0.1:6379)', () => {
  let redis: RedisKeys;
  beforeEach(() => {
    redis = new RedisKeys();
  });
  afterEach(async () => {
    await redis.close();
  });

  it('three processes share one allowance evenly and never exceed it', async () => {
    const processes = [1, 2, 3].map(() => processOf(redis.prefix));
    const orders: number[] = [];
    for (let n = 0; n < 100; n += 1) {
      const departures = await Promise.all(processes.map(booked));
      orders.push(...departures.map(({ order }) => order));
    }
    expect(orders).toHaveLength(300);
    expect(mostWithin(orders, 60_000)).toBeLessThanOrEqual(120);
    expect(mostWithin(orders, 1_000)).toBeLessThanOrEqual(3);
    const all = orders.toSorted((a, b) => a - b);
    const takenMs = (all.at(-1) ?? 0) - (all[0] ?? 0);
    expect(takenMs).toBeLessThan(0.51 * 300 * 1_000);
    expect(processes.flatMap(({ warnings }) => warnings)).toEqual([]);
  });

  it('counts what departed before a process came', async () => {
    const gone = processOf(redis.prefix);
    for (let n = 0; n < 120; n += 1) await booked(gone);
    const key = `{${redis.prefix}}:departures`;
    const [first] = await redis.client.zrange(key, '0', '0');
    const firstAt = Number(await redis.client.zscore(key, first ?? ''));
    const fresh = await booked(processOf(redis.prefix));
    expect(fresh.order).toBeGreaterThanOrEqual(firstAt + rule.holdMs);
  });

  it('makes room, in all processes, for what an answer to one of them says others used', async () => {
    const [one, other] = [processOf(redis.prefix), processOf(redis.prefix)];
    const departure = await booked(one);
    await booked(other);
    one.departures.used(62, departure, rule);
    await expect
      .poll(async () => Number(await redis.client.get(`{${redis.prefix}}:foreign`)))
      .toBeGreaterThan(0);
    const late = await booked(other);
    // Both own departures count, or only the first where the second was still to come.
    expect([60, 61]).toContain(other.departures.foreign());
    const before = other.departures.foreign();
    other.departures.used(2, late, rule);
    await booked(other);
    expect(other.departures.foreign()).toBe(0);
    expect(before).toBeGreaterThan(0);
    // The late answer to an older request; what is sent after it on the same connection sees its effect.
    one.departures.used(100, departure, rule);
    await booked(one);
    expect(one.departures.foreign()).toBe(0);
  });

  it('gives back a departure that nobody used', async () => {
    const one = processOf(redis.prefix);
    const departure = await booked(one);
    one.departures.release(departure);
    await expect.poll(() => redis.client.zcard(`{${redis.prefix}}:departures`)).toBe(0);
  });

  it('holds all processes when one was asked to pause', async () => {
    const [one, other] = [processOf(redis.prefix), processOf(redis.prefix)];
    await booked(one);
    one.departures.paused(30_000);
    await expect.poll(() => redis.client.exists(`{${redis.prefix}}:pause`)).toBe(1);
    const { waitMs } = await other.departures.book(rule);
    expect(waitMs).toBeGreaterThan(29_000);
    expect(waitMs).toBeLessThanOrEqual(30_000);
  });

  it('survives the loss of all keys: what departed is written down again', async () => {
    const processes = [processOf(redis.prefix), processOf(redis.prefix)];
    const orders: number[] = [];
    for (let n = 0; n < 30; n += 1) {
      for (const one of processes) orders.push((await booked(one)).order);
    }
    expect(await redis.delete()).toBeGreaterThan(0);
    for (const one of processes) orders.push((await booked(one)).order);
    expect(await redis.client.zcard(`{${redis.prefix}}:departures`)).toBe(62);
    for (let n = 0; n < 60; n += 1) {
      for (const one of processes) orders.push((await booked(one)).order);
    }
    // Only the one departure that was booked before the other process had written its own is early.
    expect(mostWithin(orders, 60_000)).toBeLessThanOrEqual(121);
    expect(processes.flatMap(({ warnings }) => warnings)).toEqual([]);
  });

  it('leaves no key behind for ever', async () => {
    const one = processOf(redis.prefix);
    one.departures.used(50, await booked(one), rule);
    one.departures.paused(1_000);
    await expect.poll(async () => (await redis.keys()).length).toBe(4);
    for (const key of await redis.keys()) {
      const ttlMs = await redis.client.pttl(key);
      expect(ttlMs).toBeGreaterThan(0);
      expect(ttlMs).toBeLessThan(70_000);
    }
  });

  it('shares again when Redis comes back, with what departed meanwhile', async () => {
    const windows = [{ limit: 6_000, windowMs: 30_000 }];
    const proxy = new Proxy();
    closing.push(() => proxy.stop());
    const port = await proxy.freePort();
    const { departures, warnings } = processOf(redis.prefix, `redis://127.0.0.1:${port}`);
    const pacer = new Pacer(systemClock, departures, windows);
    let departed = 2;
    await pacer.ready();
    await pacer.ready();
    expect(warnings).toHaveLength(1);
    await proxy.start(port);
    for (; warnings.length === 1; departed += 1) await pacer.ready();
    expect(warnings[1]).toContain('back');
    expect(await redis.client.zcard(`{${redis.prefix}}:departures`)).toBe(departed);
    await proxy.stop();
    await pacer.ready();
    await pacer.ready();
    await expect.poll(() => warnings.length).toBe(3);
    pacer.close();
  });

  it('serves a whole pace', async () => {
    const paces: Pace[] = [1, 2].map(() =>
      paceOf({
        accounts: [{ account: 'claid', windows: [{ limit: 120, windowMs: 600 }] }],
        redis: { url: redisUrl, prefix: redis.prefix, onWarning: () => undefined },
      }),
    );
    const signal = new AbortController().signal;
    const turns = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        mustTake(paces[n % 2] ?? paceOf(), `g${n % 6}`, `m${n}`).run(
          'claid',
          (turn) => Promise.resolve(turn.departedAt),
          { signal, onPosition: () => undefined },
        ),
      ),
    );
    expect(turns).toHaveLength(20);
    expect(await redis.keys()).toEqual([`{${redis.prefix}:claid}:departures`]);
    await Promise.all(paces.map((pace) => pace.close()));
  });
});

describe('while Redis is away', () => {
  it('a process keeps an even pace with room for the others, and says so once', async () => {
    const windows = [{ limit: 100, windowMs: 1_000 }];
    const proxy = new Proxy();
    const url = `redis://127.0.0.1:${await proxy.freePort()}`;
    const { departures, warnings } = processOf('easel:test:away', url, 3);
    const pacer = new Pacer(systemClock, departures, windows);
    const times: number[] = [];
    for (let n = 0; n < 10; n += 1) times.push((await pacer.ready()).at);
    const gaps = times.slice(1).map((at, n) => at - (times[n] ?? 0));
    // 1.01 × 10 ms for each of three processes.
    for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(30);
    expect(warnings).toHaveLength(1);
    pacer.close();
  });

  it('a Redis that takes the connection and never answers holds nobody up for ever', async () => {
    const silent = createServer(() => undefined);
    const sockets = new Set<Socket>();
    silent.on('connection', (socket) => sockets.add(socket));
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    closing.push(() => {
      for (const socket of sockets) socket.destroy();
      silent.close();
    });
    const { departures, warnings } = processOf(
      'easel:test:silent',
      `redis://127.0.0.1:${portOf(silent)}`,
    );
    const { departure } = await departures.book(rule);
    expect(departure).toBeDefined();
    await expect.poll(() => warnings.length, { timeout: 10_000 }).toBe(1);
  });
});

/** A port that leads to Redis only while it is told to. */
class Proxy {
  #server: Server | undefined;
  readonly #sockets = new Set<Socket>();

  async freePort(): Promise<number> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const port = portOf(server);
    server.close();
    await once(server, 'close');
    return port;
  }

  async start(port: number): Promise<void> {
    const server = createServer((socket) => {
      const upstream = connect(6379, '127.0.0.1');
      for (const one of [socket, upstream]) {
        this.#sockets.add(one);
        one.on('error', () => undefined);
        one.on('close', () => {
          this.#sockets.delete(one);
        });
      }
      socket.pipe(upstream).pipe(socket);
    });
    this.#server = server;
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    for (const socket of this.#sockets) socket.destroy();
    if (server === undefined) return;
    server.close();
    await once(server, 'close');
  }
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
