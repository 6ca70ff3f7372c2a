import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Invocation } from '../../src/playground/discord/control.ts';
import { finished, holding, saying, setStage, untilLogged } from './stage.ts';
import type { Stage } from './stage.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.end());

const ask = (): Invocation => stage.discord.as('alice').command('imagine', { prompt: 'a fox' });

const sent = (): string[] => stage.claid.requests.flatMap(({ prompt }) => prompt ?? []);

const deliveries = (): unknown[] =>
  stage.sql('select delivery from generations').map(({ delivery }) => delivery);

describe('the gateway', () => {
  it('comes back after a lost line and has what was asked meanwhile', async () => {
    const { discord } = stage;
    discord.gateway.refuse(true);
    discord.gateway.drop();
    await discord.events.next('gateway-disconnected');
    const asked = ask();
    discord.gateway.refuse(false);
    await discord.events.next('gateway-resumed');
    expect((await finished(asked)).files).toHaveLength(4);
  });

  it('lets go quietly of what was asked more than 3 s ago: nothing is sent, nothing is spent', async () => {
    const { discord, clock } = stage;
    discord.gateway.refuse(true);
    discord.gateway.drop();
    await discord.events.next('gateway-disconnected');
    const asked = ask();
    clock.advance(3_100);
    expect((await asked.acknowledged).kind).toBe('failed');
    discord.gateway.refuse(false);
    await untilLogged(stage, 'an interaction could not be acknowledged; nothing was spent');
    await saying(discord.as('alice').command('usage'), '40 of 40 left');
    expect(sent()).toEqual([]);
    expect(deliveries()).toEqual([]);
    expect(asked.answer).toBeUndefined();
  });

  it('reconnects and resumes when Discord asks for it (op 7), in the midst of a request', async () => {
    const { asked, release } = await holding(stage);
    stage.discord.gateway.reconnect();
    await stage.discord.events.next('gateway-resumed');
    release();
    await finished(asked);
    await finished(stage.discord.as('bob').command('imagine', { prompt: 'a hare' }));
  });

  it('begins a new session when the old one is void (op 9), in the midst of a request', async () => {
    const { asked, release } = await holding(stage);
    stage.discord.gateway.invalidate();
    await stage.discord.events.next('gateway-connected');
    release();
    await finished(asked);
    await finished(stage.discord.as('bob').command('imagine', { prompt: 'a hare' }));
  });
});

describe('the acknowledgement', () => {
  it.each([
    ['500', { status: 500, body: { message: 'broken', code: 0 } }],
    [
      '429',
      {
        status: 429,
        headers: { 'retry-after': '0.2', 'x-ratelimit-scope': 'user' },
        body: { message: 'You are being rate limited.', retry_after: 0.2, global: false },
      },
    ],
    ['nothing, the line being cut', { cut: 'before-processing' }],
    ['nothing, although it was taken', { cut: 'after-processing' }],
    ['502 although it was taken', { status: 502, processed: true, body: {} }],
  ] as const)('is tried again after %s', async (_, fault) => {
    stage.discord.faults.add({ method: 'POST', route: /callback$/, ...fault });
    const answer = await finished(ask());
    expect(answer.files).toHaveLength(4);
    expect(sent()).toEqual(['a fox']);
  });

  it('that Discord never takes ends the matter before anything is spent', async () => {
    const { discord } = stage;
    discord.faults.add({ method: 'POST', route: /callback$/, times: 10, status: 503, body: {} });
    ask();
    await untilLogged(stage, 'an interaction could not be acknowledged; nothing was spent');
    discord.faults.clear();
    expect(sent()).toEqual([]);
    expect(deliveries()).toEqual([]);
  });
});
