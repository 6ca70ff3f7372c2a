import { describe, expect, it } from 'vitest';
import { remaining } from '../../src/policy/remaining.ts';
import type { Terms } from '../../src/policy/terms.ts';
import { frees, ids, limit, standing, terms } from './standing.ts';
import type { SpentBy } from './standing.ts';

const { artist, patron, member } = ids;
const left = (by: Terms, spent: SpentBy = {}, granted = 0) =>
  remaining(by, standing(by, spent, { granted }));

describe('what remains', () => {
  it('is nothing to speak of where nothing limits', () => {
    expect(left(terms(), {}, 5)).toBeNull();
  });

  it('is told of the limit or cap that leaves least, with what was granted besides', () => {
    const limits = [limit('each-member', 'day', 10), limit('guild', 'week', 100)];
    const by = terms({ limits, caps: { bot: 1000 } });
    expect(left(by, { member: 4, guild: 40 }, 5)).toEqual({
      credits: 6,
      of: 10,
      period: 'day',
      by: 'each-member',
      freesAt: frees,
      granted: 5,
    });
    expect(left(by, { guild: 97 })).toMatchObject({ credits: 3, of: 100, by: 'guild' });
    expect(left(by, { bot: 999 })).toMatchObject({ credits: 1, by: 'cap', period: 'day' });
  });

  it('is told of the most specific of equals, with nothing spent there', () => {
    const by = terms({ limits: [limit({ member }, 'week', 40)], caps: { member: 40, guild: 40 } });
    expect(left(by)).toMatchObject({ credits: 40, by: 'member', freesAt: null });
  });

  it('goes by the role that leaves most, and by its narrowest window', () => {
    const limits = [
      limit({ role: artist }, 'day', 5),
      limit({ role: patron }, 'hour', 8),
      limit({ role: patron }, 'week', 30),
    ];
    const by = terms({ limits, roles: [artist, patron] });
    expect(left(by)).toMatchObject({ credits: 8, period: 'hour', by: 'role' });
    expect(left(by, { member: { week: 24 } })).toMatchObject({ credits: 6, period: 'week' });
    expect(left(by, { member: { week: 28 } })).toMatchObject({ credits: 5, period: 'day' });
  });

  it('is 0 in a limit that was lowered below what is spent', () => {
    expect(left(terms({ caps: { member: 3 } }), { person: 9 })).toMatchObject({
      credits: 0,
      of: 3,
    });
  });

  it('is 0 of 0 for somebody who is shut out', () => {
    const limits = [limit({ role: artist }, 'week', 0), limit('each-member', 'day', 9)];
    expect(left(terms({ limits, roles: [artist], caps: { bot: 0 } }), {}, 7)).toEqual({
      credits: 0,
      of: 0,
      period: 'week',
      by: 'role',
      freesAt: null,
      granted: 7,
    });
  });
});
