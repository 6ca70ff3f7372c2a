import { AttachmentBuilder, MessageFlags } from 'discord.js';
import type { ChatInputCommandInteraction, Interaction } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { codeOf, startBot, startPlayground } from './bot.ts';

function onCommand(
  run: (interaction: ChatInputCommandInteraction) => Promise<unknown>,
): (interaction: Interaction) => Promise<void> {
  return async (interaction) => {
    if (interaction.isChatInputCommand()) await run(interaction);
  };
}

const picture = (fill: number, bytes = 1_500_000): Buffer => Buffer.alloc(bytes, fill);

describe('an interaction', () => {
  it('is deferred and filled with four files that arrive byte for byte', async () => {
    const { discord } = await startPlayground();
    const sent = [1, 2, 3, 4].map((fill) => picture(fill));
    const { errors } = await startBot(
      discord,
      onCommand(async (interaction) => {
        await interaction.deferReply();
        const message = await interaction.editReply({
          content: `Here is ${interaction.options.getString('prompt', true)}`,
          files: sent.map(
            (bytes, index) =>
              new AttachmentBuilder(bytes, { name: `fox_${index}.png`, description: 'A fox' }),
          ),
        });
        expect(message.attachments.size).toBe(4);
      }),
    );
    const call = discord.as('alice').command('imagine', { prompt: 'a fox' });
    expect(await call.acknowledged).toMatchObject({ kind: 'deferred', ephemeral: false });
    const answer = await call.waitFor((view) => view.answer?.files.length === 4 && view.answer);
    expect(answer).toMatchObject({
      content: 'Here is a fox',
      thinking: false,
      ephemeral: false,
      editedAt: undefined,
      usedBy: { person: 'alice', command: 'imagine' },
    });
    expect(answer.files.map((file) => file.description)).toEqual(Array(4).fill('A fox'));
    for (const [index, file] of answer.files.entries())
      expect(Buffer.from(file.bytes).equals(sent[index] ?? Buffer.alloc(0))).toBe(true);
    expect(errors).toEqual([]);
    expect(discord.violations).toEqual([]);
  });

  it('shows a placeholder while it is deferred, and takes no press on it', async () => {
    const { discord } = await startPlayground();
    await startBot(
      discord,
      onCommand((interaction) => interaction.deferReply()),
    );
    const alice = discord.as('alice');
    const call = alice.command('imagine', { prompt: 'a fox' });
    await call.acknowledged;
    const placeholder = await call.waitFor((view) => view.answer);
    expect(placeholder).toMatchObject({ thinking: true, content: '', files: [] });
    expect(alice.sees()).toHaveLength(1);
    expect(() => alice.press(placeholder, 0)).toThrow(/nothing on it yet/);
  });

  it('keeps an ephemeral answer to its member: not to others, not to the bot token, not to the gateway', async () => {
    const { discord } = await startPlayground();
    const { client } = await startBot(
      discord,
      onCommand(async (interaction) => {
        await interaction.deferReply({ flags: MessageFlags.Ephemeral });
        await interaction.editReply({ content: 'only for you' });
      }),
    );
    const call = discord.as('alice').command('imagine', { prompt: 'a fox' });
    const answer = await call.waitFor(({ answer: seen }) => seen?.content !== '' && seen);
    expect(answer.ephemeral).toBe(true);
    expect(discord.as('alice').sees()).toEqual([answer]);
    expect(discord.as('bob').sees()).toEqual([]);
    expect(discord.as('bob').message(answer.id)).toBeUndefined();
    const channel = await client.channels.fetch(answer.channelId);
    if (channel?.isTextBased() !== true) throw new Error('not a text channel');
    await expect(channel.messages.fetch(answer.id)).rejects.toMatchObject({ code: 10008 });
  });

  it('fills the placeholder with the first follow-up, whatever its flags, and keeps who sees it', async () => {
    const { discord } = await startPlayground();
    await startBot(
      discord,
      onCommand(async (interaction) => {
        await interaction.deferReply();
        await interaction.followUp({ content: 'first', flags: MessageFlags.Ephemeral });
        await interaction.followUp({ content: 'second', flags: MessageFlags.Ephemeral });
        await interaction.deleteReply();
      }),
    );
    const call = discord.as('alice').command('imagine', { prompt: 'a fox' });
    await call.waitFor(({ answer }) => answer?.content === 'first' && !answer.ephemeral);
    const [second] = await call.waitFor((view) => view.answer === undefined && view.followUps);
    expect(second).toMatchObject({ content: 'second', ephemeral: true });
    expect(discord.as('bob').sees()).toEqual([]);
  });

  it('fails after 3 s without an acknowledgement, which then comes too late (10062)', async () => {
    const { discord, clock } = await startPlayground();
    const arrived = Promise.withResolvers<ChatInputCommandInteraction>();
    await startBot(
      discord,
      onCommand((interaction) => Promise.resolve(arrived.resolve(interaction))),
    );
    const call = discord.as('alice').command('imagine', { prompt: 'a fox' });
    const interaction = await arrived.promise;
    clock.advance(3000);
    expect(await call.acknowledged).toEqual({ kind: 'failed', afterMs: 3000 });
    await expect(interaction.deferReply()).rejects.toMatchObject({ code: 10062 });
    expect(call.answer).toBeUndefined();
  });

  it('can be acknowledged once (40060), and followed by its own token only after that (10015)', async () => {
    const { discord } = await startPlayground();
    const done = Promise.withResolvers<unknown[]>();
    await startBot(
      discord,
      onCommand(async (interaction) => {
        const codes: unknown[] = [];
        await interaction.webhook
          .send('too early')
          .catch((error: unknown) => codes.push(codeOf(error)));
        await interaction.reply('hello');
        await interaction.client.rest
          .post(`/interactions/${interaction.id}/${interaction.token}/callback`, {
            body: { type: 5 },
            auth: false,
          })
          .catch((error: unknown) => codes.push(codeOf(error)));
        done.resolve(codes);
      }),
    );
    discord.as('alice').command('imagine', { prompt: 'a fox' });
    expect(await done.promise).toEqual([10015, 40060]);
  });

  it('ends its token after 15 minutes (50027), after which the bot token still edits the message', async () => {
    const { discord, clock } = await startPlayground();
    const { client } = await startBot(
      discord,
      onCommand((interaction) => interaction.reply('hello')),
    );
    const call = discord.as('alice').command('imagine', { prompt: 'a fox' });
    const answer = await call.waitFor((view) => view.answer);
    const path = `/webhooks/${discord.applicationId}/${call.token}/messages/@original` as const;
    clock.advance(15 * 60_000 - 2000);
    await client.rest.patch(path, { body: { content: 'in time' }, auth: false });
    clock.advance(2000);
    await expect(
      client.rest.patch(path, { body: { content: 'late' }, auth: false }),
    ).rejects.toMatchObject({ code: 50027, status: 401 });
    const channel = await client.channels.fetch(answer.channelId);
    if (channel?.isTextBased() !== true) throw new Error('not a text channel');
    const message = await channel.messages.fetch(answer.id);
    await message.edit('by the bot itself');
    expect(call.answer).toMatchObject({ content: 'by the bot itself' });
  });

  it('can be had in direct messages, without a guild and a member', async () => {
    const { discord } = await startPlayground();
    await startBot(
      discord,
      onCommand((interaction) =>
        interaction.reply(`${interaction.user.displayName} ${interaction.inGuild()}`),
      ),
    );
    const alice = discord.as('alice');
    const call = alice.command('imagine', { prompt: 'a fox' }, { channel: 'dm' });
    await call.waitFor(({ answer }) => answer?.content === 'alice false');
    expect(alice.sees('dm')).toHaveLength(1);
    expect(alice.sees('pictures')).toEqual([]);
  });

  it('is no matter for a stranger to the guild', async () => {
    const { discord } = await startPlayground();
    await startBot(discord);
    const carol = discord.as('carol');
    expect(() => carol.command('imagine', { prompt: 'a fox' }, { guild: 'Playground' })).toThrow(
      /does not see/,
    );
    carol.command('imagine', { prompt: 'a fox' });
  });

  it('tells the bot where it is: permissions, size limit, languages, context', async () => {
    const { discord } = await startPlayground();
    const guild = discord.guild();
    guild.settings.attachmentSizeLimit = 25_000_000;
    guild.settings.locale = 'fr';
    discord.as('mod').locale = 'de';
    const got = Promise.withResolvers<Interaction>();
    await startBot(discord, (interaction) => {
      got.resolve(interaction);
      return Promise.resolve();
    });
    discord.as('mod').command('imagine', { prompt: 'a fox' }, { channel: 'quiet' });
    const interaction = await got.promise;
    expect(interaction.attachmentSizeLimit).toBe(25_000_000);
    expect([interaction.locale, interaction.guildLocale]).toEqual(['de', 'fr']);
    expect(interaction.context).toBe(0);
    expect(interaction.channelId).toBe(guild.channelId('quiet'));
    expect(interaction.inCachedGuild()).toBe(true);
    expect(interaction.memberPermissions?.has('ManageMessages')).toBe(true);
    expect(interaction.appPermissions.has('ViewChannel')).toBe(true);
    expect(interaction.appPermissions.has('SendMessages')).toBe(false);
  });
});
