import { describe, expect, it } from 'vitest';
import { noRules } from '../../../src/domain/rule.ts';
import type { Limit } from '../../../src/domain/rule.ts';
import { removeLimit } from '../../../src/policy/edits/remove-limit.ts';
import { setLimit } from '../../../src/policy/edits/set-limit.ts';
import { ids, limit } from '../standing.ts';
import { done, many, operator, settings, unlimited } from './settings.ts';

const { artist, member, neighbour, guild } = ids;

describe('setLimit', () => {
  it('adds a limit beside those of other subjects and periods, and leaves all else', () => {
    const limits = [limit('each-member', 'day', 5), limit({ member: neighbour }, 'week', 5)];
    const before = settings({ limits, logChannelId: '1' });
    const added = limit({ member }, 'week', 7);
    expect(setLimit(before, operator, added)).toEqual({
      rules: { ...noRules, logChannelId: '1', limits: [...limits, added] },
      change: {
        what: 'limit',
        subject: { kind: 'member', memberId: member },
        period: 'week',
        before: null,
        after: 7,
      },
    });
    expect(before.rules.limits).toEqual(limits);
  });

  it('puts a limit in the place of the one for the same subject and period', () => {
    const limits = [limit({ role: artist }, 'day', 5), limit('guild', 'day', 9)];
    const edit = done(setLimit(settings({ limits }), operator, limit({ role: artist }, 'day', 0)));
    expect(edit.rules.limits).toEqual([limit({ role: artist }, 'day', 0), limits[1]]);
    expect(edit.change).toMatchObject({ before: 5, after: 0 });
  });

  it('takes the role that everyone has for each member', () => {
    const edit = done(setLimit(settings(), operator, limit({ role: guild }, 'day', 5)));
    expect(edit.rules.limits).toEqual([limit('each-member', 'day', 5)]);
    expect(edit.change).toMatchObject({ subject: { kind: 'each-member' } });
  });

  it.each([
    [limit('each-member', 'hour', 41), 40, 'MEMBER_CREDITS_PER_DAY'],
    [limit({ role: artist }, 'day', 41), 40, 'MEMBER_CREDITS_PER_DAY'],
    [limit({ member }, 'week', 281), 280, 'MEMBER_CREDITS_PER_DAY'],
    [limit('each-member', 'month', 1201), 1200, 'MEMBER_CREDITS_PER_DAY'],
    [limit('guild', 'day', 401), 400, 'GUILD_CREDITS_PER_DAY'],
    [limit('guild', 'month', 12_001), 12_000, 'GUILD_CREDITS_PER_DAY'],
  ])('says that the operator’s cap cannot be exceeded: %o', (asked, most, setting) => {
    expect(setLimit(settings(), operator, asked)).toEqual({
      refused: {
        reason: 'above-operator',
        option: 'credits',
        given: asked.credits,
        most,
        setting,
      },
    });
    const allowed: Limit = { ...asked, credits: most };
    expect(done(setLimit(settings(), operator, allowed)).rules.limits).toEqual([allowed]);
    expect(done(setLimit(settings(), unlimited, asked)).rules.limits).toEqual([asked]);
  });

  it('refuses what is so already, and more limits than are kept', () => {
    const limits = many(200, (index) => limit({ member: `${index}` }, 'day', 5));
    const full = settings({ limits });
    expect(setLimit(full, operator, limit({ member: '7' }, 'day', 5))).toMatchObject({
      refused: { reason: 'no-change' },
    });
    expect(setLimit(full, operator, limit({ member: '7' }, 'week', 5))).toMatchObject({
      refused: { reason: 'too-many-rules', most: 200 },
    });
    expect(
      done(setLimit(full, operator, limit({ member: '7' }, 'day', 6))).rules.limits,
    ).toHaveLength(200);
  });
});

describe('removeLimit', () => {
  const limits = [
    limit({ role: artist }, 'day', 5),
    limit({ role: artist }, 'week', 6),
    limit('each-member', 'day', 7),
  ];

  it('removes the limit for this subject and period alone', () => {
    const edit = done(removeLimit(settings({ limits }), { kind: 'role', roleId: artist }, 'week'));
    expect(edit.rules.limits).toEqual([limits[0], limits[2]]);
    expect(edit.change).toEqual({
      what: 'limit',
      subject: { kind: 'role', roleId: artist },
      period: 'week',
      before: 6,
      after: null,
    });
    const everyone = { kind: 'role', roleId: guild } as const;
    expect(done(removeLimit(settings({ limits }), everyone, 'day')).rules.limits).toHaveLength(2);
  });

  it('refuses where there is none', () => {
    for (const [subject, period] of [
      [{ kind: 'role', roleId: artist }, 'hour'],
      [{ kind: 'role', roleId: '9007199254740996' }, 'day'],
      [{ kind: 'guild' }, 'day'],
    ] as const)
      expect(removeLimit(settings({ limits }), subject, period)).toMatchObject({
        refused: { reason: 'not-set' },
      });
  });
});
