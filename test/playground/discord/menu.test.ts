import { ApplicationCommandType } from 'discord.js';
import type { ApplicationCommandDataResolvable, Interaction } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { channelNamed } from './channel.ts';
import { imagine, startBot, startPlayground } from './bot.ts';
import { withBot } from './scene.ts';

const look: ApplicationCommandDataResolvable = {
  type: ApplicationCommandType.Message,
  name: 'Look closer',
  defaultMemberPermissions: 'ModerateMembers',
  contexts: [0],
};

describe('the menu of a message', () => {
  const replying = async (interaction: Interaction): Promise<void> => {
    if (interaction.isMessageContextMenuCommand())
      await interaction.reply(
        `${interaction.targetMessage.author.username}: ${interaction.targetMessage.content}`,
      );
    if (interaction.isChatInputCommand()) await interaction.reply('here');
  };

  it('sends the message that it was opened on, with its content', async () => {
    const { discord, errors } = await withBot(replying, [imagine, look]);
    const mod = discord.as('mod');
    const hers = mod.menu('Look closer', discord.as('alice').say('hello'));
    const answer = await hers.waitFor((view) => view.answer);
    expect(answer).toMatchObject({ content: 'alice: hello', how: 'menu' });
    expect(answer.usedBy).toEqual({ person: 'mod', command: 'Look closer' });
    const own = mod.menu('Look closer', answer.id);
    await own.waitFor((view) => view.answer?.content === 'easel: alice: hello');
    expect(errors).toEqual([]);
  });

  it('is offered to those whom Discord lets, where it belongs, on messages that they see', async () => {
    const { discord } = await withBot(replying, [imagine, look]);
    const message = discord.as('alice').say('hello');
    expect(() => discord.as('alice').menu('Look closer', message)).toThrow(/lacks ModerateMembers/);
    expect(() => discord.as('mod').menu('Look away', message)).toThrow(/no command Look away/);
    // A slash command is none for the menu, and the other way round.
    expect(() => discord.as('mod').menu('imagine', message)).toThrow(/no command imagine/);
    expect(() => discord.as('mod').command('Look', {})).toThrow(/no command \/Look/);
    const direct = discord.as('mod').say('psst', { channel: 'dm' });
    expect(() => discord.as('mod').menu('Look closer', direct)).toThrow(/not offered/);
    expect(() => discord.as('carol').menu('Look closer', message)).toThrow(/does not see/);
    const tampered = discord.as('mod').menu('Look closer', message, { raw: true });
    await tampered.waitFor(({ answer }) => answer?.content === 'alice: hello');
  });
});

describe('what people write', () => {
  it('is read by the bot only in a menu, and not changed by it', async () => {
    const { discord } = await startPlayground();
    const bot = await startBot(discord);
    const said = discord.as('alice').say('hello', { channel: 'general' });
    expect(said).toMatchObject({ author: 'alice', byBot: false, content: 'hello' });
    expect(discord.as('bob').message(said.id)?.content).toBe('hello');
    const { messages } = channelNamed(bot, discord, 'general');
    const read = await messages.fetch(said.id);
    expect([read.author.username, read.content]).toEqual(['alice', '']);
    await expect(messages.edit(said.id, 'bye')).rejects.toMatchObject({ code: 50005 });
    await expect(messages.delete(said.id)).rejects.toMatchObject({ code: 50013 });
    discord.guild().setPermissions('bot', ['ViewChannel', 'ReadMessageHistory', 'ManageMessages']);
    await messages.delete(said.id);
    expect(discord.as('bob').message(said.id)).toBeUndefined();
  });

  it('may not be written where they may not write', async () => {
    const { discord } = await startPlayground();
    discord.guild().setOverwrite('quiet', 'alice', { deny: ['SendMessages'] });
    expect(() => discord.as('alice').say('hello', { channel: 'quiet' })).toThrow(/may not write/);
    expect(() => discord.as('alice').say('hello', { channel: 'log' })).toThrow(/may not write/);
  });
});
