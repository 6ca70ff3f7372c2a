import { describe, expect, it } from 'vitest';
import { decidingWindow } from '../../src/policy/deciding-window.ts';
import { decide } from '../../src/policy/decide.ts';
import type { Terms } from '../../src/policy/terms.ts';
import { windowsOf } from '../../src/policy/windows.ts';
import { day, hour, ids, limit, now, standing, terms } from './standing.ts';
import type { SpentBy } from './standing.ts';

const { guild, member, artist } = ids;
const own = { kind: 'member', guildId: guild, memberId: member };

describe('windowsOf', () => {
  const of = ({ rules, caps, asker }: Terms) => windowsOf(rules, caps, asker);

  it('asks for nothing where nothing is limited', () => {
    expect(of(terms())).toEqual([]);
  });

  it('asks once for each window of the limits that touch the member and the caps that are set', () => {
    const limits = [
      limit('guild', 'day', 1),
      limit('each-member', 'day', 2),
      limit({ role: artist }, 'day', 3),
      limit({ role: 'another' }, 'month', 4),
      limit({ member }, 'hour', 5),
      limit({ member: ids.neighbour }, 'week', 6),
    ];
    const windows = of(terms({ limits, roles: [artist], caps: { member: 1, guild: 1 } }));
    expect(windows).toEqual([
      { pot: own, lengthMs: hour },
      { pot: own, lengthMs: day },
      { pot: { kind: 'guild', guildId: guild }, lengthMs: day },
      { pot: { kind: 'person', memberId: member }, lengthMs: day },
    ]);
  });
});

describe('decidingWindow', () => {
  const found = (by: Terms, spent: SpentBy, images = 4, granted = 0) => {
    const admission = decide(by, standing(by, spent, { granted }), { images, price: 1, now });
    if (admission.admitted) throw new Error('It was admitted.');
    return decidingWindow(admission.refusal, by);
  };

  it('says how many credits must leave the window of a cap', () => {
    expect(found(terms({ caps: { member: 10 } }), { person: 9 })).toEqual({
      window: { pot: { kind: 'person', memberId: member }, lengthMs: day },
      excess: 3,
    });
    expect(found(terms({ caps: { bot: 10 } }), { bot: 12 })).toEqual({
      window: { pot: { kind: 'bot' }, lengthMs: day },
      excess: 6,
    });
  });

  it('counts granted credits for a limit on members, not for the guild’s', () => {
    const ofMember = terms({ limits: [limit('each-member', 'week', 10)] });
    expect(found(ofMember, { member: 10 }, 4, 3)).toEqual({
      window: { pot: own, lengthMs: 7 * day },
      excess: 1,
    });
    const ofGuild = terms({ limits: [limit('guild', 'month', 10)] });
    expect(found(ofGuild, { guild: 10 }, 4, 3)).toEqual({
      window: { pot: { kind: 'guild', guildId: guild }, lengthMs: 30 * day },
      excess: 4,
    });
  });

  it('names none where waiting does not help, nor for other refusals', () => {
    expect(found(terms({ caps: { guild: 3 } }), {})).toBeUndefined();
    expect(found(terms({ limits: [limit({ member }, 'day', 0)] }), {})).toBeUndefined();
    expect(found(terms({ limits: [limit({ member }, 'day', 0)] }), {}, 4, 3)).toBeUndefined();
    expect(decidingWindow({ reason: 'guild-only' }, terms())).toBeUndefined();
  });
});
