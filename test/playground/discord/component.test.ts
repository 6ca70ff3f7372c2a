import { ActionRowBuilder, MessageFlags, StringSelectMenuBuilder } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { imagine, startBot, startPlayground } from './bot.ts';
import { buttons, settings, withBot } from './scene.ts';

describe('components', () => {
  it('are pressed by whoever sees them, and change their message or answer apart', async () => {
    const { discord, errors } = await withBot(async (interaction) => {
      if (interaction.isChatInputCommand())
        await interaction.reply({ content: 'first', components: [buttons()] });
      if (interaction.isButton()) {
        await interaction.deferUpdate();
        await interaction.editReply({ content: `pressed by ${interaction.user.displayName}` });
        await interaction.followUp({ content: 'psst', flags: MessageFlags.Ephemeral });
      }
    });
    const call = discord.as('alice').command('imagine', { prompt: 'a fox' });
    const message = await call.waitFor((view) => view.answer);
    expect(message.buttons.map(({ label, disabled }) => [label, disabled])).toEqual([
      ['Again', false],
      ['Cancel', true],
      ['Help', false],
    ]);
    const press = discord.as('bob').press(message, 'again:1');
    expect(await press.acknowledged).toMatchObject({ kind: 'deferred-update' });
    const [psst] = await press.waitFor((view) => view.followUps.length === 1 && view.followUps);
    expect(psst).toMatchObject({ content: 'psst', ephemeral: true, replyTo: message.id });
    expect(press.answer?.content).toBe('pressed by bob');
    expect(discord.as('alice').sees()).toHaveLength(1);
    expect(discord.as('bob').sees()).toHaveLength(2);
    expect(errors).toEqual([]);
  });

  it('are refused to those who do not see them, and where absent or disabled, unless tampered with', async () => {
    const pressed: string[] = [];
    const { discord } = await withBot(async (interaction) => {
      if (interaction.isChatInputCommand())
        await interaction.reply({
          content: 'mine',
          components: [buttons()],
          flags: MessageFlags.Ephemeral,
        });
      if (interaction.isButton()) {
        pressed.push(`${interaction.user.displayName} ${interaction.customId}`);
        await interaction.reply({ content: 'seen', flags: MessageFlags.Ephemeral });
      }
    });
    const call = discord.as('alice').command('imagine', { prompt: 'a fox' });
    const message = await call.waitFor((view) => view.answer);
    const bob = discord.as('bob');
    expect(() => bob.press(message, 'Again')).toThrow(/bob does not see/);
    expect(() => discord.as('alice').press(message, 'Cancel')).toThrow(/disabled/);
    expect(() => discord.as('alice').press(message, 'Nothing')).toThrow(/no button Nothing/);
    expect(() => discord.as('alice').press(message, 2)).toThrow(/link button/);
    expect(pressed).toEqual([]);
    await bob.press(message, 'Again', { raw: true }).acknowledged;
    await bob.press(message, 'draw:forged', { raw: true }).acknowledged;
    expect(pressed).toEqual(['bob again:1', 'bob draw:forged']);
  });

  it('are chosen among what they offer', async () => {
    const select = new StringSelectMenuBuilder()
      .setCustomId('style')
      .addOptions({ label: 'Ink', value: 'ink' }, { label: 'Oil', value: 'oil' });
    const { discord } = await withBot(async (interaction) => {
      if (interaction.isChatInputCommand())
        await interaction.reply({
          components: [new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(select)],
        });
      if (interaction.isStringSelectMenu()) await interaction.update(interaction.values.join());
    });
    const alice = discord.as('alice');
    const call = alice.command('imagine', { prompt: 'a fox' });
    const message = await call.waitFor((view) => view.answer);
    expect(() => alice.choose(message, 'style', ['chalk'])).toThrow(/does not offer chalk/);
    expect(() => alice.choose(message, 'style', ['ink', 'oil'])).toThrow(/takes 1 to 1/);
    await alice.choose(message, 'style', ['oil']).acknowledged;
    expect(call.answer?.content).toBe('oil');
  });
});

describe('registered commands', () => {
  it('keep their ids over a new registration, and belong to one guild or to all', async () => {
    const { discord } = await startPlayground();
    const { client } = await startBot(discord);
    const before = discord.commands().find(({ name }) => name === 'imagine')?.id;
    await client.application.commands.set([imagine, settings]);
    expect(discord.commands().find(({ name }) => name === 'imagine')?.id).toBe(before);
    const guild = discord.guild('Elsewhere');
    await client.application.commands.set([{ name: 'local', description: 'x' }], guild.id);
    await discord.ready('imagine', 'local');
    expect(discord.commands('Elsewhere').map(({ name }) => name)).toEqual(['local']);
    expect(() => discord.as('alice').command('local')).toThrow(/no command/);
    discord.as('carol').command('local');
    const fetched = await client.application.commands.fetch();
    expect(fetched.map(({ name }) => name).sort()).toEqual(['imagine', 'settings']);
    await client.application.commands.delete(before ?? '');
    expect(discord.commands().map(({ name }) => name)).toEqual(['settings']);
  });

  it('can be made 200 times a day, while those that stay cost nothing', async () => {
    const { discord, clock } = await startPlayground();
    const { client } = await startBot(discord);
    const batch = (letter: string) =>
      Array.from({ length: 99 }, (_, n) => ({ name: `${letter}${n}`, description: 'x' }));
    await client.application.commands.set([...batch('a'), imagine]);
    await client.application.commands.set([...batch('b'), imagine]);
    await client.application.commands.set([...batch('b'), imagine]);
    await expect(client.application.commands.set(batch('c'))).rejects.toMatchObject({
      code: 30034,
    });
    clock.advance(86_400_000);
    await client.application.commands.set(batch('c'));
  });
});
