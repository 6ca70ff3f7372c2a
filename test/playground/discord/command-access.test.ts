import type { Interaction } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { ClientRefused, ServerRefused } from '../../../src/playground/discord/control.ts';
import type { Invocation } from '../../../src/playground/discord/control.ts';
import { withBot } from './scene.ts';

const replying = (interaction: Interaction): Promise<unknown> =>
  interaction.isRepliable() ? interaction.reply('done') : Promise.resolve();

async function desk() {
  const { discord, errors } = await withBot(replying);
  /** Uses `/settings rules add`, which asks for Manage Server. */
  const use = (who: string, raw = false): Invocation =>
    discord.as(who).command('settings rules add', {}, { raw });
  return { discord, guild: discord.guild(), errors, use };
}

describe('a command that asks for a permission', () => {
  it('is not passed on from somebody without it, whatever their client sends', async () => {
    const { discord, errors, use } = await desk();
    expect(() => use('alice')).toThrow(ClientRefused);
    expect(() => use('alice', true)).toThrow(ServerRefused);
    const elsewhere = { guild: 'Playground', raw: true };
    expect(() => discord.as('carol').command('settings rules add', {}, elsewhere)).toThrow(
      /carol lacks ManageGuild/,
    );
    const typing = { style: 'a' };
    expect(() =>
      discord.as('alice').complete('settings rules add', typing, 'style', { raw: true }),
    ).toThrow(ServerRefused);
    await use('owner', true).waitFor(({ answer }) => answer?.content === 'done');
    expect(errors).toEqual([]);
  });

  it('is for a role too that the server lets use it, until it does not', async () => {
    const { guild, use } = await desk();
    guild.setCommandAccess('settings', 'Helpers', true);
    await use('erin').waitFor(({ answer }) => answer?.content === 'done');
    expect(() => use('alice', true)).toThrow(/alice lacks/);
    guild.setCommandAccess('settings', 'Helpers', null);
    expect(() => use('erin', true)).toThrow(/erin lacks ManageGuild/);
  });

  it('is decided for somebody themselves, else by one role that allows it, else for all', async () => {
    const { guild, use } = await desk();
    const may = (who: string): boolean => {
      try {
        use(who, true);
        return true;
      } catch {
        return false;
      }
    };
    guild.setCommandAccess('settings', '@everyone', true);
    expect(['alice', 'erin', 'mod'].map(may)).toEqual([true, true, true]);
    guild.setCommandAccess('settings', 'Regulars', false);
    expect(may('alice')).toBe(false);
    guild.setRoles('alice', ['Regulars', 'Helpers']);
    guild.setCommandAccess('settings', 'Helpers', true);
    expect(may('alice')).toBe(true);
    guild.setCommandAccess('settings', 'alice', false);
    expect(may('alice')).toBe(false);
    guild.setCommandAccess('settings', '@everyone', false);
    expect(['erin', 'mod', 'owner'].map(may)).toEqual([true, false, true]);
    guild.deleteRole('Helpers');
    expect(may('erin')).toBe(false);
  });

  it('is another command than one of another name', async () => {
    const { discord, guild } = await desk();
    guild.setCommandAccess('imagine', 'alice', false);
    expect(() => discord.as('alice').command('imagine', { prompt: 'a fox' })).toThrow(
      /the server does not let alice use it/,
    );
    discord.as('bob').command('imagine', { prompt: 'a fox' });
  });
});
