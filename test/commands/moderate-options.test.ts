import { describe, expect, it } from 'vitest';
import { moderate } from '../../commands/moderate.ts';
import { moderateMenu } from '../../commands/moderate-menu.ts';
import type { CommandParts } from '../../commands/parts.ts';
import type { Call } from '../../src/discord/call.ts';
import type { Given, GivenUser } from '../../src/discord/command.ts';
import type { Refusal } from '../../src/domain/refusal.ts';
import { en } from '../../src/messages/en.ts';

const mod = '9'.repeat(19);
const alice = '8'.repeat(19);
const robot = '7'.repeat(19);
const left = '6'.repeat(19);

// Nothing of it is used before the acknowledgement.
const parts = {
  parts: {},
  doors: { allowedGuilds: new Set(), blockedUsers: new Set([robot]) },
} as unknown as CommandParts;
const command = moderate(parts);

function call(changes: Partial<Call> = {}): Call {
  return {
    interactionId: '1',
    applicationId: '2',
    token: 'secret',
    createdAt: 0,
    tokenEndsAt: 900_000,
    guildId: '3',
    channelId: '4',
    memberId: mod,
    roleIds: [],
    channelPath: [],
    ageRestricted: false,
    may: { manageMessages: true, manageServer: false, moderateMembers: true },
    locale: 'en-US',
    maxFileBytes: 10_000_000,
    missingPermissions: () => [],
    ...changes,
  };
}

const users = new Map<string, GivenUser>([
  [mod, { bot: false, roleIds: [] }],
  [alice, { bot: false, roleIds: ['5'] }],
  [robot, { bot: true, roleIds: [] }],
  [left, { bot: false, roleIds: null }],
]);

function given(subcommand: string, options: Given['options'] = {}): Given {
  return { subcommand, options, users, channels: new Map(), attachments: new Map(), message: null };
}

function refusal(
  subcommand: string,
  options: Given['options'] = {},
  by: Partial<Call> = {},
): Refusal | undefined {
  const prepared = command.prepare(call(by), given(subcommand, options));
  return 'refused' in prepared ? prepared.refused : undefined;
}

const long = 'x'.repeat(201);
const about = ['block', 'unblock', 'member', 'grant', 'reset'];

describe('/moderate', () => {
  it('is for those who may moderate members, on servers', () => {
    expect(command.definition).toMatchObject({
      default_member_permissions: String(1n << 40n),
      contexts: [0],
    });
    expect(moderateMenu(parts).definition).toEqual({
      type: 3,
      name: 'Easel: moderate',
      contexts: [0],
      integration_types: [0],
      default_member_permissions: String(1n << 40n),
    });
  });

  it.each([
    ['block', { member: alice }],
    ['block', { member: alice, until: 'hour', reason: '  too much  ' }],
    ['block', { member: left, until: 'lifted' }],
    ['unblock', { member: alice }],
    ['unblock', { member: left }],
    ['member', { member: mod }],
    ['member', { member: left }],
    ['grant', { member: alice, credits: 1, reason: 'a prize' }],
    ['grant', { member: mod, credits: -100_000, reason: '🏆'.repeat(200) }],
    ['reset', { member: alice }],
    ['stop', {}],
    ['stop', { reason: 'too much going on' }],
    ['start', {}],
  ])('takes %s %j, for the moderator alone', (subcommand, options) => {
    const prepared = command.prepare(call(), given(subcommand, options));
    expect(prepared).toMatchObject({ answers: 'private' });
  });

  it.each(about)('%s is not about bots, nor about nobody', (subcommand) => {
    expect(refusal(subcommand, { member: robot })).toEqual({ reason: 'is-bot' });
    for (const member of [undefined, 'alice', 8, '5'.repeat(19), `${alice}0000`])
      expect(en.refusal(refusal(subcommand, { member }) ?? { reason: 'gone' })).toContain(
        '`member` must be a member of this server, or somebody who was one, for example @alice',
      );
  });

  it.each([
    [
      'block',
      { member: alice, until: '2 years' },
      '`until` must be 1 hour, 1 day, 1 week, or until lifted; you gave 2 years.',
    ],
    [
      'block',
      { member: alice, reason: long },
      '`reason` must be 1 to 200 characters long; yours has 201.',
    ],
    ['block', { member: alice, reason: ' ' }, 'yours has 0.'],
    ['block', { member: mod }, '`member` must be somebody other than you, for example @alice'],
    [
      'grant',
      { member: alice, credits: 0, reason: 'a prize' },
      '`credits` must be a whole number from -100,000 to 100,000, but not 0, for example 20; you gave 0.',
    ],
    ['grant', { member: alice, credits: 1.5, reason: 'a prize' }, 'you gave 1.5.'],
    ['grant', { member: alice, credits: '5', reason: 'a prize' }, '`credits` must be'],
    ['grant', { member: alice, credits: 100_001, reason: 'a prize' }, 'you gave 100001.'],
    ['grant', { member: alice, credits: -100_001, reason: 'a prize' }, 'you gave -100001.'],
    ['grant', { member: alice, credits: 5 }, '`reason` must be 1 to 200 characters long'],
    ['grant', { member: alice, credits: 5, reason: long }, 'yours has 201.'],
    ['stop', { reason: long }, 'yours has 201.'],
    ['stop', { reason: 5 }, '`reason` must be'],
  ])('refuses %s %j with what is allowed', (subcommand, options, told) => {
    expect(en.refusal(refusal(subcommand, options) ?? { reason: 'gone' })).toContain(told);
  });

  it('lets blocked moderators lift their own block only if they manage the server', () => {
    expect(refusal('unblock', { member: mod })).toEqual({
      reason: 'not-moderator',
      needs: 'Manage Server',
    });
    const may = { manageMessages: true, manageServer: true, moderateMembers: true };
    expect(refusal('unblock', { member: mod }, { may })).toBeUndefined();
  });

  it('knows no other subcommand', () => {
    for (const subcommand of ['', 'erase', 'block member'])
      expect(refusal(subcommand, { member: alice })).toEqual({ reason: 'gone' });
  });

  it('does nothing outside servers, nor for those whom the operator blocked', () => {
    expect(refusal('start', {}, { guildId: null })).toEqual({ reason: 'guild-only' });
    expect(refusal('start', {}, { memberId: robot })).toEqual({ reason: 'blocked' });
    const blocked = moderateMenu(parts).prepare(call({ memberId: robot }), given(''));
    expect(blocked).toEqual({ refused: { reason: 'blocked' } });
  });
});
