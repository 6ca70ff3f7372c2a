import type { TextChannel } from 'discord.js';
import type { Discord } from '../../../src/playground/discord/control.ts';
import type { Bot } from './bot.ts';

/** A channel of "Playground" as the bot has it. */
export function channelNamed({ client }: Bot, discord: Discord, name: string): TextChannel {
  const channel = client.channels.cache.get(discord.guild().channelId(name));
  if (channel?.isTextBased() !== true) throw new Error(`no text channel ${name}`);
  return channel as TextChannel;
}
