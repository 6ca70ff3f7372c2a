import { once } from 'node:events';
import type { ApplicationCommandDataResolvable } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { OptionValues } from '../../../src/playground/discord/control.ts';
import { startBot, startPlayground } from './bot.ts';

const imagine: ApplicationCommandDataResolvable = {
  name: 'imagine',
  description: 'Makes pictures',
  options: [
    { type: 3, name: 'prompt', description: 'What', required: true },
    { type: 4, name: 'images', description: 'How many', minValue: 1, maxValue: 4 },
    { type: 3, name: 'model', description: 'By which', autocomplete: true },
    { type: 3, name: 'style', description: 'In which', autocomplete: true },
    { type: 4, name: 'seed', description: 'From which', autocomplete: true },
    { type: 6, name: 'like', description: 'Whose' },
  ],
};

const payload = z.looseObject({
  type: z.number(),
  data: z.looseObject({ name: z.string(), options: z.array(z.unknown()) }),
});

/** A bot that answers what is typed with the name of the option, and what it was sent. */
async function typing() {
  const { discord } = await startPlayground();
  const { client } = await startBot(
    discord,
    async (interaction) => {
      if (!interaction.isAutocomplete()) return;
      const { name, value } = interaction.options.getFocused(true);
      await interaction.respond([{ name: `${name} ${value}`, value: value === '' ? '-' : value }]);
    },
    [imagine],
  );
  const alice = discord.as('alice');
  const type = async (options: OptionValues, focused: string, raw = false) => {
    const heard = once(client.ws, 'INTERACTION_CREATE');
    const use = alice.complete('imagine', options, focused, { raw });
    const acknowledgement = await use.acknowledged;
    const sent = payload.parse((await heard)[0]);
    return { ...sent, acknowledgement, choices: use.choices };
  };
  return { discord, alice, type };
}

describe('what is typed into an option of a command without subcommands', () => {
  it('is told with what the other options hold so far, which need not be all that are required', async () => {
    const { discord, alice, type } = await typing();
    const told = await type({ images: 2, model: 'fl', like: 'bob' }, 'model');
    expect(told).toMatchObject({ type: 4, acknowledgement: { kind: 'choices' } });
    expect(told.data.options).toEqual([
      { name: 'images', type: 4, value: 2 },
      { name: 'model', type: 3, value: 'fl', focused: true },
      { name: 'like', type: 6, value: discord.as('bob').id },
    ]);
    expect(told.choices).toEqual([{ name: 'model fl', value: 'fl' }]);
    expect(alice.sees()).toEqual([]);
    expect(discord.violations).toEqual([]);
  });

  it('is told for each option that offers something, the others being plain', async () => {
    const { alice, type } = await typing();
    const { data, choices } = await type({ model: 'flux', style: '' }, 'style');
    expect(data.options).toEqual([
      { name: 'model', type: 3, value: 'flux' },
      { name: 'style', type: 3, value: '', focused: true },
    ]);
    expect(choices).toEqual([{ name: 'style ', value: '-' }]);
    expect(() => alice.complete('imagine', { prompt: 'a' }, 'prompt')).toThrow(
      /offers nothing while it is typed/,
    );
  });

  it('is text even where the option takes a number, and leaves out what the client marks red', async () => {
    const { type } = await typing();
    const { data } = await type({ prompt: '', images: 9, seed: 12 }, 'seed');
    expect(data.options).toEqual([{ name: 'seed', type: 4, value: '12', focused: true }]);
    const raw = await type({ images: 9, seed: 12 }, 'seed', true);
    expect(raw.data.options).toEqual([
      { name: 'images', type: 4, value: 9 },
      { name: 'seed', type: 4, value: 12, focused: true },
    ]);
  });

  it('does not limit what is sent in the end', async () => {
    const { discord } = await startPlayground();
    const { client } = await startBot(discord, () => Promise.resolve(), [imagine]);
    const heard = once(client.ws, 'INTERACTION_CREATE');
    discord.as('alice').command('imagine', { prompt: 'a fox', model: 'never offered' });
    expect(payload.parse((await heard)[0]).data.options).toContainEqual({
      name: 'model',
      type: 3,
      value: 'never offered',
    });
  });
});
