import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { GuildReport } from '../../src/domain/member-store.ts';
import { en } from '../../src/messages/en.ts';
import { usageBody } from '../../src/messages/usage-body.ts';
import type { GuildView, UsageView } from '../../src/messages/usage-body.ts';
import { createContract } from '../../src/playground/discord/contract/contract.ts';

const openApiPath = new URL('../../../shared/specs/discord.openapi.json', import.meta.url).pathname;
const contract = createContract(existsSync(openApiPath) ? { openApiPath } : {});

const at = Date.UTC(2026, 0, 30, 12);
const dayMs = 24 * 60 * 60_000;
const longId = '9'.repeat(20);

const own: UsageView = {
  own: [{ left: 36, of: 40, period: 'day', freesAt: at }],
  shutOutBy: null,
  granted: 0,
  price: { least: 1, most: 3 },
  lately: [{ at, pictures: 4, credits: 4 }],
  guild: null,
};

const report: GuildReport = {
  credits: 12_345,
  pictures: 12_345,
  requests: 4000,
  members: 321,
  top: Array.from({ length: 10 }, () => ({ memberId: longId, credits: 1234 })),
  refusals: [
    { reason: 'words', count: 12 },
    { reason: 'limit', count: 3 },
  ],
  days: Array.from({ length: 30 }, (_, index) => ({
    day: at - (29 - index) * dayMs,
    credits: index * 1000,
  })),
};

const guild: GuildView = {
  report,
  left: [
    { left: 5, of: 5000, period: 'month', freesAt: at },
    { left: 380, of: 400, period: 'day', freesAt: at },
  ],
  runsOut: at + dayMs,
  chartName: 'spend-by-day.png',
  accounts: [
    {
      provider: 'Claid',
      setting: 'CLAID_CREDITS',
      told: undefined,
      counted: { credits: 100, since: at, spent: 4 },
    },
    { provider: 'Stablecog', setting: undefined, told: { credits: 9, at }, counted: undefined },
  ],
};

const empty: GuildReport = {
  credits: 0,
  pictures: 0,
  requests: 0,
  members: 0,
  top: [],
  refusals: [],
  days: report.days.map(({ day }) => ({ day, credits: 0 })),
};

const textOf = (view: UsageView): string => JSON.stringify(usageBody(en, view));

describe('/usage', () => {
  it.each<[string, UsageView]>([
    ['a member', own],
    ['a member without any limit', { ...own, own: [], lately: [] }],
    ['a member who is shut out', { ...own, shutOutBy: longId }],
    ['a member with granted credits', { ...own, granted: 7 }],
    ['a moderator', { ...own, guild }],
    [
      'a moderator of a server that never asked',
      { ...own, guild: { ...guild, report: empty, chartName: null, runsOut: 'lasts' } },
    ],
    [
      'a moderator whose operator named no figure',
      {
        ...own,
        guild: {
          ...guild,
          accounts: ['CLAID_CREDITS', undefined].map((setting) => ({
            provider: 'Claid',
            setting,
            told: undefined,
            counted: undefined,
          })),
        },
      },
    ],
  ])('is sound for %s', (_, view) => {
    const body = usageBody(en, view);
    const filename = view.guild?.chartName;
    const file = { name: 'files[0]', bytes: 1_000, contentType: 'image/png' };
    const files = filename ? [{ ...file, filename }] : [];
    expect(contract.check('update-original', body, files)).toEqual([]);
    expect(textOf(view)).not.toMatch(/undefined|null|NaN|\[object/);
  });

  it('says what is left and when the next credit frees up', () => {
    expect(textOf(own)).toContain('**36 of 40 left** per day · next one frees up <t:');
    expect(textOf({ ...own, own: [] })).toContain('no limit');
  });

  it('says nothing of limits to who is shut out', () => {
    const told = textOf({ ...own, shutOutBy: longId });
    expect(told).toContain(`<@&${longId}>`);
    expect(told).not.toContain('36 of 40');
  });

  it('tells those who are shut out that granted credits cannot be spent meanwhile', () => {
    expect(textOf({ ...own, granted: 7 })).toContain('7 credits granted besides');
    const told = textOf({ ...own, granted: 7, shutOutBy: longId });
    expect(told).toContain('7 credits granted, which cannot be spent meanwhile');
  });

  it('says first what keeps a member from pictures whatever is left', () => {
    const block = { memberId: longId, until: null, reason: 'too *much*', by: longId, at };
    const stopped = { reason: null, by: longId, at };
    expect(textOf({ ...own, block })).toContain('until a moderator lifts it: too \\\\*much');
    expect(textOf({ ...own, block: { ...block, until: at } })).toMatch(/Blocked.*until <t:/);
    expect(textOf({ ...own, stopped })).toContain('**Pictures are stopped** on this server');
  });

  it('tells a cap of the operator’s from a limit of the server’s', () => {
    const [left] = own.own;
    const cap = { left: 1, of: 2, period: 'day', freesAt: null, isCap: true } as const;
    const told = textOf({
      ...own,
      own: left ? [left, cap] : [],
      guild: { ...guild, left: [...guild.left, cap] },
    });
    expect(told).toContain('**36 of 40 left** per day · ');
    expect(told).toContain('**1 of 2 left** per day, on all servers');
    expect(told).toContain('1 of 2 left per day for the server (cap of whoever runs me)');
  });

  it('says of a month’s credits when they run out, that they last, or that they are spent', () => {
    const told = (view: Partial<GuildView>) => textOf({ ...own, guild: { ...guild, ...view } });
    expect(told({})).toContain('the month’s credits run out on <t:');
    expect(told({ runsOut: 'lasts' })).toContain('the month’s credits will last.');
    const none = { left: 0, of: 5000, period: 'month', freesAt: at } as const;
    expect(told({ left: [none] })).toContain('The month’s credits are spent.');
    expect(told({ runsOut: null })).not.toContain('the month’s credits');
  });

  it('does not count where nothing was made, and names the chart where there is one', () => {
    expect(textOf({ ...own, guild })).toContain('**Credits spent by day**');
    const told = textOf({ ...own, guild: { ...guild, report: empty, chartName: null } });
    expect(told).toContain('No pictures were made.');
    expect(told).not.toMatch(/0 credits for|by day\*\*/);
  });

  it('keeps the server’s figures from those who may not see them', () => {
    expect(textOf(own)).not.toMatch(/This server|account/);
    expect(textOf({ ...own, guild })).toMatch(/This server.*96 credits left/);
  });

  it('tells the facts of the chart in its alt text too, within Discord’s limit', () => {
    const description = usageBody(en, { ...own, guild }).attachments?.[0]?.description ?? '';
    expect(description).toMatch(/^Credits spent by day: Jan 2 1,000, Jan 3 2,000/);
    expect(description.length).toBeLessThanOrEqual(1024);
  });

  it('names each day once where daylight saving begins and ends', () => {
    const zone = process.env['TZ'];
    process.env['TZ'] = 'Europe/Berlin';
    try {
      for (const first of [Date.UTC(2026, 2, 15), Date.UTC(2026, 9, 10)]) {
        const days = Array.from({ length: 30 }, (_, n) => ({ day: first + n * dayMs, credits: 1 }));
        const names = en.usage.chart(days).match(/[A-Z][a-z]{2} \d+(?= 1)/g);
        expect(new Set(names).size).toBe(30);
      }
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });

  it('never shows an account below nothing', () => {
    const counted = { credits: 3, since: at, spent: 4 };
    const accounts = [{ provider: 'Claid', setting: 'CLAID_CREDITS', told: undefined, counted }];
    expect(textOf({ ...own, guild: { ...guild, accounts } })).toContain('about 0 credits left');
  });
});
