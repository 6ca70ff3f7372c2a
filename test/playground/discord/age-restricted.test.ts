import { once } from 'node:events';
import { ChannelType } from 'discord.js';
import type { ApplicationCommandDataResolvable } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { imagine, startBot, startPlayground } from './bot.ts';

const paint: ApplicationCommandDataResolvable = {
  name: 'paint',
  description: 'For adults',
  nsfw: true,
};

const payload = z.looseObject({ channel: z.looseObject({ nsfw: z.boolean().optional() }) });

async function guildWithBot() {
  const { discord } = await startPlayground();
  const { client } = await startBot(discord, () => Promise.resolve(), [imagine, paint]);
  const alice = discord.as('alice');
  const nsfwIn = async (channel: string): Promise<boolean | undefined> => {
    const heard = once(client.ws, 'INTERACTION_CREATE');
    alice.command('imagine', { prompt: 'a fox' }, { channel });
    return payload.parse((await heard)[0]).channel.nsfw;
  };
  return { discord, client, alice, guild: discord.guild(), nsfwIn };
}

describe('an age-restricted channel', () => {
  it('is told as one with each interaction, its threads saying nothing of it', async () => {
    const { guild, nsfwIn } = await guildWithBot();
    guild.addChannel({ name: 'den', parent: 'after-dark', type: ChannelType.PublicThread });
    expect(await nsfwIn('after-dark')).toBe(true);
    expect(await nsfwIn('general')).toBe(false);
    expect(await nsfwIn('den')).toBeUndefined();
  });

  it('can be made of any channel, and the bot hears of it', async () => {
    const { guild, client, nsfwIn } = await guildWithBot();
    const changed = once(client.ws, 'CHANNEL_UPDATE');
    guild.setAgeRestricted('#general', true);
    expect((await changed)[0]).toMatchObject({ id: guild.channelId('general'), nsfw: true });
    expect(await nsfwIn('general')).toBe(true);
    guild.setAgeRestricted('general', false);
    expect(await nsfwIn('general')).toBe(false);
    expect(() => guild.setAgeRestricted('sketches', true)).toThrow(/as its channel is/);
    expect(() => guild.setAgeRestricted('Text', true)).toThrow(/nobody writes/);
  });

  it('is where commands for adults are offered, its threads included', async () => {
    const { guild, alice } = await guildWithBot();
    const paintIn = (channel: string) => () => alice.command('paint', {}, { channel });
    guild.addChannel({ name: 'den', parent: 'after-dark', type: ChannelType.PublicThread });
    paintIn('after-dark')();
    paintIn('den')();
    expect(paintIn('general')).toThrow(/age-restricted channels only/);
    guild.setAgeRestricted('pictures', true);
    paintIn('sketches')();
  });
});
