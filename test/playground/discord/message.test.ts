import { AttachmentBuilder, EmbedBuilder, Routes } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { startBot, startPlayground } from './bot.ts';
import { channelNamed } from './channel.ts';

const file = (name: string, text: string): AttachmentBuilder =>
  new AttachmentBuilder(Buffer.from(text), { name });

describe('messages of the bot', () => {
  it('are made once for one enforced nonce, and anew when minutes have passed', async () => {
    const { discord, clock } = await startPlayground();
    const bot = await startBot(discord);
    const channel = channelNamed(bot, discord, 'general');
    const first = await channel.send({ content: 'one', nonce: '7', enforceNonce: true });
    const second = await channel.send({ content: 'two', nonce: '7', enforceNonce: true });
    expect(second.id).toBe(first.id);
    await channel.send({ content: 'three', nonce: '8', enforceNonce: true });
    clock.advance(10 * 60_000);
    await channel.send({ content: 'four', nonce: '7', enforceNonce: true });
    const texts = discord
      .as('alice')
      .sees('general')
      .map(({ content }) => content);
    expect(texts).toEqual(['one', 'three', 'four']);
  });

  it('are found again by id or by place, without their nonce', async () => {
    const { discord } = await startPlayground();
    const { client } = await startBot(discord);
    const route = Routes.channelMessages(discord.guild().channelId('general'));
    const made: { id: string; nonce?: string }[] = [];
    for (const content of ['1', '2', '3', '4'])
      made.push(
        (await client.rest.post(route, { body: { content, nonce: content } })) as (typeof made)[0],
      );
    expect(made.map(({ nonce }) => nonce)).toEqual(['1', '2', '3', '4']);
    const list = async (query: Record<string, string>) => {
      const page = await client.rest.get(route, { query: new URLSearchParams(query) });
      return (page as { content: string }[]).map(({ content }) => content);
    };
    const [first, , , last] = made.map(({ id }) => id);
    if (first === undefined || last === undefined) throw new Error('four messages were made');
    expect(await list({ limit: '2' })).toEqual(['4', '3']);
    expect(await list({ after: first, limit: '2' })).toEqual(['3', '2']);
    expect(await list({ before: last, limit: '1' })).toEqual(['3']);
    expect(await client.rest.get(`${route}/${first}`)).not.toHaveProperty('nonce');
    await expect(client.rest.get(`${route}/1`)).rejects.toMatchObject({ code: 10008 });
  });

  it('can be deleted by those who manage messages, after which an edit finds nothing', async () => {
    const { discord } = await startPlayground();
    const channel = channelNamed(await startBot(discord), discord, 'general');
    const message = await channel.send('gone soon');
    expect(() => discord.as('alice').remove(message.id)).toThrow(/may not delete/);
    expect(() => discord.as('carol').remove(message.id)).toThrow(/does not see/);
    discord.as('mod').remove(message.id);
    await expect(message.edit('still here?')).rejects.toMatchObject({ code: 10008 });
  });

  it('answer others only where these exist', async () => {
    const { discord } = await startPlayground();
    const channel = channelNamed(await startBot(discord), discord, 'general');
    const first = await channel.send('first');
    const answer = await first.reply('second');
    expect(discord.as('bob').message(answer.id)?.replyTo).toBe(first.id);
    await first.delete();
    await expect(first.reply('third')).rejects.toMatchObject({ code: 50035 });
    await channel.send({
      content: 'fourth',
      reply: { messageReference: first.id, failIfNotExists: false },
    });
    expect(discord.as('bob').sees('general').at(-1)?.replyTo).toBeUndefined();
  });

  it('are refused when empty, before and after an edit', async () => {
    const { discord } = await startPlayground();
    const channel = channelNamed(await startBot(discord), discord, 'general');
    await expect(channel.send({ content: '' })).rejects.toMatchObject({ status: 400 });
    const message = await channel.send('text');
    await expect(message.edit({ content: '' })).rejects.toMatchObject({ status: 400 });
    expect(discord.as('alice').sees('general')[0]?.content).toBe('text');
    expect(discord.violations).toHaveLength(2);
  });

  it('cannot mix components of the second version with text, nor go back from it', async () => {
    const { discord } = await startPlayground();
    const { client } = await startBot(discord);
    const route = Routes.channelMessages(discord.guild().channelId('general'));
    const text = { type: 10, content: 'new style' };
    await expect(
      client.rest.post(route, { body: { flags: 1 << 15, content: 'old', components: [text] } }),
    ).rejects.toMatchObject({ code: 50035 });
    const made = await client.rest.post(route, { body: { flags: 1 << 15, components: [text] } });
    const { id } = made as { id: string };
    await expect(
      client.rest.patch(`${route}/${id}`, { body: { content: 'old' } }),
    ).rejects.toMatchObject({ code: 50035 });
    const newer = [{ type: 10, content: 'newer' }];
    await expect(
      client.rest.patch(`${route}/${id}`, { body: { flags: 0, components: newer } }),
    ).rejects.toMatchObject({ code: 50035 });
    const refused = discord.violations.length;
    await client.rest.patch(`${route}/${id}`, { body: { components: newer } });
    expect(discord.as('alice').sees('general')[0]?.text).toBe('newer');
    expect(discord.violations).toHaveLength(refused);
  });

  it('have at most 40 components, nested ones counted, and 4000 characters in all their texts', async () => {
    const { discord } = await startPlayground();
    const { client } = await startBot(discord);
    const route = Routes.channelMessages(discord.guild().channelId('general'));
    const post = (components: readonly unknown[]): Promise<unknown> =>
      client.rest.post(route, { body: { flags: 1 << 15, components } });
    const texts = (count: number, length: number): unknown[] =>
      Array.from({ length: count }, () => ({ type: 10, content: 'x'.repeat(length) }));
    await post([{ type: 17, components: texts(39, 100) }]);
    await post(texts(2, 2000));
    expect(discord.violations).toEqual([]);
    await expect(post([{ type: 17, components: texts(40, 1) }])).rejects.toMatchObject({
      code: 50035,
    });
    await expect(post([...texts(2, 2000), ...texts(1, 1)])).rejects.toMatchObject({ code: 50035 });
    expect(discord.as('alice').sees('general')).toHaveLength(2);
  });

  it('need the permissions of the channel', async () => {
    const { discord } = await startPlayground();
    const bot = await startBot(discord);
    const guild = discord.guild();
    await expect(channelNamed(bot, discord, 'quiet').send('hush')).rejects.toMatchObject({
      code: 50013,
      status: 403,
    });
    // A thread asks for another permission than its channel.
    guild.setOverwrite('pictures', 'bot', { deny: ['SendMessages'] });
    await expect(channelNamed(bot, discord, 'pictures').send('no')).rejects.toMatchObject({
      code: 50013,
    });
    await channelNamed(bot, discord, 'sketches').send('yes');
    const general = channelNamed(bot, discord, 'general');
    guild.setOverwrite('general', 'bot', { deny: ['AttachFiles'] });
    await general.send('words only');
    await expect(general.send({ files: [file('a.txt', 'a')] })).rejects.toMatchObject({
      code: 50013,
    });
    guild.setOverwrite('general', 'bot', { deny: ['EmbedLinks'] });
    await general.send({ content: 'no embed', embeds: [new EmbedBuilder().setTitle('gone')] });
    expect(discord.as('alice').sees('general').at(-1)).toMatchObject({ embeds: [] });
    guild.setOverwrite('general', 'bot', { deny: ['ViewChannel'] });
    await expect(general.send('hidden')).rejects.toMatchObject({ code: 50001 });
    guild.setOverwrite('general', '@everyone', { deny: ['ViewChannel'] });
    expect(discord.as('bob').sees('general')).toEqual([]);
    expect(discord.as('owner').sees('general')).toHaveLength(2);
    guild.deleteChannel('general');
    await expect(general.send('gone')).rejects.toMatchObject({ code: 10003 });
  });

  it('are blocked by AutoMod where a forbidden word stands in them', async () => {
    const { discord } = await startPlayground();
    const channel = channelNamed(await startBot(discord), discord, 'general');
    discord.guild().settings.forbiddenWords = ['kraken'];
    await expect(channel.send('Release the Kraken!')).rejects.toMatchObject({
      code: 200000,
      status: 400,
    });
    await expect(
      channel.send({ embeds: [new EmbedBuilder().setFooter({ text: 'a kraken' })] }),
    ).rejects.toMatchObject({ code: 200000 });
    await channel.send('calm sea');
    expect(discord.violations).toEqual([]);
  });

  it('notify only whom allowed_mentions lets them', async () => {
    const { discord } = await startPlayground();
    const channel = channelNamed(await startBot(discord), discord, 'general');
    const alice = discord.as('alice').id;
    await channel.send(`<@${alice}> @everyone`);
    await channel.send({ content: `<@${alice}>`, allowedMentions: { parse: [] } });
    expect(
      discord
        .as('bob')
        .sees('general')
        .map(({ mentions }) => mentions),
    ).toEqual([[alice], []]);
  });
});
