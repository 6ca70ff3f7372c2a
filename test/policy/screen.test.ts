import { describe, expect, it } from 'vitest';
import { screen } from '../../src/policy/screen.ts';

const open = { allowedGuilds: new Set<string>(), blockedUsers: new Set<string>() };
const here = { guildId: 'g', memberId: 'm', missingPermissions: [] };

describe('screen', () => {
  it.each([
    ['anybody anywhere when no door is shut', here, open],
    ['a guild on the list', here, { ...open, allowedGuilds: new Set(['x', 'g']) }],
    ['everybody who is not blocked', here, { ...open, blockedUsers: new Set(['n']) }],
  ])('lets in %s', (_, arrival, doors) => {
    expect(screen(arrival, doors)).toBeUndefined();
  });

  it.each([
    ['direct messages', { ...here, guildId: null }, open, { reason: 'guild-only' }],
    [
      'a guild that is not on the list',
      here,
      { ...open, allowedGuilds: new Set(['x']) },
      { reason: 'guild-not-allowed' },
    ],
    ['a blocked member', here, { ...open, blockedUsers: new Set(['m']) }, { reason: 'blocked' }],
    [
      'a channel where the bot cannot post',
      { ...here, missingPermissions: ['Attach Files'] },
      open,
      { reason: 'missing-permissions', permissions: ['Attach Files'] },
    ],
  ])('refuses %s', (_, arrival, doors, refusal) => {
    expect(screen(arrival, doors)).toEqual(refusal);
  });

  it('tells a blocked member of a closed guild about the guild, and nobody what they cannot change', () => {
    const doors = { allowedGuilds: new Set(['x']), blockedUsers: new Set(['m']) };
    expect(screen({ ...here, missingPermissions: ['View Channel'] }, doors)).toEqual({
      reason: 'guild-not-allowed',
    });
  });
});
