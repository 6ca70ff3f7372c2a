import { describe, expect, it } from 'vitest';
import { noRules } from '../../src/domain/rule.ts';
import { maySetUp, mayModerate } from '../../src/policy/rights.ts';
import { ids } from './standing.ts';

const nothing = { manageServer: false, moderateMembers: false };
const rules = { ...noRules, moderatorRoleId: ids.artist };

describe('rights', () => {
  it('to set up are with those who manage the server, not with moderators', () => {
    expect(maySetUp({ may: { manageServer: true } })).toBe(true);
    expect(maySetUp({ may: nothing })).toBe(false);
  });

  it.each([
    ['who may moderate members', { may: { ...nothing, moderateMembers: true }, roleIds: [] }],
    ['who may manage the server', { may: { ...nothing, manageServer: true }, roleIds: [] }],
    ['who has the moderators’ role', { may: nothing, roleIds: [ids.patron, ids.artist] }],
  ])('to moderate are with somebody %s', (_, caller) => {
    expect(mayModerate(caller, rules)).toBe(true);
  });

  it('to moderate are with nobody else, where no role is set or it is gone', () => {
    const caller = { may: nothing, roleIds: [ids.patron] };
    expect(mayModerate(caller, rules)).toBe(false);
    expect(mayModerate(caller, noRules)).toBe(false);
    expect(mayModerate({ may: nothing, roleIds: [] }, rules)).toBe(false);
    // Its id is next to the one that is set: as numbers they would be the same.
    expect(mayModerate({ may: nothing, roleIds: ['9007199254740996'] }, rules)).toBe(false);
  });
});
