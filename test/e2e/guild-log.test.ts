import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SeenMessage } from '../../src/playground/discord/control.ts';
import { finished, saying, setStage } from './stage.ts';
import type { Stage } from './stage.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.end());

const posts = (): readonly SeenMessage[] => stage.discord.as('dave').sees('log');

/** The log channel's text, once it has what is looked for. */
async function logged(what: string | RegExp): Promise<string> {
  const has = (): string | undefined => {
    const text = posts()
      .map((message) => message.text)
      .join('\n');
    return (typeof what === 'string' ? text.includes(what) : what.test(text)) ? text : undefined;
  };
  return (
    has() ??
    stage.discord.events.next('message-created', () => has() !== undefined).then(() => has() ?? '')
  );
}

async function setLogChannel(channel = 'log'): Promise<void> {
  const set = stage.discord.as('mod').command('easel log channel', { channel });
  await saying(set, 'Log channel');
}

describe('the log channel', () => {
  it('gets each generation with its pictures as spoilers and a link, private ones too', async () => {
    const { discord, clock } = stage;
    await setLogChannel();
    const asked = discord.as('alice').command('imagine', { prompt: 'a *fox*', images: 2 });
    const answer = await finished(asked);
    const text = await logged('2 pictures');
    expect(text).toContain(`<@${discord.as('alice').id}> made 2 pictures for 2 credits`);
    expect(text).toContain(`/${answer.id}`);
    expect(text).toContain('a \\*fox\\*');
    const files = posts().flatMap((message) => message.files);
    expect(files).toHaveLength(2);
    expect(files.every(({ filename }) => filename.startsWith('SPOILER_'))).toBe(true);

    clock.advance(2_000);
    await finished(
      discord.as('bob').command('imagine', { prompt: 'a secret owl', images: 1, private: true }),
    );
    clock.advance(2_000);
    const both = await logged('privately');
    expect(both).toContain('a secret owl');
    expect(posts().flatMap((message) => message.files)).toHaveLength(3);
  });

  it('tells who changed what, who was refused and why, and who deleted what', async () => {
    const { discord, clock } = stage;
    await setLogChannel();
    const { id } = discord.as('mod');
    expect(await logged('Log channel')).toContain(`<@${id}>`);
    await saying(discord.as('mod').command('easel word add', { text: 'owl' }), 'owl');
    await saying(discord.as('alice').command('imagine', { prompt: 'an Owl at night' }), 'words');
    clock.advance(2_000);
    const refused = await logged('was refused');
    expect(refused).toContain(`<@${discord.as('alice').id}> was refused in <#`);
    expect(refused).toContain('||Owl||');
  });

  it('is not written to more often than every 2 s; what comes meanwhile comes together', async () => {
    const { discord, clock } = stage;
    await setLogChannel();
    await logged('Log channel');
    const before = posts().length;
    for (const credits of [1, 2, 3, 4])
      await saying(
        discord.as('mod').command('easel limit set', { credits, per: 'hour' }),
        'each member',
      );
    expect(posts()).toHaveLength(before);
    clock.advance(2_000);
    await logged(/\*\*4 credits\*\*/);
    expect(posts()).toHaveLength(before + 1);
  });

  it('that cannot be written to holds nobody up, and is told of once', async () => {
    const { discord } = stage;
    await setLogChannel();
    await logged('Log channel');
    const denied = { method: 'POST', route: /channels\/\d+\/messages$/, status: 403, code: 50_013 };
    const fault = discord.faults.add(denied);
    stage.clock.advance(2_000);
    await finished(discord.as('alice').command('imagine', { prompt: 'a fox', images: 1 }));
    await fault.hit;
    stage.clock.advance(60_000);
    await finished(discord.as('alice').command('imagine', { prompt: 'an owl', images: 1 }));
    const show = await saying(discord.as('mod').command('easel show'), 'I cannot write there');
    expect(show.ephemeral).toBe(true);
    const told = stage.logged().filter(({ msg }) => msg === 'a log cannot be posted');
    expect(told).toHaveLength(1);
  });

  it('gets after a restart what had not been posted', async () => {
    await setLogChannel();
    await logged('Log channel');
    // Within the 2 s in which the channel is left alone.
    await finished(stage.discord.as('alice').command('imagine', { prompt: 'a fox', images: 1 }));
    await stage.restart();
    await logged('1 picture');
  });

  it('gets after a restart what did not fit into the message before', async () => {
    const { discord, clock } = stage;
    await setLogChannel();
    await logged('Log channel');
    const names = ['fox', 'owl', 'hare'];
    for (const name of names)
      await finished(discord.as('alice').command('imagine', { prompt: `a ${name}` }));
    await vi.waitFor(() => {
      expect(stage.sql('select id from guild_log where unposted_since is not null')).toHaveLength(
        3,
      );
    });
    clock.advance(2_000);
    // A message takes ten files.
    expect(await logged('a fox')).not.toContain('a hare');
    await stage.restart();
    const text = await logged('a hare');
    for (const name of names) expect(text.split(`a ${name}`)).toHaveLength(2);
  });
});
