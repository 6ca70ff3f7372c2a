import { ChannelType } from 'discord.js';
import type { ChatInputCommandInteraction } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { startBot, startPlayground } from './bot.ts';
import { settings, withBot } from './scene.ts';

/** Uses `/settings rules add` as mod, and returns the interaction that the bot gets. */
async function given(options: Record<string, string>, where: { raw?: boolean } = {}) {
  const got = Promise.withResolvers<ChatInputCommandInteraction>();
  const { discord } = await withBot((interaction) => {
    if (interaction.isChatInputCommand()) got.resolve(interaction);
    return Promise.resolve();
  });
  discord.guild().addBot('Radio');
  discord.as('mod').command('settings rules add', options, where);
  return { discord, interaction: await got.promise };
}

describe('the people of a guild', () => {
  it('can be named by members after they left, and come without a member then', async () => {
    const { interaction } = await given({ member: 'carol' });
    expect(interaction.options.getUser('member')?.username).toBe('carol');
    expect(interaction.options.getMember('member')).toBeNull();
  });

  it('can be bots', async () => {
    const { interaction } = await given({ member: 'Radio' });
    expect(interaction.options.getUser('member')?.bot).toBe(true);
    expect(interaction.options.getMember('member')).not.toBeNull();
  });

  it('see nothing of it and are not listed in it once they have left', async () => {
    const { discord } = await startPlayground();
    const guild = discord.guild();
    const message = discord.as('bob').say('hello');
    expect(guild.members).toContain('alice');
    guild.removeMember('alice');
    expect(guild.members).not.toContain('alice');
    expect(discord.as('alice').message(message.id)).toBeUndefined();
    expect(() => discord.as('alice').say('hi', { guild: 'Playground' })).toThrow(/may not write/);
  });

  it('lose a role that is deleted, as do the channels, and the bot hears of it', async () => {
    const { discord } = await startPlayground();
    const { client } = await startBot(discord, undefined, [settings]);
    const guild = discord.guild();
    const roleId = guild.roleId('Moderators');
    const roles = client.guilds.cache.get(guild.id)?.roles.cache;
    expect(roles?.has(roleId)).toBe(true);
    expect(
      discord.as('dave').message(discord.as('mod').say('hi', { channel: 'log' }).id),
    ).toBeDefined();
    guild.deleteRole('Moderators');
    expect(guild.roles).not.toContain('Moderators');
    expect(guild.permissions('dave', 'log')).toBe(0n);
    const told = Promise.withResolvers<void>();
    client.once('roleDelete', () => told.resolve());
    if (roles?.has(roleId)) await told.promise;
    expect(roles?.has(roleId)).toBe(false);
  });
});

describe('a channel that is named', () => {
  it('comes with what whoever named it and the bot may do there, without its overwrites', async () => {
    const { discord, interaction } = await given({ channel: '#quiet' });
    const channel = interaction.options.getChannel('channel', true);
    expect(channel).toMatchObject({ id: discord.guild().channelId('quiet') });
    if (!('appPermissions' in channel)) throw new Error('not a channel that the client knows');
    expect(channel.appPermissions?.has('SendMessages')).toBe(false);
    expect(channel.permissions?.has('SendMessages')).toBe(true);
  });

  it('is unknown to the bot where it is a private thread without it', async () => {
    const { discord } = await startPlayground();
    const { client } = await startBot(discord);
    const guild = discord.guild();
    const parent = 'pictures';
    const den = guild.addChannel({ name: 'den', type: ChannelType.PrivateThread, parent });
    const open = guild.addChannel({ name: 'open', type: ChannelType.PublicThread, parent });
    // Events come in order: when the second is known, the first was not told.
    const known = client.channels.cache;
    if (!known.has(open))
      await new Promise<void>((resolve) => {
        client.once('threadCreate', () => resolve());
      });
    expect([known.has(open), known.has(den)]).toEqual([true, false]);
  });
});

describe('a hacked client', () => {
  it('sends a command without its subcommand, or with one that is not there', async () => {
    const got: unknown[] = [];
    const { discord } = await withBot((interaction) => {
      if (interaction.isChatInputCommand()) got.push(interaction.options.data);
      return interaction.isRepliable() ? interaction.reply('ok') : Promise.resolve();
    });
    const mod = discord.as('mod');
    await mod.command('settings', {}, { raw: true }).acknowledged;
    await mod.command('settings forged', {}, { raw: true }).acknowledged;
    expect(got).toMatchObject([[], [{ name: 'forged', type: 1 }]]);
  });
});

describe('a client', () => {
  it('asks for choices only where an option has them', async () => {
    const { discord } = await withBot(() => Promise.resolve());
    const mod = discord.as('mod');
    expect(() => mod.complete('settings rules add', { member: 'bo' }, 'member')).toThrow(
      /member: offers nothing/,
    );
  });

  it('offers the kinds of channel that an option takes', async () => {
    const { discord } = await withBot(
      () => Promise.resolve(),
      [
        {
          name: 'log',
          description: 'x',
          options: [{ type: 7, name: 'channel', description: 'x', channelTypes: [0] }],
        },
      ],
    );
    const mod = discord.as('mod');
    mod.command('log', { channel: '#general' });
    expect(() => mod.command('log', { channel: 'Text' })).toThrow(/nothing called "Text"/);
    mod.command('log', { channel: 'Text' }, { raw: true });
  });
});
