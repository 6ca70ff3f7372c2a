import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Invocation } from '../../src/playground/discord/control.ts';
import {
  finished,
  holding,
  hurried,
  saying,
  setStage,
  toldPrivately,
  untilLogged,
} from './stage.ts';
import type { Stage } from './stage.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.end());

const minute = 60_000;

const ask = (): Invocation => stage.discord.as('alice').command('imagine', { prompt: 'a fox' });

const sent = (): string[] => stage.claid.requests.flatMap(({ prompt }) => prompt ?? []);

const deliveries = (): unknown[] =>
  stage.sql('select delivery from generations').map(({ delivery }) => delivery);

/** Requests of the bot that changed an answer. */
const edits = (): number =>
  stage.discord.requests.filter(
    ({ method, path }) => method === 'PATCH' && path.endsWith('@original'),
  ).length;

async function untilDelivery(state: string): Promise<void> {
  await vi.waitFor(() => {
    expect(deliveries()).toEqual([state]);
  }, 10_000);
}

/** Somebody removes the answer in Discord. */
async function remove({ token }: Invocation): Promise<void> {
  const { apiUrl, applicationId } = stage.discord;
  const path = `/v10/webhooks/${applicationId}/${token}/messages/@original`;
  const { status } = await fetch(`${apiUrl}${path}`, { method: 'DELETE' });
  expect(status).toBe(204);
}

/** Exactly one message with pictures, as everybody in the channel sees it. */
function expectOnce(): void {
  const messages = stage.discord.as('bob').sees('pictures');
  expect(messages.map(({ files }) => files.length)).toEqual([4]);
}

describe('the final word', () => {
  it.each([
    ['500', { status: 500, body: {} }],
    ['503 although it was taken', { status: 503, processed: true, body: {} }],
    ['nothing, although it was taken', { cut: 'after-processing' }],
    [
      '429',
      {
        status: 429,
        headers: { 'retry-after': '0.2', 'x-ratelimit-scope': 'user' },
        body: { message: 'You are being rate limited.', retry_after: 0.2, global: false },
      },
    ],
  ] as const)('is sent again after %s, and the pictures come once', async (_, fault) => {
    stage.discord.faults.add({ method: 'PATCH', route: /@original$/, ...fault });
    const asked = ask();
    expect((await finished(asked)).files).toHaveLength(4);
    await stage.stop();
    expect(edits()).toBe(2);
    expect(deliveries()).toEqual(['posted']);
    expectOnce();
    expect(asked.followUps).toEqual([]);
  });

  it('of which the answer comes only half is found, not posted again', async () => {
    stage.discord.faults.add({ method: 'PATCH', route: /@original$/, cut: 'mid-body' });
    const asked = ask();
    await untilLogged(stage, 'a post is tried again later');
    await hurried(stage, untilDelivery('posted'), 10_000);
    expect(edits()).toBe(1);
    expect(asked.answer?.files).toHaveLength(4);
  });

  it('that Discord cannot take for a while comes by itself as soon as it can', async () => {
    const { discord } = stage;
    const fault = discord.faults.add({
      method: 'PATCH',
      route: /@original$/,
      times: 1000,
      status: 500,
      body: {},
    });
    const asked = ask();
    await untilLogged(stage, 'a post is tried again later');
    fault.remove();
    expect((await hurried(stage, finished(asked), 10_000)).files).toHaveLength(4);
    await stage.stop();
    expect(deliveries()).toEqual(['posted']);
    expectOnce();
    expect(sent()).toEqual(['a fox']);
  });

  it('that was taken although Discord only ever said 500 is found, not posted again', async () => {
    const { discord } = stage;
    discord.faults.add({
      method: 'PATCH',
      route: /@original$/,
      times: 1000,
      status: 500,
      processed: true,
      body: {},
    });
    ask();
    await untilLogged(stage, 'a post is tried again later');
    discord.faults.clear();
    const before = edits();
    await hurried(stage, untilDelivery('posted'), 10_000);
    expect(edits()).toBe(before);
    expectOnce();
  });

  it('in the channel, that was taken although Discord said 500, stands there once', async () => {
    const { discord, clock } = stage;
    await stage.restart({ CLAID_TIMEOUT_SECONDS: '3600' });
    const { release } = await holding(stage);
    clock.advance(20 * minute);
    discord.faults.add({
      method: 'POST',
      route: /^\/channels\//,
      status: 500,
      processed: true,
      body: {},
    });
    release();
    await untilDelivery('posted');
    const late = discord
      .as('bob')
      .sees('pictures')
      .filter(({ files }) => files.length > 0);
    expect(late).toHaveLength(1);
  });

  it('is never overwritten by progress, however late that comes', async () => {
    const { discord, claid, clock } = stage;
    const { asked, release } = await holding(stage);
    const progress = discord.faults.add({ method: 'PATCH', route: /@original$/, hold: true });
    clock.advance(1_000);
    await progress.hit;
    const made = claid.next('end');
    release();
    await made;
    // The pictures are ready; the edit with the progress is still on its way.
    await untilDelivery('posting');
    progress.release();
    const answer = await finished(asked);
    clock.advance(minute);
    await stage.stop();
    expect(asked.answer?.text).toBe(answer.text);
    expect(asked.answer?.files).toHaveLength(4);
    const texts = discord.requests
      .filter(({ method, path }) => method === 'PATCH' && path.endsWith('@original'))
      .map(({ body }) => JSON.stringify(body));
    expect(texts).toEqual([
      expect.stringContaining('Painting'),
      expect.stringContaining('4 credits spent'),
    ]);
  });

  it('comes all the same where progress cannot be shown', async () => {
    const { discord, clock } = stage;
    const { asked, release } = await holding(stage);
    const progress = discord.faults.add({
      method: 'PATCH',
      route: /@original$/,
      status: 400,
      body: { code: 50035, message: 'Invalid Form Body' },
    });
    clock.advance(1_000);
    await progress.hit;
    release();
    expect((await finished(asked)).files).toHaveLength(4);
  });
});

describe('an answer that somebody removed meanwhile', () => {
  it('comes as a message in the channel', async () => {
    const { discord } = stage;
    const { asked, release } = await holding(stage);
    await remove(asked);
    release();
    const alice = discord.as('alice');
    const message = await discord.events.until(
      () => alice.sees('pictures').find(({ files }) => files.length === 4),
      { what: 'a message in the channel' },
    );
    expect(message.text).toContain(`For <@${alice.id}>`);
    expect(message.usedBy).toBeUndefined();
    await stage.stop();
    expectOnce();
  });

  it('waits for its member where it is private', async () => {
    const { discord } = stage;
    const { asked, release } = await holding(stage, { private: true });
    await remove(asked);
    release();
    await untilDelivery('waiting');
    const alice = discord.as('alice');
    const offer = await toldPrivately(alice.command('usage'), 'could not be posted then');
    const shown = await finished(alice.press(offer, 'Show my pictures'));
    expect(shown.ephemeral).toBe(true);
    expect(shown.files).toHaveLength(4);
    expect(discord.as('bob').sees('pictures')).toEqual([]);
  });

  it('is told in the channel that it failed', async () => {
    const { discord, claid } = stage;
    const gate = Promise.withResolvers<void>();
    claid.faults.next([
      { kind: 'hold', until: gate.promise },
      { kind: 'status', status: 422, message: 'Too short.' },
    ]);
    const arrived = claid.next('request', ({ prompt }) => prompt === 'a fox');
    const asked = ask();
    await arrived;
    await remove(asked);
    gate.resolve();
    const alice = discord.as('alice');
    const message = await discord.events.until(
      () =>
        alice.sees('pictures').find(({ text }) => text.includes('does not accept this request')),
      { what: 'a message in the channel' },
    );
    expect(message.text).toContain(`<@${alice.id}>`);
    expect(message.text).toContain('Your 4 credits are back.');
    expect(message.mentions).toEqual([]);
  });
});

describe('AutoMod', () => {
  it('that blocks what the API says of the input leaves that part out of the failure', async () => {
    stage.discord.guild().settings.forbiddenWords = ['fox'];
    stage.claid.faults.next({ kind: 'status', status: 422, message: 'input: a fox is too short.' });
    const told = await saying(ask(), 'does not accept this request');
    expect(told.text).not.toContain('fox');
    expect(told.text).toContain('Your 4 credits are back.');
  });
});
