import {
  ApplicationCommandOptionType as Option,
  ApplicationCommandType,
  ChannelType,
} from 'discord.js';
import type { RESTPostAPIChatInputApplicationCommandsJSONBody } from 'discord.js';
import { describe, expect, it } from 'vitest';
import type { Given } from '../../src/discord/command.ts';
import type { Call } from '../../src/discord/call.ts';
import type { Invocation } from '../../src/playground/discord/control.ts';
import { listening, staffDesk } from './staffed-desk.ts';

const rules: RESTPostAPIChatInputApplicationCommandsJSONBody = {
  type: ApplicationCommandType.ChatInput,
  name: 'rules',
  description: 'Rules',
  contexts: [0, 1],
  options: [
    {
      type: Option.SubcommandGroup,
      name: 'limit',
      description: 'Limits',
      options: [
        {
          type: Option.Subcommand,
          name: 'set',
          description: 'Sets one',
          options: [
            { type: Option.Integer, name: 'credits', description: 'How many' },
            { type: Option.Mentionable, name: 'for', description: 'Whose' },
            { type: Option.User, name: 'member', description: 'Whose' },
            { type: Option.Role, name: 'role', description: 'Whose' },
            { type: Option.Channel, name: 'channel', description: 'Where' },
            { type: Option.Boolean, name: 'dry', description: 'Only counted' },
            { type: Option.Attachment, name: 'sample', description: 'Like this' },
            { type: Option.Attachment, name: 'other', description: 'Not like this' },
            { type: Option.String, name: 'note', description: 'Whatever' },
          ],
        },
      ],
    },
    { type: Option.Subcommand, name: 'show', description: 'Shows them' },
  ],
};

/** The header of a PNG of 3 × 2 pixels. */
const dotPng = Buffer.from(
  '89504e470d0a1a0a0000000d494844520000000300000002080200000012163f4d',
  'hex',
);

async function desk() {
  const { command, heard } = listening(rules);
  const staffed = await staffDesk([command]);
  /** What the command was called with by this use of it. */
  const hear = async (use: Invocation): Promise<{ call: Call; given: Given }> => {
    await use.waitFor(({ answer }) => answer?.text === 'heard');
    const latest = heard.at(-1);
    if (latest === undefined) throw new Error('nothing was heard');
    return latest;
  };
  return { ...staffed, guild: staffed.discord.guild(), hear };
}

describe('what comes with a command', () => {
  it('is its subcommand, with the group before it', async () => {
    const { discord, hear } = await desk();
    const mod = discord.as('mod');
    const { given: inGroup } = await hear(mod.command('rules limit set', { credits: 5 }));
    expect(inGroup).toMatchObject({ subcommand: 'limit set', options: { credits: 5 } });
    const { given: alone } = await hear(mod.command('rules show'));
    expect(alone).toMatchObject({ subcommand: 'show', options: {}, message: null });
    const { given: hacked } = await hear(mod.command('rules', { credits: 'x' }, { raw: true }));
    expect(hacked).toMatchObject({ subcommand: '', options: { credits: 'x' } });
  });

  it('is each option as it came: numbers, truths, and the ids of people, roles and channels', async () => {
    const { discord, guild, hear } = await desk();
    const { given } = await hear(
      discord.as('mod').command('rules limit set', {
        credits: 40,
        for: '@Regulars',
        member: '@bob',
        role: '@everyone',
        channel: '#general',
        dry: true,
      }),
    );
    expect(given.options).toEqual({
      credits: 40,
      for: guild.roleId('Regulars'),
      member: discord.as('bob').id,
      role: guild.id,
      channel: guild.channelId('general'),
      dry: true,
    });
  });

  it('tells of the people named: their roles, whether they are bots, whether they are here', async () => {
    const { discord, guild, hear } = await desk();
    const name = async (member: string) => {
      const { given } = await hear(discord.as('mod').command('rules limit set', { member }));
      return [...given.users.values()];
    };
    expect(await name('alice')).toEqual([{ bot: false, roleIds: [guild.roleId('Regulars')] }]);
    expect(await name('Jukebox')).toEqual([{ bot: true, roleIds: [] }]);
    expect(await name('carol')).toEqual([{ bot: false, roleIds: null }]);
    guild.removeMember('alice');
    expect(await name(discord.as('alice').id)).toEqual([{ bot: false, roleIds: null }]);
  });

  it('tells of the channels named: what they stand under, and what the bot lacks to write there', async () => {
    const { discord, guild, hear } = await desk();
    const name = async (channel: string) => {
      const { given } = await hear(discord.as('mod').command('rules limit set', { channel }));
      return given.channels.get(guild.channelId(channel));
    };
    const pictures = ['pictures', 'Text'].map((each) => guild.channelId(each));
    expect(await name('pictures')).toEqual({ path: pictures, missingPermissions: [] });
    expect(await name('sketches')).toEqual({
      path: [guild.channelId('sketches'), ...pictures],
      missingPermissions: [],
    });
    expect(await name('quiet')).toEqual({
      path: [guild.channelId('quiet')],
      missingPermissions: ['Send Messages', 'Attach Files'],
    });
    guild.setOverwrite('general', 'bot', {
      deny: ['ViewChannel'],
    });
    expect(await name('general')).toMatchObject({
      missingPermissions: ['View Channel', 'Send Messages', 'Attach Files'],
    });
    expect((await name('Text'))?.missingPermissions).not.toEqual([]);
  });

  it('tells of the files that were uploaded with it, by the ids that the options carry', async () => {
    const { discord, hear } = await desk();
    const { given } = await hear(
      discord.as('mod').command('rules limit set', {
        sample: { filename: 'dot.png', bytes: dotPng },
        other: { filename: 'notes.bin', bytes: Buffer.from('nothing to see') },
      }),
    );
    const { sample, other } = given.options;
    expect([...given.attachments.keys()]).toEqual([sample, other]);
    expect(given.attachments.get(String(sample))).toEqual({
      id: sample,
      url: expect.stringContaining(`${discord.origin}/ephemeral-attachments/`) as string,
      name: 'dot.png',
      contentType: 'image/png',
      sizeBytes: dotPng.length,
      width: 3,
      height: 2,
    });
    expect(given.attachments.get(String(other))).toMatchObject({
      name: 'notes.bin',
      contentType: null,
      sizeBytes: 14,
      width: null,
      height: null,
    });
    const got = await fetch(given.attachments.get(String(sample))?.url ?? '');
    expect(Buffer.from(await got.arrayBuffer())).toEqual(dotPng);
  });

  it.each(['constructor', 'toString', '__proto__'])(
    'is taken as it is where a text is a word that every object knows: %s',
    async (note) => {
      const { discord, guild, hear } = await desk();
      const { given } = await hear(
        discord.as('mod').command('rules limit set', {
          note,
          member: '@alice',
          role: 'Regulars',
          channel: '#general',
          sample: { filename: 'dot.png', bytes: dotPng },
        }),
      );
      expect(given.options).toMatchObject({ note });
      expect([...given.users.keys()]).toEqual([discord.as('alice').id]);
      expect([...given.channels.keys()]).toEqual([guild.channelId('general')]);
      expect([...given.attachments.keys()]).toEqual([given.options.sample]);
    },
  );

  it('is no file that it was not uploaded with, whatever id a hacked client sends', async () => {
    const { discord, hear } = await desk();
    const { given } = await hear(
      discord.as('mod').command('rules limit set', { sample: '123' }, { raw: true }),
    );
    expect(given.options).toEqual({ sample: '123' });
    expect(given.attachments.size).toBe(0);
  });
});

describe('whoever calls', () => {
  it('comes with their roles, as they are now', async () => {
    const { discord, guild, hear } = await desk();
    const call = async (): Promise<Call> =>
      (await hear(discord.as('bob').command('rules show'))).call;
    expect((await call()).roleIds).toEqual([guild.roleId('Guests')]);
    guild.setRoles('bob', ['Regulars', 'Helpers']);
    expect((await call()).roleIds).toEqual(
      ['Regulars', 'Helpers'].map((role) => guild.roleId(role)),
    );
    guild.deleteRole('Regulars');
    expect((await call()).roleIds).toEqual([guild.roleId('Helpers')]);
  });

  it('comes with what Discord lets them do', async () => {
    const { discord, hear } = await desk();
    const may = async (name: string) =>
      (await hear(discord.as(name).command('rules show'))).call.may;
    const nothing = { manageMessages: false, manageServer: false, moderateMembers: false };
    expect(await may('alice')).toEqual(nothing);
    expect(await may('dave')).toEqual({ ...nothing, manageMessages: true, moderateMembers: true });
    const all = { manageMessages: true, manageServer: true, moderateMembers: true };
    expect(await may('mod')).toEqual(all);
    expect(await may('owner')).toEqual(all);
  });

  it('comes with the thread, the channel and the category', async () => {
    const { discord, guild, hear } = await desk();
    const path = async (channel: string): Promise<readonly string[]> =>
      (await hear(discord.as('alice').command('rules show', {}, { channel }))).call.channelPath;
    const ids = (...names: string[]): string[] => names.map((name) => guild.channelId(name));
    expect(await path('sketches')).toEqual(ids('sketches', 'pictures', 'Text'));
    expect(await path('general')).toEqual(ids('general', 'Text'));
    expect(await path('quiet')).toEqual(ids('quiet'));
    guild.addChannel({ name: 'late', parent: 'general', type: ChannelType.PublicThread });
    expect(await path('late')).toEqual(ids('late', 'general', 'Text'));
  });

  it('comes with whether only adults see the channel, or the one that the thread is in', async () => {
    const { discord, guild, hear } = await desk();
    const restricted = async (channel: string): Promise<boolean> =>
      (await hear(discord.as('alice').command('rules show', {}, { channel }))).call.ageRestricted;
    expect(await restricted('after-dark')).toBe(true);
    expect(await restricted('general')).toBe(false);
    expect(await restricted('sketches')).toBe(false);
    expect(await restricted('dm')).toBe(false);
    guild.addChannel({ name: 'den', parent: 'after-dark', type: ChannelType.PrivateThread });
    expect(await restricted('den')).toBe(true);
    guild.setAgeRestricted('pictures', true);
    expect(await restricted('sketches')).toBe(true);
    guild.setAgeRestricted('after-dark', false);
    expect([await restricted('after-dark'), await restricted('den')]).toEqual([false, false]);
  });

  it('does not get around the rules of a channel by a private thread that the bot is not in', async () => {
    const { discord, guild, hear } = await desk();
    guild.addChannel({ name: 'den', parent: 'pictures', type: ChannelType.PrivateThread });
    const use = discord.as('alice').command('rules show', {}, { channel: 'den' });
    expect((await hear(use)).call.channelPath).toEqual(
      ['den', 'pictures', 'Text'].map((name) => guild.channelId(name)),
    );
  });

  it('has no server, roles and rights in direct messages, members of none included', async () => {
    const { discord, guild, hear, keeps, idle } = await desk();
    const bob = discord.as('bob');
    guild.removeMember('bob');
    const { call } = await hear(bob.command('rules show', {}, { channel: 'dm' }));
    expect(call).toMatchObject({
      guildId: null,
      memberId: bob.id,
      roleIds: [],
      channelPath: [bob.channelId('dm')],
      may: { manageMessages: false, manageServer: false, moderateMembers: false },
    });
    expect(call.missingPermissions(true)).toEqual([]);
    // Nothing is kept of them afterwards.
    await idle();
    expect(keeps(bob.channelId('dm'))).toBe(false);
  });
});

describe('the menu of a message', () => {
  const look = { type: ApplicationCommandType.Message, name: 'Easel: look' } as const;

  it('brings the message, and whether the bot wrote it', async () => {
    const { command: say } = listening({
      type: ApplicationCommandType.ChatInput,
      name: 'say',
      description: 'Says something',
    });
    const { command, heard } = listening(look);
    const { discord } = await staffDesk([say, command]);
    const mod = discord.as('mod');
    const said = discord.as('alice').say('hello');
    await mod.menu('Easel: look', said).waitFor(({ answer }) => answer?.text === 'heard');
    const use = mod.command('say');
    const own = await use.waitFor(({ answer }) => answer?.text === 'heard' && answer);
    expect(() => mod.menu('Easel: look', own)).toThrow(/you alone see/);
    await mod
      .menu('Easel: look', own, { raw: true })
      .waitFor(({ answer }) => answer?.text === 'heard');
    expect(heard.map(({ given: { message } }) => message)).toEqual([
      { id: said.id, own: false },
      { id: own.id, own: true },
    ]);
    expect(heard[0]?.given).toMatchObject({ subcommand: '', options: {} });
  });

  it('is not open to those who do not see the message', async () => {
    const { command } = listening(look);
    const { discord } = await staffDesk([command]);
    expect(() => discord.as('carol').menu('Easel: look', discord.as('bob').say('hi'))).toThrow(
      /does not see/,
    );
  });
});
