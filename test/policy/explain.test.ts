import { describe, expect, it } from 'vitest';
import type { Standing } from '../../src/domain/ledger.ts';
import { explain } from '../../src/policy/explain.ts';
import type { Terms } from '../../src/policy/terms.ts';
import { day, frees, ids, limit, now, standing, terms } from './standing.ts';
import type { SpentBy } from './standing.ts';

const { artist, patron, member } = ids;
const explained = (by: Terms, spent: SpentBy = {}, ledger: Partial<Standing> = {}) =>
  explain(by, standing(by, spent, ledger));
const verdicts = (by: Terms, spent: SpentBy = {}) =>
  explained(by, spent).limits.map(({ subject, period, verdict }) => [
    subject.kind === 'role' ? subject.roleId : subject.kind,
    period,
    verdict,
  ]);

const eachMember = [limit('each-member', 'week', 20), limit('each-member', 'day', 10)];

describe('what is explained to people', () => {
  it('is every limit that touches the member, and how far it is used', () => {
    const limits = [...eachMember, limit({ role: artist }, 'day', 5)];
    const by = terms({ limits });
    expect(explained(by, { member: { day: 4, week: 25 } })).toEqual({
      limits: [
        {
          subject: { kind: 'each-member' },
          period: 'day',
          credits: 10,
          used: 4,
          left: 6,
          freesAt: frees,
          verdict: 'decides',
        },
        {
          subject: { kind: 'each-member' },
          period: 'week',
          credits: 20,
          used: 25,
          left: 0,
          freesAt: frees,
          verdict: 'decides',
        },
      ],
      guildLimits: [],
      caps: [],
      granted: 0,
      shutOutBy: null,
      contentPause: null,
      coolDown: null,
    });
  });

  it('names the guild’s limits and the operator’s caps, which hold in any case', () => {
    const limits = [
      limit('guild', 'month', 900),
      limit('guild', 'day', 50),
      limit({ member }, 'day', 5),
    ];
    const by = terms({ limits, caps: { member: 40, bot: 4000 } });
    const { guildLimits, caps } = explained(by, { guild: { day: 20, month: 300 }, bot: 100 });
    expect(guildLimits).toMatchObject([
      { period: 'day', used: 20, left: 30, verdict: 'decides' },
      { period: 'month', used: 300, left: 600, verdict: 'decides' },
    ]);
    expect(caps).toEqual([
      { whose: 'member', credits: 40, used: 0, left: 40, freesAt: null },
      { whose: 'bot', credits: 4000, used: 100, left: 3900, freesAt: frees },
    ]);
  });

  it('says that a limit of the member’s own decides in place of all others, a role’s 0 too', () => {
    const limits = [...eachMember, limit({ role: artist }, 'day', 0), limit({ member }, 'day', 9)];
    const by = terms({ limits, roles: [artist] });
    expect(verdicts(by)).toEqual([
      ['member', 'day', 'decides'],
      [artist, 'day', 'own-limit-decides'],
      ['each-member', 'day', 'own-limit-decides'],
      ['each-member', 'week', 'own-limit-decides'],
    ]);
    expect(explained(by).shutOutBy).toBeNull();
  });

  it('says which of several roles decides: the one that leaves most', () => {
    const limits = [
      limit('each-member', 'day', 100),
      limit({ role: artist }, 'day', 8),
      limit({ role: patron }, 'day', 9),
      limit({ role: patron }, 'hour', 9),
    ];
    const by = terms({ limits, roles: [artist, patron] });
    expect(verdicts(by)).toEqual([
      [artist, 'day', 'other-role-decides'],
      [patron, 'hour', 'decides'],
      [patron, 'day', 'decides'],
      ['each-member', 'day', 'role-limit-decides'],
    ]);
    expect(verdicts(by, { member: { hour: 9 } })[0]).toEqual([artist, 'day', 'decides']);
  });

  it('says what shuts the member out', () => {
    const limits = [
      limit('each-member', 'day', 100),
      limit({ role: artist }, 'day', 8),
      limit({ role: patron }, 'hour', 0),
    ];
    const by = terms({ limits, roles: [artist, patron] });
    expect(verdicts(by)).toEqual([
      [artist, 'day', 'shut-out-decides'],
      [patron, 'hour', 'decides'],
      ['each-member', 'day', 'role-limit-decides'],
    ]);
    expect(explained(by).shutOutBy).toBe(patron);
  });

  it('of a member who left has no roles’ limits', () => {
    const limits = [limit({ role: artist }, 'day', 8), ...eachMember];
    expect(verdicts(terms({ limits, roles: [] })).map(([subject]) => subject)).toEqual([
      'each-member',
      'each-member',
    ]);
  });

  it('tells of granted credits, the content pause and the cool-down', () => {
    const by = terms({
      contentRefusalsPerDay: 2,
      rules: {
        requests: { mostPictures: null, running: null, waiting: null, coolDownSeconds: 60 },
      },
    });
    const ledger = { granted: 7, contentRefusals: [now - 5, now - 9], lastBegunAt: now - 1000 };
    expect(explained(by, {}, ledger)).toMatchObject({
      granted: 7,
      contentPause: { count: 2, until: now - 5 + day },
      coolDown: { seconds: 60, until: now + 59_000 },
    });
    expect(explained(by)).toMatchObject({
      contentPause: null,
      coolDown: { seconds: 60, until: null },
    });
  });
});
