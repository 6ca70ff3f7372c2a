import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { finished, hurried, saying, setStage, toldPrivately } from './stage.ts';
import type { Stage } from './stage.ts';

// One test or more for each row of the failure table in the README; the rows give the names.

let stage: Stage;
let books: 'equal' | 'differ';
beforeEach(async () => {
  books = 'equal';
  stage = await setStage({ settings: { OPERATOR_CHANNEL_ID: '' } });
});
afterEach(() => stage.end({ books }));

const minute = 60_000;
const day = 24 * 60 * minute;

function generations(): Record<string, unknown>[] {
  return stage.sql('select state, delivery, credits from generations order by created_at');
}

async function spentByAlice(): Promise<number> {
  const answer = await saying(stage.discord.as('alice').command('usage'), 'Your credits');
  return 40 - Number(/(\d+) of 40 left/.exec(answer.text)?.[1]);
}

async function spentByGuild(): Promise<number> {
  const answer = await saying(stage.discord.as('owner').command('usage'), 'This server');
  return 400 - Number(/(\d+) of 400 left/.exec(answer.text)?.[1]);
}

const posted = (): (string | undefined)[] =>
  stage.claid.requests.map(({ prompt }) => prompt).filter(Boolean);

describe('it fails at the acknowledgement', () => {
  it('Discord tells the member, and nothing is spent', async () => {
    const { discord, clock } = stage;
    const fault = discord.faults.add({ method: 'POST', route: /callback$/, hold: true });
    const asked = discord.as('alice').command('imagine', { prompt: 'a fox' });
    await fault.hit;
    clock.advance(3_100);
    expect((await asked.acknowledged).kind).toBe('failed');
    fault.release();
    expect(await spentByAlice()).toBe(0);
    expect(posted()).toEqual([]);
    expect(generations()).toEqual([]);
  });

  it('a 40060 means that it was taken, so it goes on', async () => {
    const { discord } = stage;
    discord.faults.add({
      method: 'POST',
      route: /callback$/,
      processed: true,
      status: 400,
      body: { code: 40060, message: 'Interaction has already been acknowledged.' },
    });
    await finished(discord.as('alice').command('imagine', { prompt: 'a fox' }));
  });
});

describe('it fails at policy, disk or a full queue', () => {
  it('a cap: the member alone is told the numbers and when it frees up', async () => {
    await stage.restart({ MEMBER_CREDITS_PER_DAY: '6' });
    const alice = stage.discord.as('alice');
    await finished(alice.command('imagine', { prompt: 'a fox' }));
    const asked = alice.command('imagine', { prompt: 'a second fox' });
    const told = await toldPrivately(asked, 'That is more than you may spend');
    expect(told.text).toMatch(/6 credits in 24 h\): 4 spent, 4 more needed.*<t:\d+:R>/);
    expect(told.text).toContain('2 pictures would still fit');
    await asked.waitFor(({ answer }) => answer === undefined, { what: 'the placeholder is gone' });
    expect(posted()).toEqual(['a fox']);
    // Two pictures do fit, and a day later all does.
    await finished(alice.command('imagine', { prompt: 'a third fox', images: 2 }));
    stage.clock.advance(day + 1000);
    await finished(alice.command('imagine', { prompt: 'a fourth fox' }));
  });

  it.each(['GUILD_CREDITS_PER_DAY', 'BOT_CREDITS_PER_DAY'])(
    'the cap %s holds for all',
    async (name) => {
      await stage.restart({ [name]: '4' });
      await finished(stage.discord.as('alice').command('imagine', { prompt: 'a fox' }));
      const asked = stage.discord.as('bob').command('imagine', { prompt: 'a hare' });
      await toldPrivately(asked, /That is more than this (server|bot) may spend/);
      expect(posted()).toEqual(['a fox']);
    },
  );

  it('no room for pictures: refused before anything is paid', async () => {
    await stage.stop();
    await mkdir(join(stage.folder, 'pictures', 'earlier-0'), { recursive: true });
    await writeFile(
      join(stage.folder, 'pictures', 'earlier-0', '0'),
      Buffer.alloc(60 * 1024 * 1024),
    );
    await stage.restart({ PICTURES_MAX_MB: '64' });
    const asked = stage.discord.as('alice').command('imagine', { prompt: 'a fox' });
    await toldPrivately(asked, 'no room to keep pictures safe');
    expect(posted()).toEqual([]);
  });
});

describe('it fails at 401, 403 or 402', () => {
  it.each([
    [401, 'does not accept the bot’s account', 'wrong (401): check CLAID_API_KEY'],
    [403, 'does not accept the bot’s account', 'CLAID_API_KEY may not do this (403)'],
    [402, 'has no credits left', 'no credits are left on the account'],
  ])(
    '%i: one clear sentence, credits back, account closed for 10 minutes',
    async (status, sentence, notice) => {
      const { discord, claid, clock } = stage;
      const channel = discord.guild().channelId('pictures');
      await stage.restart({ OPERATOR_CHANNEL_ID: channel });
      const alice = discord.as('alice');
      claid.faults.next({ kind: 'status', status });
      const told = await saying(alice.command('imagine', { prompt: 'a fox' }), sentence);
      expect(told.text).toContain('Your 4 credits are back.');
      const refused = await saying(
        alice.command('imagine', { prompt: 'a hare' }),
        'does not accept this bot’s account at the moment',
      );
      expect(refused.ephemeral).toBe(true);
      expect(posted()).toEqual(['a fox']);
      await discord.events.until(
        () => alice.sees('pictures').filter(({ text }) => text.includes(notice)).length === 1,
        { what: 'the operator is told once' },
      );
      clock.advance(10 * minute + 1);
      await finished(alice.command('imagine', { prompt: 'a hare' }));
      expect(await spentByAlice()).toBe(4);
    },
  );
});

describe('it fails at 422 or its like', () => {
  it.each([422, 400])('%i: what the API says of the input; credits back', async (status) => {
    stage.claid.faults.next({ kind: 'status', status, message: 'input: *odd* words.' });
    const told = await saying(
      stage.discord.as('alice').command('imagine', { prompt: 'a fox' }),
      'does not accept this request',
    );
    expect(told.text).toContain('odd');
    expect(told.text).toContain('Your 4 credits are back.');
    expect(await spentByAlice()).toBe(0);
  });
});

describe('the content is refused', () => {
  it('black pictures are not posted, the others are; the credits are spent, and it says so', async () => {
    stage.claid.faults.next({ kind: 'black', indexes: [1, 3] });
    const answer = await finished(
      stage.discord.as('alice').command('imagine', { prompt: 'a fox' }),
    );
    expect(answer.files).toHaveLength(2);
    expect(answer.text).toContain('blacked out 2 of the 4 pictures');
    expect(answer.text).toContain('4 credits spent');
  });

  it('a wholly black answer is explained', async () => {
    stage.claid.faults.next({ kind: 'black', indexes: 'all' });
    const answer = await finished(
      stage.discord.as('alice').command('imagine', { prompt: 'a fox' }),
    );
    expect(answer.files).toEqual([]);
    expect(answer.text).toContain('blacked all of these pictures out');
    expect(answer.text).toContain('4 credits spent');
  });

  it('after 3 within 24 h the member waits until the next day', async () => {
    const { claid, clock, discord } = stage;
    claid.faults.when((prompt) => prompt.includes('bad'), { kind: 'black', indexes: [0] });
    const alice = discord.as('alice');
    for (const n of [1, 2, 3])
      await finished(alice.command('imagine', { prompt: `bad ${n}`, images: 1 }));
    await toldPrivately(
      alice.command('imagine', { prompt: 'good' }),
      'stopped 3 requests of yours',
    );
    await finished(discord.as('bob').command('imagine', { prompt: 'good', images: 1 }));
    clock.advance(day + 1000);
    await finished(alice.command('imagine', { prompt: 'good now', images: 1 }));
  });
});

describe('it fails at 429', () => {
  it('it waits its turn silently, and is made', async () => {
    stage.claid.faults.next(
      { kind: 'status', status: 429, headers: { 'ratelimit-reset': '0' } },
      2,
    );
    const answer = await finished(
      stage.discord.as('alice').command('imagine', { prompt: 'a fox' }),
    );
    expect(answer.files).toHaveLength(4);
    expect(posted()).toHaveLength(3);
  });

  it('past all patience it is told as busy; credits back', async () => {
    const { claid, discord } = stage;
    claid.faults.when(() => true, { kind: 'status', status: 429 });
    const asked = discord.as('alice').command('imagine', { prompt: 'a fox' });
    const told = await hurried(stage, saying(asked, 'is busy'), 2_000);
    expect(told.text).toContain('Your 4 credits are back.');
    expect(await spentByAlice()).toBe(0);
  });
});

describe('a time-out, a cut or a 5xx after the POST was sent, or an unreadable 200', () => {
  const uncertain = 'It may still have been made but cannot be fetched; your credits are back';

  it.each([
    ['a cut before anything was made', { kind: 'cut', when: 'before-charging' }],
    ['a cut after it was made', { kind: 'cut', when: 'after-charging' }],
    ['500', { kind: 'status', status: 500 }],
    ['503 although it was made', { kind: 'status', status: 503, charged: true }],
    ['a body cut in the middle', { kind: 'cut-in-body', atByte: 40 }],
    ['no JSON', { kind: 'garbage', body: 'not-json' }],
    ['JSON of another shape', { kind: 'garbage', body: 'wrong-shape' }],
    ['an empty body', { kind: 'garbage', body: 'empty' }],
    ['a proxy’s HTML', { kind: 'garbage', body: 'html' }],
  ] as const)('%s', async (_, fault) => {
    books = 'differ';
    stage.claid.faults.next(fault);
    const asked = stage.discord.as('alice').command('imagine', { prompt: 'a fox' });
    await saying(asked, uncertain);
    // The member has the credits back; the guild's cap still counts it; it is never posted again.
    expect(await spentByAlice()).toBe(0);
    expect(await spentByGuild()).toBe(4);
    stage.clock.advance(5 * minute);
    await stage.restart();
    expect(posted()).toEqual(['a fox']);
    expect(generations()).toMatchObject([{ state: 'unknown' }]);
  });

  it('a time-out', async () => {
    const { claid, clock, discord } = stage;
    claid.faults.next({ kind: 'hang' });
    const asked = discord.as('alice').command('imagine', { prompt: 'a fox' });
    await claid.next('request', ({ prompt }) => prompt === 'a fox');
    clock.advance(181_000);
    await saying(asked, uncertain);
    expect(await spentByAlice()).toBe(0);
    expect(await spentByGuild()).toBe(4);
  });

  it('no connection at all: nothing was made', async () => {
    const { claid, discord } = stage;
    await claid.close();
    const told = await saying(
      discord.as('alice').command('imagine', { prompt: 'a fox' }),
      'cannot do this at the moment. Nothing was made',
    );
    expect(told.text).toContain('Your 4 credits are back.');
  });
});

describe('fewer pictures than asked', () => {
  it('what came is posted, it says that it is fewer, and costs what was made', async () => {
    stage.claid.faults.next({ kind: 'makes', images: 3 });
    const answer = await finished(
      stage.discord.as('alice').command('imagine', { prompt: 'a fox' }),
    );
    expect(answer.files).toHaveLength(3);
    expect(answer.text).toContain('made 3 of the 4 pictures');
    expect(answer.text).toContain('3 credits spent');
    expect(await spentByAlice()).toBe(3);
  });
});

describe('it fails at the download', () => {
  it('it is tried again while the address lives, and then posted', async () => {
    const { claid, clock, discord } = stage;
    claid.faults.next({
      kind: 'picture',
      index: 2,
      fault: { kind: 'error', status: 503, times: 4 },
    });
    const asked = discord.as('alice').command('imagine', { prompt: 'a fox' });
    const answer = await hurried(stage, finished(asked), 1_000);
    expect(answer.files).toHaveLength(4);
    expect(clock.now() - asked.createdAt).toBeGreaterThan(minute);
  });

  it('one that is gone is told; the others are posted; the credits are settled', async () => {
    stage.claid.faults.next({ kind: 'picture', index: 0, fault: { kind: 'gone' } });
    const answer = await finished(
      stage.discord.as('alice').command('imagine', { prompt: 'a fox' }),
    );
    expect(answer.files).toHaveLength(3);
    expect(answer.text).toContain('1 picture could not be fetched');
    expect(await spentByAlice()).toBe(4);
  });
});

describe('it fails at posting', () => {
  it('too large for Discord: smaller files, none dropped', async () => {
    await stage.end();
    stage = await setStage({ claid: { pictures: 'painted' } });
    stage.discord.guild().settings.attachmentSizeLimit = 60_000;
    const answer = await finished(
      stage.discord.as('alice').command('imagine', { prompt: 'a fox', images: 2 }),
    );
    expect(answer.files.map(({ filename }) => filename)).toEqual(['a-fox-1.webp', 'a-fox-2.webp']);
    expect(answer.files.every(({ bytes }) => bytes.length <= 60_000)).toBe(true);
    expect(answer.text).toContain('made smaller');
  });

  it('a 40005 although it seemed to fit: smaller files', async () => {
    stage.discord.faults.add({
      method: 'PATCH',
      route: /@original$/,
      status: 413,
      body: { code: 40005, message: 'Request entity too large' },
    });
    const answer = await finished(
      stage.discord.as('alice').command('imagine', { prompt: 'a fox' }),
    );
    expect(answer.files).toHaveLength(4);
  });

  it('AutoMod blocks the text: without the prompt', async () => {
    stage.discord.guild().settings.forbiddenWords = ['fox'];
    const answer = await finished(
      stage.discord.as('alice').command('imagine', { prompt: 'a fox' }),
    );
    expect(answer.files).toHaveLength(4);
    expect(answer.text).not.toContain('fox');
    expect(answer.text).toContain('AutoMod');
    expect(answer.files[0]?.filename).toBe('picture-1.png');
  });

  it.each(['at once', 'after the acknowledgement'])(
    'AutoMod blocks the text of a refusal %s: without the words, for the member alone',
    async (when) => {
      const { discord } = stage;
      await saying(discord.as('mod').command('easel word add', { text: 'fox' }), 'fox');
      // What is not in memory is looked up after the acknowledgement.
      if (when !== 'at once') await stage.restart();
      discord.guild().settings.forbiddenWords = ['fox'];
      const asked = discord.as('alice').command('imagine', { prompt: 'a fox' });
      const told = await asked.waitFor(({ answer, followUps }) =>
        [answer, ...followUps].find((message) => message?.text.includes('do not allow')),
      );
      expect(told.ephemeral).toBe(true);
      expect(told.text).not.toContain('fox');
      await discord.events.until(() => discord.as('bob').sees('pictures').length === 0, {
        what: 'no placeholder',
      });
      expect(posted()).toEqual([]);
    },
  );

  it('after 14 minutes: a message in the channel', async () => {
    const { claid, clock, discord } = stage;
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    claid.faults.next({ kind: 'hold', until: held });
    await stage.restart({ CLAID_TIMEOUT_SECONDS: '3600' });
    const alice = discord.as('alice');
    alice.command('imagine', { prompt: 'a fox' });
    await claid.next('request', ({ prompt }) => prompt === 'a fox');
    clock.advance(20 * minute);
    release();
    const message = await discord.events.until(
      () => alice.sees('pictures').find(({ files }) => files.length === 4),
      { what: 'a message in the channel' },
    );
    expect(message.text).toContain(`For <@${alice.id}>, a little late:`);
    expect(message.mentions).toEqual([]);
    expect(message.usedBy).toBeUndefined();
  });

  it('a private answer never goes to the channel: it waits, and is offered at the next command', async () => {
    const { claid, clock, discord } = stage;
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    claid.faults.next({ kind: 'hold', until: held });
    await stage.restart({ CLAID_TIMEOUT_SECONDS: '3600' });
    const alice = discord.as('alice');
    alice.command('imagine', { prompt: 'a fox', private: true });
    await claid.next('request', ({ prompt }) => prompt === 'a fox');
    clock.advance(20 * minute);
    release();
    await untilDelivery('waiting');
    const usage = alice.command('usage');
    const offer = await toldPrivately(usage, 'could not be posted then');
    const shown = await finished(alice.press(offer, 'Show my pictures'));
    expect(shown.files).toHaveLength(4);
    expect(shown.ephemeral).toBe(true);
    expect(discord.as('bob').sees('pictures')).toEqual([]);
  });

  it('what cannot be posted anywhere waits, says so, and is shown once to its member alone', async () => {
    const { claid, discord } = stage;
    const body = { code: 50013, message: 'Missing Permissions' };
    discord.faults.add({ method: 'PATCH', route: /@original$/, status: 403, body });
    discord.faults.add({ method: 'POST', route: /\/channels\//, status: 403, body });
    const alice = discord.as('alice');
    const asked = alice.command('imagine', { prompt: 'a fox' });
    await saying(asked, 'cannot be shown here');
    const offer = await toldPrivately(asked, 'could not be posted then');
    expect(discord.as('bob').sees('pictures')).toHaveLength(1);
    const presses = [alice.press(offer, 0), alice.press(offer, 0)];
    await Promise.all(
      presses.map((press) =>
        press.waitFor(
          ({ answer }) =>
            answer && (answer.files.length === 4 || answer.text.includes('do not know')),
        ),
      ),
    );
    expect(presses.filter(({ answer }) => answer?.files.length === 4)).toHaveLength(1);
    expect(claid.downloads).toHaveLength(4);
  });

  it('what was never shown while the pictures are kept is returned', async () => {
    const { claid, clock, discord } = stage;
    discord.faults.add({
      method: 'PATCH',
      route: /@original$/,
      times: 100,
      status: 403,
      body: { code: 50013, message: 'Missing Permissions' },
    });
    discord.faults.add({
      method: 'POST',
      route: /\/channels\//,
      times: 100,
      status: 403,
      body: { code: 50013, message: 'Missing Permissions' },
    });
    discord.as('alice').command('imagine', { prompt: 'a fox' });
    await untilDelivery('waiting');
    expect(claid.books.totalCost).toBe(4);
    discord.faults.clear();
    clock.advance(7 * day);
    await hurried(stage, untilDelivery('lapsed'), minute);
    expect(generations()).toMatchObject([{ credits: 4 }]);
  });
});

describe('cancelled', () => {
  it('before it is sent: it says so, and the credits are back', async () => {
    const { claid, discord } = stage;
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    claid.faults.next({ kind: 'hold', until: held });
    const alice = discord.as('alice');
    const first = alice.command('imagine', { prompt: 'a fox' });
    await claid.next('request', ({ prompt }) => prompt === 'a fox');
    const second = alice.command('imagine', { prompt: 'a hare' });
    const shown = await saying(second, 'Next in line');
    alice.press(shown, 'Cancel');
    await saying(second, 'Cancelled. Your 4 credits are back.');
    expect(await spentByAlice()).toBe(4);
    release();
    await finished(first);
    expect(posted()).toEqual(['a fox']);
  });
});

describe('our own bug', () => {
  it('before it is sent: a short apology with an incident id that stands in the log; credits back', async () => {
    stage.sql('alter table departures rename to departures_elsewhere');
    const asked = stage.discord.as('alice').command('imagine', { prompt: 'a fox' });
    const told = await saying(asked, 'Something went wrong on my side');
    expect(told.text).toContain('Your 4 credits are back.');
    const incident = /`(\w+)`/.exec(told.text)?.[1];
    expect(
      stage.logged().some((line) => line['incident'] === incident && line['level'] === 'error'),
    ).toBe(true);
    expect(told.text).not.toMatch(/departures|sqlite|SQL/i);
    stage.sql('alter table departures_elsewhere rename to departures');
    expect(await spentByAlice()).toBe(0);
    expect(posted()).toEqual([]);
  });

  it('after it was made: delivered', async () => {
    const { discord } = stage;
    stage.sql(
      "create trigger broken before update of pictures on generations begin select raise(abort, 'broken'); end",
    );
    const asked = discord.as('alice').command('imagine', { prompt: 'a fox' });
    await discord.events.until(
      () => stage.logged().some(({ msg }) => msg === 'a delivery failed'),
      { what: 'a delivery that fails' },
    );
    stage.sql('drop trigger broken');
    const answer = await hurried(stage, finished(asked), 1_000);
    expect(answer.files).toHaveLength(4);
    expect(posted()).toEqual(['a fox']);
  });

  it('while it is written down that it was made: written and delivered as soon as the store can', async () => {
    const { discord } = stage;
    stage.sql(
      "create trigger broken before update of sources on generations begin select raise(abort, 'broken'); end",
    );
    const asked = discord.as('alice').command('imagine', { prompt: 'a fox' });
    await discord.events.until(
      () => stage.logged().some(({ msg }) => String(msg).includes('could not be written down yet')),
      { what: 'a settlement that fails' },
    );
    stage.sql('drop trigger broken');
    const answer = await hurried(stage, finished(asked), 1_000);
    expect(answer.files).toHaveLength(4);
    expect(posted()).toEqual(['a fox']);
  });
});

async function untilDelivery(delivery: string): Promise<void> {
  await vi.waitFor(() => {
    expect(generations()).toMatchObject([{ delivery }]);
  }, 10_000);
}
