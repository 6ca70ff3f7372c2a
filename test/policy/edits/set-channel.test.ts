import { describe, expect, it } from 'vitest';
import { setChannel } from '../../../src/policy/edits/set-channel.ts';
import { done, many, settings } from './settings.ts';

const channels = [
  { channelId: null, allowed: false },
  { channelId: '9007199254740993', allowed: true },
];

describe('setChannel', () => {
  it.each([
    ['9007199254740992', false, null],
    ['9007199254740993', false, true],
    [null, true, false],
  ])('allows or denies %s, in place of what was set for it', (channelId, allowed, before) => {
    const { rules, change } = done(setChannel(settings({ channels }), channelId, allowed));
    expect(change).toEqual({ what: 'channel', channelId, before, after: allowed });
    expect(rules.channels.filter((rule) => rule.channelId === channelId)).toEqual([
      { channelId, allowed },
    ]);
    expect(rules.channels).toHaveLength(before === null ? 3 : 2);
  });

  it('clears what was set, so that what stands above it decides', () => {
    const { rules, change } = done(setChannel(settings({ channels }), null, null));
    expect(rules.channels).toEqual([channels[1]]);
    expect(change).toEqual({ what: 'channel', channelId: null, before: false, after: null });
  });

  it('refuses to clear what is not set, what is so already, and more than are kept', () => {
    const full = settings({
      channels: many(500, (index) => ({ channelId: `${index}`, allowed: true })),
    });
    expect(setChannel(full, 'x', null)).toMatchObject({ refused: { reason: 'not-set' } });
    expect(setChannel(full, '7', true)).toMatchObject({ refused: { reason: 'no-change' } });
    expect(setChannel(full, 'x', true)).toMatchObject({
      refused: { reason: 'too-many-rules', most: 500 },
    });
    expect(done(setChannel(full, '7', false)).rules.channels).toHaveLength(500);
  });
});
