import { Client, Events, GatewayIntentBits } from 'discord.js';
import type { ApplicationCommandDataResolvable, Interaction } from 'discord.js';
import { onTestFinished } from 'vitest';
import { createShiftedClock } from '../../../src/playground/clock.ts';
import type { ShiftedClock } from '../../../src/playground/clock.ts';
import type { Discord, DiscordOptions } from '../../../src/playground/discord/control.ts';
import { startDiscord } from '../../../src/playground/discord/discord.ts';

export interface Playground {
  readonly discord: Discord;
  readonly clock: ShiftedClock;
}

/** A stand-in that is closed when the test ends. */
export async function startPlayground(options: Partial<DiscordOptions> = {}): Promise<Playground> {
  const clock = createShiftedClock();
  const discord = await startDiscord({ clock, ...options });
  onTestFinished(() => discord.close());
  return { discord, clock };
}

export const imagine: ApplicationCommandDataResolvable = {
  name: 'imagine',
  description: 'Makes pictures',
  options: [
    { type: 3, name: 'prompt', description: 'What', required: true, minLength: 3, maxLength: 20 },
    { type: 4, name: 'images', description: 'How many', minValue: 1, maxValue: 4 },
  ],
};

export interface Bot {
  readonly client: Client<true>;
  /** What the handler threw. */
  readonly errors: unknown[];
}

/** A real discord.js client with `/imagine`, destroyed when the test ends. */
export async function startBot(
  discord: Discord,
  onInteraction: (interaction: Interaction) => Promise<void> = () => Promise.resolve(),
  commands: readonly ApplicationCommandDataResolvable[] = [imagine],
): Promise<Bot> {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    rest: { api: discord.apiUrl, retries: 0 },
  });
  onTestFinished(() => client.destroy());
  const errors: unknown[] = [];
  client.on(Events.Error, (error) => errors.push(error));
  client.on(Events.InteractionCreate, (interaction) => {
    onInteraction(interaction).catch((error: unknown) => errors.push(error));
  });
  const ready = new Promise<Client<true>>((resolve) => {
    client.once(Events.ClientReady, resolve);
  });
  await client.login(discord.token);
  const online = await ready;
  await online.application.commands.set([...commands]);
  return { client: online, errors };
}

/** The code of an error that Discord answered with. */
export function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : error;
}
