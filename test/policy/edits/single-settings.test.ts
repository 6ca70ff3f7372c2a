import { describe, expect, it } from 'vitest';
import type { Stop } from '../../../src/domain/rule.ts';
import { setLogChannel } from '../../../src/policy/edits/set-log-channel.ts';
import { setModeratorRole } from '../../../src/policy/edits/set-moderator-role.ts';
import { setStopped } from '../../../src/policy/edits/set-stopped.ts';
import { ids } from '../standing.ts';
import { done, settings } from './settings.ts';

describe('the log channel', () => {
  it('is set, changed and taken away, with the old and the new value', () => {
    expect(
      setLogChannel(settings({ logChannelId: '9007199254740992' }), '9007199254740993'),
    ).toEqual({
      rules: settings({ logChannelId: '9007199254740993' }).rules,
      change: { what: 'log-channel', before: '9007199254740992', after: '9007199254740993' },
    });
    expect(
      done(setLogChannel(settings({ logChannelId: '1' }), null)).rules.logChannelId,
    ).toBeNull();
  });

  it('is refused where it is so already', () => {
    expect(setLogChannel(settings({ logChannelId: '1' }), '1')).toMatchObject({
      refused: { reason: 'no-change' },
    });
    expect(setLogChannel(settings(), null)).toMatchObject({ refused: { reason: 'not-set' } });
  });
});

describe('the moderators’ role', () => {
  it('is set, changed and taken away, with the old and the new value', () => {
    expect(setModeratorRole(settings(), ids.artist)).toEqual({
      rules: settings({ moderatorRoleId: ids.artist }).rules,
      change: { what: 'moderator-role', before: null, after: ids.artist },
    });
    const edit = done(setModeratorRole(settings({ moderatorRoleId: ids.artist }), null));
    expect(edit.change).toMatchObject({ before: ids.artist, after: null });
  });

  it('is refused where it is so already, or everyone has it', () => {
    expect(setModeratorRole(settings({ moderatorRoleId: '1' }), '1')).toMatchObject({
      refused: { reason: 'no-change' },
    });
    expect(setModeratorRole(settings(), null)).toMatchObject({ refused: { reason: 'not-set' } });
    expect(setModeratorRole(settings(), ids.guild)).toEqual({
      refused: { reason: 'everyones-role' },
    });
  });
});

describe('stopping the whole server', () => {
  const stop: Stop = { reason: 'raid', by: '1', at: 5 };

  it('stops, takes another reason, and starts again', () => {
    expect(setStopped(settings(), stop)).toEqual({
      rules: settings({ stopped: stop }).rules,
      change: { what: 'stopped', before: null, after: stop },
    });
    const other = { ...stop, reason: 'filter', by: '2' };
    expect(done(setStopped(settings({ stopped: stop }), other)).rules.stopped).toEqual(other);
    expect(done(setStopped(settings({ stopped: stop }), null)).rules.stopped).toBeNull();
  });

  it('tells the second of two moderators that it is so already, and keeps the first one’s reason', () => {
    for (const reason of ['raid', null])
      expect(setStopped(settings({ stopped: stop }), { reason, by: '2', at: 6 })).toMatchObject({
        refused: { reason: 'no-change' },
      });
    expect(setStopped(settings(), null)).toMatchObject({ refused: { reason: 'no-change' } });
  });
});
