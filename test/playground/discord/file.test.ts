import { AttachmentBuilder, EmbedBuilder, MessageFlags } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { startBot, startPlayground } from './bot.ts';
import { channelNamed } from './channel.ts';

const file = (name: string, text: string): AttachmentBuilder =>
  new AttachmentBuilder(Buffer.from(text), { name });

describe('messages with files', () => {
  it('keep their files on an edit, unless attachments say which ones stay', async () => {
    const { discord } = await startPlayground();
    const channel = channelNamed(await startBot(discord), discord, 'general');
    const seen = () =>
      discord
        .as('alice')
        .sees('general')[0]
        ?.files.map(({ filename }) => filename);
    const message = await channel.send({ files: [file('a.txt', 'a'), file('b.txt', 'b')] });
    await message.edit({ content: 'still both' });
    expect(seen()).toEqual(['a.txt', 'b.txt']);
    const a = message.attachments.find(({ name }) => name === 'a.txt');
    if (a === undefined) throw new Error('a.txt is not listed');
    await message.edit({ attachments: [a], files: [file('c.txt', 'c')] });
    expect(seen()).toEqual(['a.txt', 'c.txt']);
    await message.edit({ files: [file('d.txt', 'd')] });
    expect(seen()).toEqual(['d.txt']);
    await message.edit({ content: 'bare', attachments: [] });
    expect(seen()).toEqual([]);
    expect(discord.violations).toEqual([]);
  });

  it('list no file that an embed or a component shows, which people see all the same', async () => {
    const { discord } = await startPlayground();
    const channel = channelNamed(await startBot(discord), discord, 'general');
    const message = await channel.send({
      files: [file('shown.png', 'in the embed'), file('plain.png', 'below')],
      embeds: [new EmbedBuilder().setImage('attachment://shown.png')],
    });
    expect(message.attachments.map(({ name }) => name)).toEqual(['plain.png']);
    const gallery = await channel.send({
      flags: MessageFlags.IsComponentsV2,
      files: [file('one.png', '1'), file('two.png', '2')],
      components: [
        { type: 10, content: 'Two pictures' },
        { type: 12, items: [{ media: { url: 'attachment://one.png' } }] },
      ],
    });
    expect(gallery.attachments.map(({ name }) => name)).toEqual(['two.png']);
    const [first, second] = discord.as('alice').sees('general');
    expect(first?.files.map(({ shownInside }) => shownInside)).toEqual([true, false]);
    expect(second?.text).toBe('Two pictures');
    expect(second?.files.map(({ visible }) => visible)).toEqual([true, false]);
    expect(Buffer.from(second?.files[0]?.bytes ?? []).toString()).toBe('1');
    // The gallery stays as it is when only the text changes, by the address that Discord gave.
    const shown = gallery.toJSON() as { components?: unknown };
    expect(JSON.stringify(shown)).toContain(`${discord.origin}/attachments/`);
  });

  it('are covered where a gallery makes them spoilers, or their name does', async () => {
    const { discord } = await startPlayground();
    const channel = channelNamed(await startBot(discord), discord, 'general');
    const item = (name: string, spoiler?: boolean) => ({
      media: { url: `attachment://${name}` },
      ...(spoiler === undefined ? {} : { spoiler }),
    });
    const message = await channel.send({
      flags: MessageFlags.IsComponentsV2,
      files: ['a.png', 'b.png', 'c.png', 'SPOILER_d.png'].map((name) => file(name, name)),
      components: [
        {
          type: 12,
          items: [item('a.png', true), item('b.png', false), item('c.png'), item('SPOILER_d.png')],
        },
      ],
    });
    const covered = () =>
      discord
        .as('alice')
        .message(message.id)
        ?.files.map(({ spoiler }) => spoiler);
    expect(covered()).toEqual([true, false, false, true]);
    expect(discord.violations).toEqual([]);
    const [gallery] = message.components.map((component) => component.toJSON());
    const { items } = gallery as { items: { spoiler?: boolean; media: { url: string } }[] };
    // What is uncovered by an edit is seen by all from then on.
    await message.edit({
      components: [{ type: 12, items: items.map(({ media }) => ({ media: { url: media.url } })) }],
    });
    expect(covered()).toEqual([false, false, false, true]);
  });

  it('are refused where they point to a file that is not there', async () => {
    const { discord } = await startPlayground();
    const channel = channelNamed(await startBot(discord), discord, 'general');
    await expect(
      channel.send({ embeds: [new EmbedBuilder().setImage('attachment://nothing.png')] }),
    ).rejects.toMatchObject({ code: 50035, status: 400 });
    expect(discord.violations).toHaveLength(1);
    const message = await channel.send({
      files: [file('a.png', 'a')],
      embeds: [new EmbedBuilder().setImage('attachment://a.png')],
    });
    // The embed stays and would show nothing.
    await expect(message.edit({ attachments: [] })).rejects.toMatchObject({ code: 50035 });
  });

  it('keep the bytes of their files within the bound, the oldest going first', async () => {
    const { discord } = await startPlayground({ keptFileBytes: 10 });
    const channel = channelNamed(await startBot(discord), discord, 'general');
    await channel.send({ files: [file('a.txt', '12345678')] });
    await channel.send({ files: [file('b.txt', '12345678')] });
    const [first, second] = discord.as('alice').sees('general');
    expect(() => first?.files[0]?.bytes).toThrow(/keptFileBytes/);
    expect(second?.files[0]?.bytes).toHaveLength(8);
  });

  it('have files under signed addresses that end after a day', async () => {
    const { discord, clock } = await startPlayground();
    const channel = channelNamed(await startBot(discord), discord, 'general');
    const message = await channel.send({ files: [file('a.txt', 'hello')] });
    const url = message.attachments.first()?.url ?? '';
    const got = await fetch(url);
    expect([got.status, await got.text()]).toEqual([200, 'hello']);
    expect((await fetch(url.replace(/hm=[0-9a-f]{4}/, 'hm=0000'))).status).toBe(404);
    clock.advance(25 * 3_600_000);
    expect((await fetch(url)).status).toBe(404);
    const fresh = discord.as('alice').sees('general')[0]?.files[0]?.url ?? '';
    expect((await fetch(fresh)).status).toBe(200);
    await message.delete();
    expect((await fetch(fresh)).status).toBe(404);
  });
});
