import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  ActionRowBuilder,
  AttachmentBuilder,
  ButtonBuilder,
  ButtonStyle,
  MessageFlags,
} from 'discord.js';
import type { TextChannel } from 'discord.js';
import { expect, it } from 'vitest';
import { startBot, startPlayground } from './bot.ts';

const openApiPath = fileURLToPath(
  new URL('../../../../shared/specs/discord.openapi.json', import.meta.url),
);

it.skipIf(!existsSync(openApiPath))(
  'a whole conversation of discord.js fits the official contract (skipped where ../shared/specs is absent)',
  async () => {
    const { discord } = await startPlayground({ openApiPath });
    const row = () =>
      new ActionRowBuilder<ButtonBuilder>().addComponents(
        new ButtonBuilder().setCustomId('more:1').setLabel('More').setStyle(ButtonStyle.Primary),
      );
    const gallery = (text: string) => ({
      flags: MessageFlags.IsComponentsV2 as const,
      files: [0, 1].map((n) => new AttachmentBuilder(Buffer.alloc(10, n), { name: `${n}.png` })),
      components: [
        { type: 10 as const, content: text },
        {
          type: 12 as const,
          items: [0, 1].map((n) => ({ media: { url: `attachment://${n}.png` } })),
        },
        row(),
      ],
    });
    const { client, errors } = await startBot(discord, async (interaction) => {
      if (interaction.isChatInputCommand()) {
        await interaction.deferReply();
        await interaction.editReply(gallery('Two foxes'));
        await interaction.followUp({ content: 'left: 3', flags: MessageFlags.Ephemeral });
      }
      if (interaction.isButton()) {
        await interaction.deferUpdate();
        await interaction.editReply({ components: [{ type: 10, content: 'Done' }, row()] });
        await interaction.deleteReply();
      }
    });
    const alice = discord.as('alice');
    const call = alice.command('imagine', { prompt: 'a fox' });
    const [left] = await call.waitFor((view) => view.followUps.length > 0 && view.followUps);
    expect(left?.content).toBe('left: 3');
    const answer = await call.waitFor((view) => view.answer);
    expect(answer.files.map(({ visible, bytes }) => [visible, bytes.length])).toEqual([
      [true, 10],
      [true, 10],
    ]);
    const press = alice.press(answer, 'More');
    await discord.events.next('message-deleted', ({ messageId }) => messageId === answer.id);
    expect(press.answer).toBeUndefined();
    const channel = client.channels.cache.get(answer.channelId) as TextChannel;
    const posted = await channel.send({ ...gallery('By itself'), nonce: '1', enforceNonce: true });
    await posted.edit(gallery('Changed'));
    expect(alice.message(posted.id)?.text).toBe('Changed');
    expect(errors).toEqual([]);
    expect(discord.violations).toEqual([]);
  },
);
