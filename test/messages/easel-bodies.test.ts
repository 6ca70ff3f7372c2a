import { existsSync } from 'node:fs';
import { ComponentType } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import type { GuildLogEntry } from '../../src/domain/guild-log.ts';
import { noRules } from '../../src/domain/rule.ts';
import type { GuildRules, Limit, WordRule } from '../../src/domain/rule.ts';
import type { Body } from '../../src/messages/body.ts';
import { changedBody } from '../../src/messages/easel-changed.ts';
import { channelBody } from '../../src/messages/easel-channel.ts';
import type { ExplanationView } from '../../src/messages/easel-explanation.ts';
import { importedBody } from '../../src/messages/easel-import.ts';
import { memberRulesBody } from '../../src/messages/easel-member.ts';
import { logBody } from '../../src/messages/easel-log.ts';
import { overviewBody } from '../../src/messages/easel-overview.ts';
import { wordTestBody } from '../../src/messages/easel-word-test.ts';
import { wordsBody } from '../../src/messages/easel-words.ts';
import { en } from '../../src/messages/en.ts';
import { createContract } from '../../src/playground/discord/contract/contract.ts';

const openApiPath = new URL('../../../shared/specs/discord.openapi.json', import.meta.url).pathname;
const contract = createContract(existsSync(openApiPath) ? { openApiPath } : {});

const at = Date.UTC(2026, 0, 15);
/** Beyond 2^53. */
const id = (n: number): string => `1${String(n).padStart(19, '0')}`;
const many = <T>(n: number, make: (index: number) => T): T[] =>
  Array.from({ length: n }, (_, index) => make(index));

function keepsLimits(body: Body): void {
  expect(contract.check('update-original', body, [])).toEqual([]);
}

function textOf(body: Body): string {
  return body.components
    .map((component) => (component.type === ComponentType.TextDisplay ? component.content : ''))
    .join('\n');
}

function buttonsOf(body: Body): string[] {
  return body.components.flatMap((component) =>
    component.type === ComponentType.ActionRow
      ? component.components.flatMap((each) =>
          each.type === ComponentType.Button && 'label' in each ? [each.label ?? ''] : [],
        )
      : [],
  );
}

const rule = (changes: Partial<WordRule> = {}): WordRule => ({
  id: 'a1b2',
  kind: 'words',
  text: 'ugly word',
  dryRun: false,
  ...changes,
});
/** Every character of it is escaped. */
const worstRule = rule({ text: '|'.repeat(200), kind: 'pattern', dryRun: true });
const worstStyle = {
  name: '|'.repeat(32),
  text: '|'.repeat(500),
  negative: '|'.repeat(500),
  options: {},
};
const worstHit = { rule: worstRule, found: '|'.repeat(1024) };

const operator = {
  caps: { member: 40, guild: 400, bot: null },
  memberConcurrent: 1,
  memberQueue: 3,
};

const everything: GuildRules = {
  limits: [
    { subject: { kind: 'member', memberId: id(7) }, period: 'hour', credits: 0 },
    { subject: { kind: 'each-member' }, period: 'day', credits: 20 },
    { subject: { kind: 'each-member' }, period: 'hour', credits: 5 },
    { subject: { kind: 'role', roleId: id(8) }, period: 'week', credits: 100 },
    { subject: { kind: 'guild' }, period: 'month', credits: 9000 },
  ],
  requests: { mostPictures: 2, running: 1, waiting: 0, coolDownSeconds: 30 },
  channels: [
    { channelId: null, allowed: false },
    { channelId: id(1), allowed: true },
    { channelId: id(2), allowed: false },
  ],
  words: [rule(), rule({ id: 'c3d4', dryRun: true })],
  logChannelId: id(3),
  moderatorRoleId: id(4),
  stopped: { reason: 'too *many* foxes', by: id(5), at },
  providers: [
    { key: 'flow', allowed: false },
    { key: 'flow/quick', allowed: true },
    { key: 'flow/old', allowed: false },
  ],
  defaultModel: 'flow/quick',
  failover: true,
  styles: [
    { name: 'Noir', text: '{prompt}, film noir', negative: '', options: {} },
    { name: 'Oil *thick*', text: '', negative: 'photo', options: {} },
  ],
};
const offered = {
  models: new Map([
    ['plain', 'Plain'],
    ['flow/quick', 'Flow Quick_2'],
  ]),
  providers: new Map([
    ['plain', 'Plain'],
    ['flow', 'Flow'],
  ]),
};

describe('the overview', () => {
  it('goes from the operator’s caps down, and counts words without naming them', () => {
    const body = overviewBody(en, {
      rules: everything,
      blocked: 3,
      operator,
      logTroubled: false,
      price: { least: 1, most: 3 },
      offered,
    });
    keepsLimits(body);
    expect(textOf(body).split('\n')).toEqual([
      '### What holds on this server',
      'A picture costs 1 to 3 credits, by model.',
      '**Caps of whoever runs me**, in 24 h, above all else',
      '- a member, on all servers: 40 credits',
      '- this server: 400 credits',
      '- a member’s requests: 1 under way, 3 waiting',
      '**Limits**',
      '- this server in all: 9,000 a month',
      '- each member: 5 an hour · 20 a day',
      `- each with <@&${id(8)}>: 100 a week`,
      `- <@${id(7)}>: 0 an hour`,
      '**Requests of a member**: at most 2 pictures · 1 under way · 0 waiting · 30 s between two',
      '**Channels**',
      '- the whole server: denied',
      `- allowed: <#${id(1)}>`,
      `- denied: <#${id(2)}>`,
      '**Models**',
      '- tried first: Flow Quick\\_2',
      '- allowed: Flow Quick\\_2',
      '- denied: All of Flow, flow\\/old \\(not offered any more\\)',
      '- another model stands in for one that cannot be had',
      '**Styles**: 2 (Noir, Oil \\*thick\\*)',
      '**Words**: 2 rules, 1 of them dry',
      `**Log**: <#${id(3)}>`,
      `**Moderators’ role**: <@&${id(4)}>`,
      '**Blocked**: 3 members',
      `**Stopped** by <@${id(5)}> <t:${at / 1000}:R>: too \\*many\\* foxes. \`/moderate start\` ends it.`,
    ]);
  });

  it('does not list what is not set, and says in one line how to set it', () => {
    const body = overviewBody(en, {
      rules: noRules,
      blocked: 0,
      operator,
      logTroubled: false,
      price: { least: 2, most: 2 },
      offered,
    });
    keepsLimits(body);
    expect(textOf(body).split('\n').slice(6)).toEqual([
      '-# Not set yet: `/easel limit set` · `/easel requests` · `/easel channel deny` · `/easel provider default` · `/easel provider deny` · `/easel provider failover` · `/easel style add` · `/easel word add` · `/easel log channel` · `/easel moderators role`',
    ]);
  });

  it('does not speak of choosing among models where there is one', () => {
    const body = overviewBody(en, {
      rules: noRules,
      blocked: 0,
      operator,
      logTroubled: false,
      price: { least: 2, most: 2 },
      offered: { models: new Map([['plain', 'Plain']]), providers: new Map([['plain', 'Plain']]) },
    });
    expect(textOf(body)).toContain('A picture costs 2 credits.\n');
    expect(textOf(body)).not.toContain('/easel provider');
  });

  it('says so where the operator set no cap on credits', () => {
    const none = { ...operator, caps: { member: null, guild: null, bot: null } };
    const body = overviewBody(en, {
      rules: noRules,
      blocked: 0,
      operator: none,
      logTroubled: false,
      price: { least: 1, most: 1 },
      offered,
    });
    expect(textOf(body)).toContain('- none on credits');
  });

  it('stays within Discord’s limits with as many rules as there may be', () => {
    const limits = many(200, (n): Limit => ({
      subject: { kind: 'role', roleId: id(n) },
      period: 'month',
      credits: 1_000_000,
    }));
    const channels = many(500, (n) => ({ channelId: id(n), allowed: n % 2 === 0 }));
    const rules = {
      ...everything,
      limits,
      channels,
      words: many(1000, () => worstRule),
      providers: many(200, (n) => ({ key: `${'_'.repeat(90)}/${n}`, allowed: n % 2 === 0 })),
      defaultModel: '_'.repeat(300),
      styles: many(50, (n) => ({ ...worstStyle, name: `${'|'.repeat(29)}${n}` })),
      stopped: { reason: '*'.repeat(200), by: id(5), at },
    };
    const body = overviewBody(en, {
      rules,
      blocked: 5000,
      operator,
      logTroubled: false,
      price: { least: 1, most: 1 },
      offered,
    });
    keepsLimits(body);
    expect(textOf(body)).toMatch(/- and 1\d\d more\n/);
    expect(textOf(body)).toContain('and 235 more');
  });
});

const use = { credits: 20, used: 6, left: 14, freesAt: at };
const explanation: ExplanationView = {
  limits: [
    {
      subject: { kind: 'member', memberId: id(1) },
      period: 'day',
      ...use,
      verdict: 'decides',
    },
    {
      subject: { kind: 'role', roleId: id(2) },
      period: 'day',
      ...use,
      verdict: 'own-limit-decides',
    },
    {
      subject: { kind: 'each-member' },
      period: 'hour',
      credits: 4,
      used: 0,
      left: 4,
      freesAt: null,
      verdict: 'own-limit-decides',
    },
  ],
  guildLimits: [{ subject: { kind: 'guild' }, period: 'week', ...use, verdict: 'decides' }],
  caps: [{ whose: 'member', credits: 40, used: 6, left: 34, freesAt: at }],
  granted: 5,
  shutOutBy: null,
  contentPause: null,
  coolDown: { seconds: 30, until: at + 1000 },
};
const channel = { path: [id(9)], rules: [], deciding: undefined, missingPermissions: [] };
const member = {
  memberId: id(1),
  here: true,
  block: null,
  blockedByOperator: false,
  explanation,
  rules: { ...everything, stopped: null },
  operator,
  channel,
  now: at,
};

describe('what holds for a member', () => {
  it('names every rule that touches them, which decides, what is left, and when it frees up', () => {
    const body = memberRulesBody(en, member);
    keepsLimits(body);
    const then = `<t:${at / 1000}:R>`;
    expect(textOf(body).split('\n')).toEqual([
      `### What holds for <@${id(1)}>`,
      '**Caps of whoever runs me**, in 24 h, above all else',
      `- a member, on all servers: 6 of 40 used, **34 left** · next frees up ${then}`,
      '**This server in all**',
      `- a week: 6 of 20 used, **14 left** · next frees up ${then}`,
      '**Limits on them**',
      `- their own, a day (**decides**): 6 of 20 used, **14 left** · next frees up ${then}`,
      `- each with <@&${id(2)}>, a day (their own limit decides): 6 of 20 used, **14 left** · next frees up ${then}`,
      '- each member, an hour (their own limit decides): 0 of 4 used, **4 left**',
      '**Granted**: 5 credits, spent after the allowance; lifts limits on members, not caps.',
      '**Requests of a member**: at most 2 pictures · 1 under way · 0 waiting · 30 s between two',
      `The next request may begin <t:${at / 1000 + 1}:R>.`,
      '**Words**: 2 rules, 1 of them dry',
      `**In <#${id(9)}>**: allowed`,
      'Nothing is set for it or above it, and what is not set is allowed.',
    ]);
  });

  it('tells of blocks, of being shut out, of a pause, and of having left', () => {
    const body = memberRulesBody(en, {
      ...member,
      here: false,
      rules: everything,
      block: { memberId: id(1), until: null, reason: 'spam', by: id(5), at },
      blockedByOperator: true,
      explanation: {
        ...explanation,
        limits: [],
        shutOutBy: id(2),
        contentPause: { count: 3, until: at + 1000 },
      },
    });
    keepsLimits(body);
    const text = textOf(body);
    expect(text).toContain('Not on this server now');
    expect(text).toContain(`**Stopped** by <@${id(5)}>`);
    expect(text).toContain(`**Blocked** by <@${id(5)}> until lifted: spam`);
    expect(text).toContain('**Blocked** by whoever runs me');
    expect(text).toContain(`**Shut out**: <@&${id(2)}> has a limit of 0`);
    expect(text).toContain('**Paused** until');
    expect(text).toContain('**Limits on them**: none of this server’s');
  });

  it('leaves out a pause and a cool-down that are over', () => {
    const text = textOf(
      memberRulesBody(en, {
        ...member,
        explanation: {
          ...explanation,
          contentPause: { count: 3, until: at },
          coolDown: { seconds: 1, until: at },
        },
      }),
    );
    expect(text).not.toContain('Paused');
    expect(text).not.toContain('may begin');
  });

  it('stays within Discord’s limits for somebody with a limit in each of 200 roles', () => {
    const limits = many(200, (n) => ({
      subject: { kind: 'role', roleId: id(n) } as const,
      period: 'month' as const,
      credits: 1_000_000,
      used: 1_000_000,
      left: 1_000_000,
      freesAt: at,
      verdict: 'role-limit-decides' as const,
    }));
    const guildLimits = (['hour', 'day', 'week', 'month'] as const).map((period) => ({
      subject: { kind: 'guild' } as const,
      period,
      ...use,
      verdict: 'decides' as const,
    }));
    const caps = (['member', 'guild', 'bot'] as const).map((whose) => ({ whose, ...use }));
    const body = memberRulesBody(en, {
      ...member,
      here: false,
      rules: { ...everything, stopped: { reason: '*'.repeat(200), by: id(5), at } },
      block: { memberId: id(1), until: at, reason: '*'.repeat(200), by: id(5), at },
      explanation: { ...explanation, limits, guildLimits, caps },
    });
    keepsLimits(body);
    expect(textOf(body)).toMatch(/- and 1\d\d more\n/);
  });
});

describe('what holds in a channel', () => {
  it('shows each step from the thread to the server, and which decides', () => {
    const deciding = { channelId: id(2), allowed: false };
    const body = channelBody(en, {
      path: [id(1), id(2), id(3)],
      rules: [{ channelId: null, allowed: true }, deciding],
      deciding,
      missingPermissions: ['Attach Files'],
    });
    keepsLimits(body);
    expect(textOf(body).split('\n')).toEqual([
      `**In <#${id(1)}>**: **denied**`,
      `- <#${id(1)}>: not set`,
      `- <#${id(2)}>: denied ← decides`,
      `- <#${id(3)}>: not set`,
      '- the whole server: allowed',
      'I could not post there: I lack **Attach Files**.',
    ]);
  });
});

describe('the list of rules on words', () => {
  it('hides the words behind spoilers and says how often each has hit', () => {
    const rules = [rule(), rule({ id: 'c3d4', kind: 'pattern', text: 'a+b', dryRun: true })];
    const body = wordsBody(en, { rules, from: 0, hits: new Map([['c3d4', 2]]) });
    keepsLimits(body);
    expect(textOf(body).split('\n')).toEqual([
      '### 2 rules on words, 1 of them dry',
      '- `a1b2` ||ugly word|| · no hits',
      '- `c3d4` ||a\\+b|| · pattern · dry run · 2 hits',
    ]);
    expect(buttonsOf(body)).toEqual([]);
  });

  it('is paged by buttons, back and forth', () => {
    const rules = many(31, () => worstRule);
    const hits = new Map([[worstRule.id, 1_000_000]]);
    const page = (from: number): Body => wordsBody(en, { rules, from, hits });
    expect(buttonsOf(page(0))).toEqual(['More']);
    expect(buttonsOf(page(15))).toEqual(['Back', 'More']);
    expect(buttonsOf(page(30))).toEqual(['Back']);
    expect(textOf(page(15))).toContain('16–30 of 31');
    for (const from of [0, 15, 30]) keepsLimits(page(from));
  });

  it('shows the last page where the one asked for is gone', () => {
    const rules = many(16, () => rule());
    const body = wordsBody(en, { rules, from: 900, hits: new Map() });
    expect(textOf(body)).toContain('16–16 of 16');
    keepsLimits(body);
  });

  it('says how to begin where there is none', () => {
    expect(textOf(wordsBody(en, { rules: [], from: 0, hits: new Map() }))).toContain(
      '`/easel word add`',
    );
  });
});

describe('the trial of a prompt', () => {
  const trial = (enforced: number, dry: number, rules = 3): Body =>
    wordTestBody(en, {
      prompt: '|'.repeat(1024),
      rules,
      enforced: many(enforced, () => worstHit),
      dry: many(dry, () => worstHit),
    });

  it('says which rule hits, where, and what would become of the prompt', () => {
    const body = wordTestBody(en, {
      prompt: 'an Ugly w0rd',
      rules: 2,
      enforced: [{ rule: rule(), found: 'Ugly w0rd' }],
      dry: [],
    });
    expect(textOf(body).split('\n')).toEqual([
      'Tried: ||an Ugly w0rd||',
      'This prompt would be refused:',
      '- `a1b2` ||ugly word|| → hits ||Ugly w0rd||',
    ]);
  });

  it('tells rules that run dry apart', () => {
    expect(textOf(trial(0, 1))).toContain('This prompt passes. Rules that run dry');
    expect(textOf(trial(1, 1))).toContain('Rules that run dry would count it too');
    expect(textOf(trial(0, 0))).toContain('No rule hits');
    expect(textOf(trial(0, 0, 0))).toContain('no rules on words yet');
  });

  it('stays within Discord’s limits with as many hits as there may be', () => {
    const body = trial(1000, 1000);
    keepsLimits(body);
    expect(textOf(body)).toContain('and 995 more');
  });
});

describe('the log', () => {
  const kinds = ['all', 'change'] as const;
  const words = { what: 'words', added: many(30, () => worstRule), removed: [] } as const;
  const entries = many(11, (n): GuildLogEntry => ({
    id: 900 - n,
    guildId: id(1),
    at,
    by: id(5),
    event: { kind: 'change', change: words },
  }));
  const view = { kind: 'all', kinds, before: null, generations: new Map() } as const;

  it('shows as many entries as fit, and goes on behind the last of them', () => {
    const body = logBody(en, { ...view, entries });
    keepsLimits(body);
    const shown = textOf(body).split(`<t:${at / 1000}:f>`).length - 1;
    expect(shown).toBeGreaterThan(1);
    expect(JSON.stringify(body)).toContain(`easel:log:all-${900 - shown + 1}`);
    expect(buttonsOf(body)).toEqual(['Older']);
  });

  it('shows ten short entries on a page, and a way back to the newest on a later one', () => {
    const short = entries.map((entry): GuildLogEntry => ({
      ...entry,
      event: { kind: 'deletion', generationId: '1-0', memberId: id(5) },
    }));
    const body = logBody(en, { ...view, before: 901, entries: short });
    keepsLimits(body);
    expect(JSON.stringify(body)).toContain('easel:log:all-891');
    expect(buttonsOf(body)).toEqual(['Newest', 'Older']);
    const last = logBody(en, { ...view, before: 901, entries: short.slice(0, 10) });
    expect(buttonsOf(last)).toEqual(['Newest']);
  });

  it('tells an empty log from an empty last page', () => {
    expect(textOf(logBody(en, { ...view, entries: [] }))).toContain('Nothing here yet');
    const last = logBody(en, { ...view, before: 5, entries: [] });
    expect(textOf(last)).toContain('nothing older');
    keepsLimits(last);
  });
});

describe('a change', () => {
  it('is confirmed with the old and the new value, and what follows from it', () => {
    const body = changedBody(
      en,
      { what: 'log-channel', before: null, after: id(1) },
      en.easel.note.logOff,
    );
    expect(textOf(body)).toBe(
      `Log channel: none → **<#${id(1)}>**\n-# Nothing is posted any more; \`/easel log show\` still reads it.`,
    );
  });

  it('stays within Discord’s limits with the longest words', () => {
    const added = many(1000, () => worstRule);
    keepsLimits(changedBody(en, { what: 'words', added, removed: added }, en.easel.note.dryRun));
    const after = { ...worstStyle, name: 'x', text: '*'.repeat(500), negative: '*'.repeat(500) };
    keepsLimits(
      changedBody(en, { what: 'style', before: null, after }, en.easel.styles.note.removed),
    );
    const changed = changedBody(en, { what: 'style', before: worstStyle, after });
    keepsLimits(changed);
    expect(textOf(changed)).toContain('- not to show: ');
    expect(textOf(changed).endsWith('…**')).toBe(true);
    keepsLimits(
      importedBody(en, {
        change: { what: 'words', added, removed: [] },
        repeated: 999,
        unread: 999,
        skipped: many(1000, (n) => ({
          line: n,
          text: '|'.repeat(500),
          problem: { kind: 'refers-back' },
        })),
      }),
    );
  });
});
