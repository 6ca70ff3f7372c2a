import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { startClaid } from '../../src/playground/claid/claid.ts';
import type { Discord, Invocation } from '../../src/playground/discord/control.ts';
import { startDiscord } from '../../src/playground/discord/discord.ts';
import { runBot, settingsFor } from './bot-process.ts';
import { finished, hurried, saying, setStage, toldPrivately, untilLogged } from './stage.ts';

const minute = 60_000;

/** Uses the bot as alice, and remembers what must never be logged. */
function witness(discord: Discord) {
  const tokens: string[] = [];
  const words: string[] = [];
  const remember = (invocation: Invocation): Invocation => {
    tokens.push(invocation.token);
    return invocation;
  };
  return {
    remember,
    /** `%` in a prompt stands for a word that is nothing else's. */
    ask(
      { prompt = 'an old %', ...options }: { prompt?: string; private?: boolean } = {},
      how: { raw?: boolean } = {},
    ): Invocation {
      const word = `zq${words.length}xylophone`;
      words.push(word);
      const given = { images: 1, ...options, prompt: prompt.replace('%', word) };
      return remember(discord.as('alice').command('imagine', given, how));
    },
    usage: () => remember(discord.as('alice').command('usage')),
    press: (...given: Parameters<ReturnType<Discord['as']>['press']>) =>
      remember(discord.as('alice').press(...given)),
    expectSilence(text: string, secrets: readonly string[]) {
      expect(tokens.length).toBeGreaterThan(0);
      const lower = text.toLowerCase();
      for (const secret of [...secrets, ...tokens])
        expect(text.includes(secret), secret).toBe(false);
      for (const word of words) expect(lower.includes(word), word).toBe(false);
      // Not by another name either: the parts that make a prompt's file names and escapes.
      expect(lower).not.toContain('xylophone');
    },
  };
}

const formError = {
  code: 50035,
  message: 'Invalid Form Body',
  errors: { components: { 0: { content: { _errors: [{ code: 'X', message: 'Too long.' }] } } } },
};
const forbidden = { code: 50013, message: 'Missing Permissions' };

describe('nothing secret is logged, at the level trace,', () => {
  it('while all goes well', async () => {
    const stage = await setStage();
    const { discord, claid, clock } = stage;
    const alice = witness(discord);
    const gate = Promise.withResolvers<void>();
    claid.faults.next({ kind: 'hold', until: gate.promise });
    const arrived = claid.next('request', ({ prompt }) => prompt !== undefined);
    const running = alice.ask();
    await arrived;
    const waiting = alice.ask();
    alice.press(await saying(waiting, 'Next in line'), 'Cancel');
    await saying(waiting, 'Cancelled.');
    clock.advance(1_000);
    gate.resolve();
    const answer = await finished(running);
    await finished(alice.ask({ private: true }));
    await saying(alice.usage(), 'of 40 left');
    const question = await toldPrivately(alice.press(answer, 'Delete'), 'Delete these pictures');
    await saying(alice.press(question, 'Yes, delete'), 'Deleted.');
    await stage.stop();
    alice.expectSilence(stage.log.join(''), [discord.token, claid.key]);
    expect(stage.log.length).toBeGreaterThan(5);
    await stage.end();
  });

  it('while requests are refused and Claid fails in every way', async () => {
    const stage = await setStage();
    const { discord, claid, clock } = stage;
    const alice = witness(discord);
    await saying(alice.ask({ prompt: `% ${'x'.repeat(1025)}` }, { raw: true }), 'must be');
    for (const fault of [
      {
        kind: 'status',
        status: 422,
        message: `input "zq1xylophone" is too short; key ${claid.key}`,
      },
      { kind: 'status', status: 400, nested: true, message: 'zq2xylophone' },
      { kind: 'status', status: 500, message: 'zq3xylophone' },
      { kind: 'garbage', body: 'not-json' },
      { kind: 'garbage', body: 'wrong-shape' },
      { kind: 'garbage', body: 'html' },
      { kind: 'cut', when: 'after-charging' },
      { kind: 'cut-in-body', atByte: 40 },
      { kind: 'status', status: 403 },
      { kind: 'status', status: 402 },
      { kind: 'status', status: 401, message: `the key ${claid.key} is wrong` },
    ] as const) {
      claid.faults.next(fault);
      const told = await saying(alice.ask(), /credits? (is|are) back/);
      expect(told.text).not.toContain(claid.key);
      clock.advance(11 * minute);
    }
    claid.faults.next({ kind: 'black', indexes: 'all' });
    await finished(alice.ask());
    claid.faults.next({ kind: 'picture', fault: { kind: 'gone' } });
    await finished(alice.ask());
    claid.faults.next({ kind: 'address', url: 'http://127.0.0.2:9/zq14xylophone.png' });
    await finished(alice.ask());
    await stage.restart({ MEMBER_CREDITS_PER_DAY: '1' });
    await toldPrivately(alice.ask(), 'more than you may spend');
    await stage.stop();
    alice.expectSilence(stage.log.join(''), [discord.token, claid.key]);
    await stage.end({ books: 'differ' });
  });

  it('while Discord fails in every way', async () => {
    const stage = await setStage({
      settings: { OPERATOR_CHANNEL_ID: '123456789012345678', MEMBER_CREDITS_PER_DAY: 'unlimited' },
    });
    const { discord, claid } = stage;
    const alice = witness(discord);
    let unacknowledged = 0;
    for (const fault of [
      { status: 403, body: forbidden },
      { status: 400, body: formError },
      { status: 404, body: { code: 10062, message: 'Unknown interaction' } },
      { status: 500, body: {}, times: 4 },
      { status: 401, body: { code: 0, message: '401: Unauthorized' } },
    ]) {
      discord.faults.add({ method: 'POST', route: /callback$/, ...fault });
      alice.ask();
      unacknowledged += 1;
      await untilLogged(
        stage,
        'an interaction could not be acknowledged; nothing was spent',
        unacknowledged,
      );
    }
    let failures = 0;
    for (const fault of [
      { status: 403, body: forbidden },
      { status: 400, body: formError },
      { status: 404, body: { code: 10015, message: 'Unknown Webhook' }, times: 3 },
      { status: 413, body: { code: 40005, message: 'Request entity too large' } },
    ]) {
      discord.faults.add({ method: 'PATCH', route: /@original$/, ...fault });
      alice.ask();
      failures += 1;
      await untilLogged(stage, 'a post failed', failures);
    }
    await untilLogged(stage, 'generation', failures);
    discord.faults.add({
      method: 'PATCH',
      route: /@original$/,
      status: 429,
      headers: { 'retry-after': '0.1' },
      body: { message: 'slower', retry_after: 0.1, global: false },
    });
    await finished(alice.ask());
    discord.faults.add({ method: 'PATCH', route: /@original$/, status: 500, times: 4, body: {} });
    const broken = alice.ask();
    await untilLogged(stage, 'a post is tried again later');
    await hurried(stage, finished(broken), 10_000);

    // AutoMod, on a result and on a failure.
    discord.guild().settings.forbiddenWords = ['xylophone'];
    await finished(alice.ask());
    claid.faults.next({ kind: 'status', status: 422, message: `zq12xylophone is odd` });
    await saying(alice.ask(), 'does not accept this request');
    discord.guild().settings.forbiddenWords = [];

    // Neither the answer nor the channel takes it; the offer fails as well.
    discord.faults.add({ method: 'PATCH', route: /@original$/, status: 403, body: forbidden });
    discord.faults.add({
      method: 'POST',
      route: /^\/channels\//,
      times: 10,
      status: 403,
      body: forbidden,
    });
    alice.ask();
    await untilLogged(stage, 'a result waits for its member');
    discord.faults.add({ method: 'POST', route: /^\/webhooks\//, status: 400, body: formError });
    alice.usage();
    await untilLogged(stage, 'waiting pictures were not offered');
    const offer = await toldPrivately(alice.usage(), 'could not be posted then');
    await finished(alice.press(offer, 'Show my pictures'));
    // A notice to the operator that cannot be posted.
    claid.faults.next({ kind: 'status', status: 401 });
    await saying(alice.ask(), 'does not accept the bot');
    await untilLogged(stage, 'the operator’s channel cannot be written to');

    discord.gateway.drop();
    await discord.events.next('gateway-resumed');
    await saying(alice.usage(), 'Your credits');
    await stage.stop();
    alice.expectSilence(stage.log.join(''), [discord.token, claid.key]);
    await stage.end();
  });

  it('while the bot has bugs, is late, dies and recovers', async () => {
    const stage = await setStage({ settings: { CLAID_TIMEOUT_SECONDS: '3600' } });
    const { discord, claid, clock } = stage;
    const alice = witness(discord);
    for (const [table, when] of [
      ['generations', 'insert on generations'],
      ['departures', 'insert on departures'],
      ['generations', 'update of pictures on generations'],
    ] as const) {
      stage.sql(
        `create trigger broken before ${when} begin select raise(abort, 'broken ${table}'); end`,
      );
      const asked = alice.ask();
      if (when.includes('pictures')) await untilLogged(stage, 'a delivery failed');
      else await saying(asked, 'Something went wrong on my side');
      stage.sql('drop trigger broken');
      if (when.includes('pictures')) await hurried(stage, finished(asked), 10_000);
    }
    const late = Promise.withResolvers<void>();
    claid.faults.next({ kind: 'hold', until: late.promise });
    const arrived = claid.next('request', ({ prompt }) => prompt !== undefined);
    alice.ask();
    await arrived;
    clock.advance(15 * minute);
    late.resolve();
    await discord.events.until(
      () =>
        discord
          .as('alice')
          .sees('pictures')
          .some(({ text }) => text.includes('a little late')),
      { what: 'a late message' },
    );

    claid.faults.next({ kind: 'hang' });
    const again = claid.next('request', ({ prompt }) => prompt?.includes('zq4') === true);
    const lost = alice.ask();
    await again;
    const stopped = stage.stop();
    await hurried(stage, stopped, 1_000);
    await stage.restart();
    await saying(lost, 'It may still have been made');
    await stage.stop();
    alice.expectSilence(stage.log.join(''), [discord.token, claid.key]);
    await stage.end();
  });

  it('or written to stdout or stderr by a process of its own', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'easel-secrets-'));
    const discord = await startDiscord({ clock: systemClock });
    const claid = await startClaid({
      clock: systemClock,
      pictures: 'small',
      latencyMs: 5,
      key: 'claid-key-of-this-test',
    });
    const settings = settingsFor({ discord, claid }, { LOG_LEVEL: 'trace' });
    const bot = runBot({ settings, folder });
    try {
      await bot.says('ready');
      const alice = witness(discord);
      await finished(alice.ask());
      claid.faults.next({ kind: 'status', status: 422, message: 'zq1xylophone is odd' });
      await saying(alice.ask(), 'credit is back');
      discord.faults.add({ method: 'PATCH', route: /@original$/, status: 400, body: formError });
      alice.ask();
      await bot.says('a post failed');
      bot.signal('SIGTERM');
      expect(await bot.exited).toBe(0);
      expect(bot.stderr).toBe('');
      alice.expectSilence(bot.stdout, [discord.token, claid.key]);
    } finally {
      bot.signal('SIGKILL');
      await bot.exited;
      await discord.close();
      await claid.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
