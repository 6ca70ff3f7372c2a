import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ClientRefused, ServerRefused } from '../../src/playground/discord/control.ts';
import type { Invocation, SeenMessage } from '../../src/playground/discord/control.ts';
import { finished, saying, setStage, toldPrivately } from './stage.ts';
import type { Stage } from './stage.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.end());

type Options = Parameters<ReturnType<Stage['discord']['as']>['command']>[1];

const easel = (who: string, subcommand: string, options: Options = {}): Invocation =>
  stage.discord.as(who).command(`easel ${subcommand}`, options);

/** What a moderator is told, for them alone. */
async function told(
  subcommand: string,
  options: Options,
  text: string | RegExp,
): Promise<SeenMessage> {
  const answer = await saying(easel('mod', subcommand, options), text);
  expect(answer.ephemeral).toBe(true);
  return answer;
}

describe('what a moderator sets up', () => {
  it('holds for members from then on, and says so with the numbers', async () => {
    const { discord } = stage;
    const artist = discord.guild().roleId('Artist');
    await told('limit set', { credits: 2, per: 'day' }, 'each member: none → **2 credits**');
    await told(
      'limit set',
      { credits: 8, per: 'day', for: 'Artist' },
      `<@&${artist}>: none → **8 credits**`,
    );
    const alice = discord.as('alice');
    const refused = alice.command('imagine', { prompt: 'a fox', images: 3 });
    await toldPrivately(refused, '2 credits');
    discord.guild().setRoles('alice', ['Artist']);
    await finished(alice.command('imagine', { prompt: 'a fox', images: 3 }));
    await told(
      'show',
      { member: 'alice' },
      new RegExp(
        `<@&${artist}>, a day \\(\\*\\*decides\\*\\*\\): 3 of 8 used, \\*\\*5 left\\*\\* · next frees up <t:\\d+:R>`,
      ),
    );
    const rule = `role-${artist}:day`;
    const typing = discord.as('mod').complete('easel limit remove', { rule: 'role' }, 'rule');
    await typing.acknowledged;
    expect(typing.choices?.map(({ value }) => value)).toEqual([rule]);
    await told('limit remove', { rule }, '8 credits → **none**');
  });

  it('survives a restart', async () => {
    await told('requests', { pictures: 2 }, 'as usual → **2**');
    await told('channel deny', { channel: 'general' }, '→ **denied**');
    await stage.restart();
    const shown = await told('show', {}, '### What holds on this server');
    expect(shown.text).toContain('at most 2 pictures');
    expect(shown.text).toContain(`denied: <#${stage.discord.guild().channelId('general')}>`);
  });

  it('takes a list of words by a modal, which refuses prompts then', async () => {
    const { discord } = stage;
    const mod = discord.as('mod');
    const opened = mod.command('easel word import');
    await opened.acknowledged;
    const submitted = mod.submit(opened, { words: 'ugly duck\nfoo' });
    await saying(submitted, 'Added 2 rules on words');
    await told('word test', { prompt: 'an UGLY duck' }, 'would be refused');
    const refused = discord.as('alice').command('imagine', { prompt: 'my ugly duck' });
    await saying(refused, '||ugly duck||');
    await told('word list', {}, '1 hit');
  });

  it('stands in the log, which can be narrowed and paged', async () => {
    const { discord } = stage;
    for (let credits = 1; credits <= 12; credits += 1)
      await told('limit set', { credits, per: 'day' }, `**${credits} credit`);
    const shown = await told('log show', {}, '### Log · Everything');
    const mod = discord.as('mod');
    await saying(mod.press(shown, 'Older'), '**1 credit**');
    await saying(mod.choose(shown, 'easel:log-kind:any', ['refusal']), 'Nothing here yet');
  });

  it('cannot be a log channel that the bot may not write in', async () => {
    const quiet = stage.discord.guild().channelId('quiet');
    const refused = await told('log channel', { channel: 'quiet' }, `<#${quiet}>`);
    expect(refused.text).toContain('**Send Messages**');
  });

  it('tells why a thread is denied', async () => {
    const guild = stage.discord.guild();
    await told('channel deny', { channel: 'pictures' }, '→ **denied**');
    await told(
      'show',
      { channel: 'sketches' },
      `<#${guild.channelId('pictures')}>: denied ← decides`,
    );
  });

  it('keeps what both of two moderators set at once', async () => {
    await Promise.all([
      told('limit set', { credits: 5, per: 'hour' }, '**5 credits**'),
      saying(easel('owner', 'requests', { pictures: 2 }), '**2**'),
      told('limit server', { credits: 50, per: 'day' }, '**50 credits**'),
      saying(easel('owner', 'channel deny'), '**denied**'),
    ]);
    const shown = await told('show', {}, 'each member: 5 an hour');
    expect(shown.text).toContain('this server in all: 50 a day');
    expect(shown.text).toContain('at most 2 pictures');
    expect(shown.text).toContain('the whole server: denied');
  });

  it('is never for a bot', async () => {
    await told('limit set', { credits: 5, per: 'hour', for: 'Jukebox' }, 'That is a bot');
    await told('show', { member: 'Jukebox' }, 'That is a bot');
  });

  it('is taken away by a list of what is set, where Discord knows a role or a channel no more', async () => {
    const { discord } = stage;
    const guild = discord.guild();
    const [artist, general] = [guild.roleId('Artist'), guild.channelId('general')];
    await told('limit set', { credits: 3, per: 'day', for: 'Artist' }, '**3 credits**');
    await told('limit set', { credits: 4, per: 'day', for: 'Helpers' }, '**4 credits**');
    await told('channel deny', { channel: 'general' }, '**denied**');
    await told('channel allow', { channel: 'pictures' }, '**allowed**');
    guild.deleteRole('Artist');
    guild.deleteChannel('general');
    const offered = async (subcommand: string) => {
      const typing = discord.as('mod').complete(`easel ${subcommand}`, { rule: '' }, 'rule');
      await typing.acknowledged;
      return typing.choices?.map(({ name }) => name);
    };
    await vi.waitFor(async () => {
      expect(await offered('limit remove')).toEqual([
        `Deleted role ${artist}: 3 credits per day`,
        'Role Helpers: 4 credits per day',
      ]);
      expect(await offered('channel clear')).toEqual([
        `Channel ${general}, deleted or hidden from me: denied`,
        'pictures: allowed',
      ]);
    });
    await told('limit remove', { rule: `role-${artist}:day` }, '3 credits → **none**');
    await told('channel clear', { rule: general }, 'denied → **as above it**');
    const shown = await told('show', {}, '### What holds on this server');
    expect(shown.text).not.toContain(general);
    expect(shown.text).not.toContain(artist);
  });

  it('may be set by those whom Discord’s own permissions of commands let, and by nobody else', async () => {
    const { discord } = stage;
    const guild = discord.guild();
    guild.setCommandAccess('easel', 'Helpers', true);
    const answer = await saying(
      easel('erin', 'limit set', { credits: 6, per: 'day' }),
      'each member: none → **6 credits**',
    );
    expect(answer.ephemeral).toBe(true);
    await told('log show', {}, `<@${discord.as('erin').id}> · Limit per day for each member`);
    expect(() =>
      discord.as('bob').command('easel limit set', { credits: 9, per: 'day' }, { raw: true }),
    ).toThrow(ServerRefused);
    guild.setCommandAccess('easel', 'mod', false);
    expect(() => easel('mod', 'show')).toThrow(ClientRefused);
  });

  it('can be cleared when a role or a channel is gone, and bothers nobody meanwhile', async () => {
    const { discord } = stage;
    const guild = discord.guild();
    const artist = guild.roleId('Artist');
    await told('limit set', { credits: 0, per: 'day', for: 'Artist' }, '**0 credits**');
    await told('moderators role', { role: 'Artist' }, `**<@&${artist}>**`);
    await told('log channel', { channel: 'general' }, `**<#${guild.channelId('general')}>**`);
    guild.deleteChannel('general');
    await finished(discord.as('alice').command('imagine', { prompt: 'a fox', images: 1 }));
    await told('limit remove', { rule: `role-${artist}:day` }, '0 credits → **none**');
    await told('moderators role', {}, '→ **none**');
    await told('log channel', {}, '→ **none**');
  });
});

describe('somebody without rights', () => {
  it('is not offered the command', () => {
    expect(() => easel('alice', 'show')).toThrow(ClientRefused);
  });

  it('cannot page, choose or submit what a moderator opened', async () => {
    const { discord } = stage;
    for (let n = 1; n <= 16; n += 1) await told('word add', { text: `word ${n}` }, `||word ${n}||`);
    const bob = discord.as('bob');
    const list = await told('word list', {}, '1–15 of 16');
    await toldPrivately(bob.press(list, 'More', { raw: true }), 'Manage Server');
    const log = await told('log show', {}, '### Log');
    await toldPrivately(bob.press(log, 'Older', { raw: true }), 'Manage Server');
    await toldPrivately(
      bob.choose(log, 'easel:log-kind:any', ['refusal'], { raw: true }),
      'Manage Server',
    );
    const opened = discord.as('mod').command('easel word import');
    await opened.acknowledged;
    const form = bob.submit(opened, { words: 'fox' }, { raw: true });
    await saying(form, 'Manage Server');
    await told('word test', { prompt: 'fox' }, 'passes');
  });
});
