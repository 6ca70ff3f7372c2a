import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { finished, saying, setStage } from './stage.ts';
import type { Stage } from './stage.ts';

let stage: Stage;
let books: 'equal' | 'differ';
beforeEach(async () => {
  books = 'equal';
  stage = await setStage();
});
afterEach(() => stage.end({ books }));

async function get(path: string): Promise<{ status: number; type: string | null; text: string }> {
  const response = await fetch(`http://127.0.0.1:${stage.httpPort()}${path}`);
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    text: await response.text(),
  };
}

/** The samples of `/metrics` by name and labels. */
async function metrics(): Promise<Map<string, number>> {
  const { text } = await get('/metrics');
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice(0, at), Number(line.slice(at + 1))];
    }),
  );
}

async function untilReadyz(status: number): Promise<string> {
  return vi.waitFor(async () => {
    const answer = await get('/readyz');
    expect(answer.status).toBe(status);
    return answer.text;
  }, 10_000);
}

describe('health', () => {
  it('is served on 127.0.0.1 and nowhere else', async () => {
    expect(await get('/healthz')).toMatchObject({ status: 200, text: 'ok\n' });
    expect((await get('/elsewhere')).status).toBe(404);
    const refused = await new Promise((resolve) => {
      const socket = connect({ host: '127.0.0.2', port: Number(stage.httpPort()) });
      socket.once('connect', () => resolve('connected'));
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
      socket.once('close', () => socket.destroy());
    });
    expect(refused).toBe('ECONNREFUSED');
  });

  it('is not served where no port is set, nor after the bot has stopped', async () => {
    const port = stage.httpPort();
    await stage.restart({ HTTP_PORT: '' });
    expect(stage.httpPort()).toBeUndefined();
    await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow('fetch failed');
  });

  it('is ready while the gateway is connected and the store can be written', async () => {
    expect(await get('/readyz')).toMatchObject({ status: 200, text: 'ready\n' });
  });

  it('is not ready while the gateway is away, and is again when it is back', async () => {
    const { gateway } = stage.discord;
    gateway.refuse(true);
    gateway.drop();
    expect(await untilReadyz(503)).toBe('the gateway is not connected\n');
    expect((await get('/healthz')).status).toBe(200);
    gateway.refuse(false);
    await untilReadyz(200);
  });

  it('is not ready while the store cannot be written, and is again when it can', async () => {
    stage.sql(
      "create trigger broken before insert on write_checks begin select raise(abort, 'broken'); end",
    );
    expect(await untilReadyz(503)).toBe('the store cannot be written to\n');
    stage.sql('drop trigger broken');
    await untilReadyz(200);
  });
});

describe('metrics', () => {
  it('are in the form that Prometheus reads, each named and explained', async () => {
    const { type, text } = await get('/metrics');
    expect(type).toMatch(/^text\/plain/);
    const names = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) {
      expect(name).toMatch(/^easel_[a-z_]+$/);
      expect(text).toMatch(new RegExp(`^# HELP ${name} \\S`, 'm'));
    }
  });

  it('tell of a generation: how it went, how long each step took, and what it cost', async () => {
    stage.claid.settings.latencyMs = 30;
    const asked = stage.discord.as('alice').command('imagine', { prompt: 'a fox', images: 3 });
    await finished(asked);
    await saying(stage.discord.as('alice').command('usage'), '37 of 40 left');
    const { tookMs } = stage.logged().find(({ msg }) => msg === 'generation') ?? {};
    const found = await metrics();
    const of = (name: string, labels = ''): number | undefined =>
      found.get(labels === '' ? name : `${name}{${labels}}`);

    for (const [name, label] of [
      ['easel_acknowledgement_seconds', 'command="imagine"'],
      ['easel_acknowledgement_seconds', 'command="usage"'],
      ['easel_queue_wait_seconds', 'provider="claid"'],
      ['easel_provider_seconds', 'provider="claid"'],
      ['easel_download_seconds', 'provider="claid"'],
      ['easel_upload_seconds', 'provider="claid"'],
    ] as const) {
      expect(of(`${name}_count`, label), name).toBe(1);
      const seconds = of(`${name}_sum`, label) ?? Number.NaN;
      expect(seconds, name).toBeGreaterThanOrEqual(0);
      expect(seconds, name).toBeLessThanOrEqual(Number(tookMs) / 1000 + 3);
    }
    expect(of('easel_provider_seconds_sum', 'provider="claid"')).toBeGreaterThanOrEqual(0.03);
    expect(of('easel_generations_total', 'provider="claid",outcome="posted"')).toBe(1);
    expect(of('easel_credits_total', 'provider="claid"')).toBe(3);
    for (const gauge of ['easel_queue_waiting', 'easel_queue_running', 'easel_deliveries'])
      expect(of(gauge), gauge).toBe(0);
    expect(of('easel_spool_bytes')).toBeGreaterThanOrEqual(0);
    const [allowance] = [...found].filter(([name]) => name.startsWith('easel_pace_allowance{'));
    expect(allowance?.[0]).toMatch(/account="claid:[0-9a-f]{8}"/);
    expect(allowance?.[1]).toBeGreaterThan(100);
    expect(allowance?.[1]).toBeLessThanOrEqual(120);
    const [paused] = [...found].filter(([name]) => name.startsWith('easel_pace_paused_seconds{'));
    expect(paused?.[1]).toBe(0);
  });

  it('count outcomes and refusals by their kind, and what could not be acknowledged', async () => {
    books = 'differ';
    const { claid, discord } = stage;
    const alice = discord.as('alice');
    claid.faults.next({ kind: 'status', status: 422 });
    await saying(alice.command('imagine', { prompt: 'a fox' }), 'credits are back');
    claid.faults.next({ kind: 'status', status: 500 });
    await saying(alice.command('imagine', { prompt: 'a hare' }), 'credits are back');
    await saying(alice.command('imagine', { prompt: 'x', images: 1 }, { raw: true }), 'must be');
    discord.faults.add({
      method: 'POST',
      route: /callback$/,
      status: 404,
      body: { code: 10062, message: 'Unknown interaction' },
    });
    alice.command('usage');
    await vi.waitFor(async () => {
      const found = await metrics();
      expect(found.get('easel_acknowledgement_failures_total{command="usage"}')).toBe(1);
    });
    const found = await metrics();
    const outcome = (name: string): number | undefined =>
      found.get(`easel_generations_total{provider="claid",outcome="${name}"}`);
    expect(outcome('returned:invalid')).toBe(1);
    expect(outcome('unknown:unavailable')).toBe(1);
    expect(outcome('posted')).toBeUndefined();
    expect(found.get('easel_refusals_total{reason="option"}')).toBe(1);
    expect(found.get('easel_credits_total{provider="claid"}')).toBeUndefined();
  });

  it('show what runs and what waits, and how long the account is paused', async () => {
    const { claid, discord } = stage;
    const gate = Promise.withResolvers<void>();
    claid.faults.next({ kind: 'hold', until: gate.promise });
    const arrived = claid.next('request', ({ prompt }) => prompt === 'a fox');
    const first = discord.as('alice').command('imagine', { prompt: 'a fox', images: 1 });
    await arrived;
    const second = discord.as('alice').command('imagine', { prompt: 'a hare', images: 1 });
    await saying(second, 'Next in line');
    const busy = await metrics();
    expect([busy.get('easel_queue_running'), busy.get('easel_queue_waiting')]).toEqual([1, 1]);

    claid.faults.next({ kind: 'status', status: 429, headers: { 'retry-after': '60' } });
    gate.resolve();
    await finished(first);
    const limited = await vi.waitFor(async () => {
      const found = await metrics();
      const at = (name: string): number =>
        [...found].find(([key]) => key.startsWith(`${name}{`))?.[1] ?? Number.NaN;
      expect(at('easel_rate_limited_total')).toBe(1);
      return at('easel_pace_paused_seconds');
    });
    expect(limited).toBeGreaterThan(50);
    expect(limited).toBeLessThanOrEqual(65);
    stage.clock.advance(66_000);
    await finished(second);
    const after = await metrics();
    expect([after.get('easel_queue_running'), after.get('easel_queue_waiting')]).toEqual([0, 0]);
  });
});
