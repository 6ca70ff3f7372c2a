import { LabelBuilder, ModalBuilder, TextInputBuilder, TextInputStyle } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { ClientRefused } from '../../../src/playground/discord/control.ts';
import { buttons, withBot } from './scene.ts';

describe("a person's client", () => {
  it.each([
    ['an unknown command', 'paint', { prompt: 'a fox' }, /no command \/paint/],
    ['a missing option', 'imagine', {}, /prompt: is required/],
    ['an unknown option', 'imagine', { prompt: 'a fox', size: 3 }, /no option "size"/],
    ['too short a text', 'imagine', { prompt: 'ab' }, /at least 3/],
    ['too long a text', 'imagine', { prompt: 'x'.repeat(21) }, /at most 20/],
    ['a number out of range', 'imagine', { prompt: 'a fox', images: 5 }, /4 or less/],
    ['half a picture', 'imagine', { prompt: 'a fox', images: 1.5 }, /whole number/],
    ['the wrong type', 'imagine', { prompt: 'a fox', images: 'two' }, /must be a number/],
    ['a group instead of a command', 'settings rules', {}, /one of its subcommands/],
  ])('does not send %s', async (_what, path, options, message) => {
    const { discord } = await withBot(() => Promise.resolve());
    const mod = discord.as('mod');
    expect(() => mod.command(path, options)).toThrow(ClientRefused);
    expect(() => mod.command(path, options)).toThrow(message);
  });

  it('counts characters as people do, not as UTF-16', async () => {
    const { discord } = await withBot((interaction) =>
      interaction.isRepliable() ? interaction.reply('ok') : Promise.resolve(),
    );
    const call = discord.as('alice').command('imagine', { prompt: '🦊'.repeat(20) });
    expect(await call.acknowledged).toMatchObject({ kind: 'message' });
  });

  it('sends anything when it was tampered with', async () => {
    const got = Promise.withResolvers<unknown>();
    const { discord } = await withBot((interaction) => {
      if (interaction.isChatInputCommand()) got.resolve(interaction.options.data);
      return Promise.resolve();
    });
    discord.as('alice').command('imagine', { prompt: 'x', images: 99, size: 1.5 }, { raw: true });
    expect(await got.promise).toMatchObject([
      { name: 'prompt', type: 3, value: 'x' },
      { name: 'images', type: 4, value: 99 },
      { name: 'size', type: 10, value: 1.5 },
    ]);
  });

  it('offers a command only to those who may use it, and only where it belongs', async () => {
    const { discord } = await withBot(() => Promise.resolve());
    const path = 'settings rules add';
    expect(() => discord.as('alice').command(path)).toThrow(/alice lacks ManageGuild/);
    expect(() => discord.as('mod').command(path, {}, { channel: 'dm' })).toThrow(/not offered/);
    discord.as('mod').command(path);
    discord.as('owner').command(path);
    const guild = discord.guild();
    guild.setRoles('bob', ['Moderator']);
    discord.as('bob').command(path);
    guild.setOverwrite('general', 'bob', { deny: ['UseApplicationCommands'] });
    expect(() => discord.as('bob').command(path, {}, { channel: 'general' })).toThrow(
      /may not use/,
    );
    guild.setOverwrite('general', '@everyone', { deny: ['ViewChannel'] });
    expect(() =>
      discord.as('alice').command('imagine', { prompt: 'a fox' }, { channel: 'general' }),
    ).toThrow(/does not see #general/);
  });

  it('sends subcommands with the people, roles, channels and files that were named', async () => {
    const got = Promise.withResolvers<unknown[]>();
    const { discord } = await withBot(async (interaction) => {
      if (!interaction.isChatInputCommand() || !interaction.inCachedGuild()) return;
      const { options } = interaction;
      const picture = options.getAttachment('picture', true);
      const bytes = await (await fetch(picture.url)).text();
      got.resolve([
        options.getSubcommandGroup(),
        options.getSubcommand(),
        options.getMember('member')?.displayName,
        options.getRole('role')?.name,
        options.getChannel('channel')?.name,
        picture.name,
        bytes,
      ]);
    });
    discord.as('mod').command('settings rules add', {
      member: 'bob',
      role: 'Artist',
      channel: '#general',
      picture: { filename: 'fox.txt', bytes: Buffer.from('fox') },
    });
    expect(await got.promise).toEqual([
      'rules',
      'add',
      'bob',
      'Artist',
      'general',
      'fox.txt',
      'fox',
    ]);
  });

  it('gets choices while typing', async () => {
    const { discord } = await withBot(async (interaction) => {
      if (!interaction.isAutocomplete()) return;
      const { name, value } = interaction.options.getFocused(true);
      await interaction.respond([{ name: `${name} ${value}`, value: 'watercolour' }]);
    });
    const call = discord.as('mod').complete('settings rules add', { style: 'wa' }, 'style');
    expect(await call.acknowledged).toMatchObject({ kind: 'choices' });
    expect(call.choices).toEqual([{ name: 'style wa', value: 'watercolour' }]);
  });

  it('fills in the modal that a button opened, within its fields’ limits', async () => {
    const { discord } = await withBot(async (interaction) => {
      if (interaction.isChatInputCommand())
        await interaction.reply({ content: 'hi', components: [buttons()] });
      if (interaction.isButton())
        await interaction.showModal(
          new ModalBuilder()
            .setCustomId('edit:1')
            .setTitle('Edit')
            .addLabelComponents(
              new LabelBuilder()
                .setLabel('Prompt')
                .setTextInputComponent(
                  new TextInputBuilder()
                    .setCustomId('prompt')
                    .setStyle(TextInputStyle.Short)
                    .setMinLength(3)
                    .setValue('a fox'),
                ),
            ),
        );
      if (interaction.isModalSubmit() && interaction.isFromMessage())
        await interaction.update(`now ${interaction.fields.getTextInputValue('prompt')}`);
    });
    const alice = discord.as('alice');
    const call = alice.command('imagine', { prompt: 'a fox' });
    const pressed = alice.press(await call.waitFor((view) => view.answer), 'Again');
    await pressed.acknowledged;
    expect(pressed.modal?.title).toBe('Edit');
    expect(() => alice.submit(pressed, { prompt: 'ab' })).toThrow(/at least 3/);
    expect(() => alice.submit(pressed, { title: 'abc' })).toThrow(/no field title/);
    expect(() => discord.as('bob').submit(pressed, {})).toThrow(/opened for alice/);
    expect(await alice.submit(pressed, {}).acknowledged).toMatchObject({ kind: 'update' });
    expect(call.answer?.content).toBe('now a fox');
    await alice.submit(pressed, { prompt: 'a cat' }).acknowledged;
    expect(call.answer?.content).toBe('now a cat');
  });
});
