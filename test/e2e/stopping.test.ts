import { existsSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { startClaid } from '../../src/playground/claid/claid.ts';
import type { Claid } from '../../src/playground/claid/claid.ts';
import type { Discord } from '../../src/playground/discord/control.ts';
import { startDiscord } from '../../src/playground/discord/discord.ts';
import { openStore } from '../../src/storage/open.ts';
import { runBot, settingsFor } from './bot-process.ts';
import type { BotProcess } from './bot-process.ts';
import { finished, holding, saying, setStage } from './stage.ts';
import type { Stage } from './stage.ts';
import { dayWindows } from './day-windows.ts';

const restarted = 'I am being restarted';

describe('a signal', () => {
  let discord: Discord;
  let claid: Claid;
  let folder: string;
  let bot: BotProcess;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'easel-stopping-'));
    discord = await startDiscord({ clock: systemClock });
    claid = await startClaid({ clock: systemClock, pictures: 'small', latencyMs: 5 });
    bot = runBot({
      folder,
      settings: settingsFor(
        { discord, claid },
        {
          DATABASE_URL: `file:${join(folder, 'easel.db')}`,
          PICTURES_FOLDER: join(folder, 'pictures'),
          GUILD_CONCURRENT: '1',
        },
      ),
    });
    await bot.says('ready');
  });
  afterEach(async () => {
    bot.signal('SIGKILL');
    await bot.exited;
    expect(discord.violations).toEqual([]);
    await discord.close();
    await claid.close();
    await rm(folder, { recursive: true, force: true });
  });

  const states = (): unknown[] => {
    const db = new DatabaseSync(join(folder, 'easel.db'));
    try {
      return db.prepare('select state, delivery from generations order by created_at').all();
    } finally {
      db.close();
    }
  };

  it.each(['SIGTERM', 'SIGINT'] as const)(
    '%s lets running work finish, gives back what waits, and turns new commands away',
    async (signal) => {
      const { asked: running, release } = await holding({ claid, discord });
      const waiting = discord.as('bob').command('imagine', { prompt: 'a hare', images: 2 });
      await saying(waiting, 'Next in line');

      bot.signal(signal);
      await bot.says('stopping');
      const late = await saying(
        discord.as('mod').command('imagine', { prompt: 'an owl' }),
        restarted,
      );
      expect(late.ephemeral).toBe(true);
      expect(late.text).toContain('Nothing was spent');
      const given = await saying(waiting, restarted);
      expect(given.text).toContain('Your 2 credits are back.');
      expect(given.buttons).toEqual([]);

      release();
      expect((await finished(running)).files).toHaveLength(4);
      expect(await bot.exited).toBe(0);
      expect(bot.stderr).toBe('');
      expect(claid.requests.flatMap(({ prompt }) => prompt ?? [])).toEqual(['a fox']);
      expect(discord.gateway.connections).toBe(0);

      // Closed: all is in the one file, nobody holds it, and it adds up.
      const wal = join(folder, 'easel.db-wal');
      expect(existsSync(wal) ? statSync(wal).size : 0).toBe(0);
      expect(states()).toEqual([
        { state: 'made', delivery: 'posted' },
        { state: 'returned', delivery: 'none' },
      ]);
      const store = await openStore({
        url: `file:${join(folder, 'easel.db')}`,
        clock: systemClock,
      });
      expect(await store.verify()).toEqual([]);
      const windows = dayWindows(discord.guild().id, discord.as('alice').id);
      const spent = await store.spent(windows, systemClock.now());
      expect(spent.map(({ credits }) => credits)).toEqual([4, 4, 4]);
      await store.close();
    },
  );

  it('that comes a second time ends it at once; what was out is left to the next start', async () => {
    claid.faults.next({ kind: 'hang' });
    const arrived = claid.next('request', ({ prompt }) => prompt === 'a fox');
    discord.as('alice').command('imagine', { prompt: 'a fox' });
    await arrived;
    bot.signal('SIGTERM');
    await bot.says('stopping');
    bot.signal('SIGINT');
    expect(await bot.exited).toBe(1);
    expect(bot.logged().at(-1)).toMatchObject({ msg: 'a second signal: leaving at once' });
    expect(states()).toEqual([{ state: 'sent', delivery: 'none' }]);
  });
});

describe('stopping', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await setStage();
  });
  afterEach(() => stage.end());

  // Less than it would wait for work under way.
  it('takes no time where nothing is to be done', () => stage.stop(), 10_000);

  it('waits 20 s for what is out, then leaves it to recovery, which tells the member', async () => {
    const { claid, clock, discord } = stage;
    const { asked } = await holding(stage);
    const stopped = stage.stop();
    let done = false;
    void stopped.then(() => (done = true));
    clock.advance(19_000);
    expect(stage.logged().at(-1)).not.toMatchObject({ msg: 'stopped' });
    expect(done).toBe(false);
    clock.advance(1_000);
    await stopped;
    expect(stage.sql('select state from generations')).toEqual([{ state: 'sent' }]);
    expect(asked.answer?.text).not.toContain('credits are back');

    await stage.restart();
    await saying(asked, 'It may still have been made but cannot be fetched; your credits are back');
    await saying(discord.as('alice').command('usage'), '40 of 40 left');
    await saying(discord.as('owner').command('usage'), '396 of 400 left');
    expect(claid.requests.flatMap(({ prompt }) => prompt ?? [])).toEqual(['a fox']);
  });

  it('turns buttons away too, and finishes an upload under way', async () => {
    const { discord } = stage;
    const alice = discord.as('alice');
    const earlier = await finished(alice.command('imagine', { prompt: 'a hare', images: 1 }));
    const upload = discord.faults.add({ method: 'PATCH', route: /@original$/, hold: true });
    const asked = alice.command('imagine', { prompt: 'a fox' });
    await upload.hit;
    const stopped = stage.stop();
    const pressed = alice.press(earlier, 'Delete');
    expect((await saying(pressed, restarted)).ephemeral).toBe(true);
    expect(alice.message(earlier.id)?.files).toHaveLength(1);
    upload.release();
    await stopped;
    expect((await finished(asked)).files).toHaveLength(4);
    expect(stage.sql('select delivery from generations')).toEqual([
      { delivery: 'posted' },
      { delivery: 'posted' },
    ]);
  });

  it('twice is stopping once', async () => {
    const { asked, release } = await holding(stage);
    const both = [stage.stop(), stage.stop()];
    release();
    await Promise.all(both);
    await finished(asked);
    expect(stage.logged().filter(({ msg }) => msg === 'stopped')).toHaveLength(1);
  });
});
