import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import type { Discord } from '../../../src/playground/discord/control.ts';
import { startDiscord } from '../../../src/playground/discord/discord.ts';
import { reportViolations } from '../../../src/playground/terminal/violations.ts';

describe('what the bot sends', () => {
  let discord: Discord;
  beforeEach(async () => {
    discord = await startDiscord({ clock: systemClock });
  });
  afterEach(() => discord.close());

  const register = (description: string): Promise<Response> =>
    fetch(`${discord.apiUrl}/v10/applications/${discord.applicationId}/commands`, {
      method: 'PUT',
      headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
      body: JSON.stringify([{ type: 1, name: 'imagine', description }]),
    });

  it('is a success where Discord would take it', async () => {
    await register('Make pictures');
    const written: string[] = [];
    expect(reportViolations({ discord }, (line) => written.push(line))).toBe(0);
    expect(written).toEqual([]);
  });

  it('is a failure, with the reason, where Discord would not', async () => {
    await register('x'.repeat(101));
    const written: string[] = [];
    expect(reportViolations({ discord }, (line) => written.push(line))).toBe(1);
    expect(written.join('\n')).toMatch(/Discord would not take .*description/);
  });
});
