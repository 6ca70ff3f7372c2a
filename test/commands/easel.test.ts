import { existsSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { easelDefinition } from '../../commands/easel/definition.ts';
import type { Given } from '../../src/discord/command.ts';
import type { GuildEvent, GuildLogEntry } from '../../src/domain/guild-log.ts';
import type { WordRule } from '../../src/domain/rule.ts';
import { createContract } from '../../src/playground/discord/contract/contract.ts';
import { readWordList } from '../../src/policy/words.ts';
import { createDesk, ids, now, outsider } from './easel-desk.ts';

const openApiPath = new URL('../../../shared/specs/discord.openapi.json', import.meta.url).pathname;
const contract = createContract(existsSync(openApiPath) ? { openApiPath } : {});

type Options = Given['options'];

describe('the definition of /easel', () => {
  it('is one that Discord takes, for those who manage the server', () => {
    expect(contract.check('bulk-global-commands', [easelDefinition], [])).toEqual([]);
    expect(easelDefinition.default_member_permissions).toBe('32');
  });
});

describe('a change', () => {
  const changes: [string, Options, string][] = [
    [
      'limit set',
      { credits: 10, per: 'day' },
      'Limit per day for each member: none → **10 credits**',
    ],
    [
      'limit set',
      { credits: 10, per: 'day', for: ids.guild },
      'Limit per day for each member: none → **10 credits**',
    ],
    [
      'limit set',
      { credits: 0, per: 'hour', for: ids.artist },
      `Limit per hour for <@&${ids.artist}>: none → **0 credits**\n-# Who has this role is shut out`,
    ],
    [
      'limit set',
      { credits: 7, per: 'week', for: ids.alice },
      `Limit per week for <@${ids.alice}>: none → **7 credits**`,
    ],
    [
      'limit set',
      { credits: 7, per: 'week', for: ids.gone },
      `Limit per week for <@${ids.gone}>: none → **7 credits**`,
    ],
    [
      'limit server',
      { credits: 400, per: 'day' },
      'Limit per day for this server in all: none → **400 credits**',
    ],
    [
      'requests',
      { pictures: 2, 'cool-down': 30 },
      'Most pictures per request: as usual → **2**\nSeconds between requests of a member: as usual → **30**',
    ],
    ['requests', { waiting: 0 }, 'Requests of a member waiting: as usual → **0**'],
    ['channel deny', {}, 'The whole server: not set → **denied**'],
    ['channel allow', { channel: ids.thread }, `<#${ids.thread}>: as above it → **allowed**`],
    ['log channel', { channel: ids.pictures }, `Log channel: none → **<#${ids.pictures}>**`],
    ['moderators role', { role: ids.artist }, `Moderators’ role: none → **<@&${ids.artist}>**`],
    ['word add', { text: ' ugly word ' }, 'Added 1 rule on words: ||ugly word||'],
    ['word add', { text: 'ug+ly', pattern: true, 'dry-run': true }, ', pattern, dry run)'],
  ];

  it.each(changes)(
    'by %s %j is confirmed with old and new value, and logged',
    async (name, options, said) => {
      const desk = createDesk();
      expect(await desk.use(name, options)).toMatchObject({
        beside: false,
        text: expect.stringContaining(said) as string,
      });
      expect(desk.woken).toEqual([ids.guild]);
    },
  );

  it('says what was before', async () => {
    const desk = createDesk();
    await desk.use('limit set', { credits: 10, per: 'day' });
    const told = await desk.use('limit set', { credits: 5, per: 'day' });
    expect(told.text).toContain('10 credits → **5 credits**');
    const gone = await desk.use('limit remove', { rule: 'each-member:day' });
    expect(gone.text).toContain('5 credits → **none**');
    expect(desk.rules().limits).toEqual([]);
  });

  it('takes limits of roles and members away by the name that the list offers', async () => {
    const desk = createDesk();
    for (const whom of [ids.artist, ids.alice])
      await desk.use('limit set', { credits: 10, per: 'month', for: whom });
    await desk.use('limit remove', { rule: `role-${ids.artist}:month` });
    await desk.use('limit remove', { rule: `member-${ids.alice}:month` });
    expect(desk.rules().limits).toEqual([]);
  });

  it('sets one part of the requests back to what is usual, or all', async () => {
    const desk = createDesk();
    await desk.use('requests', { pictures: 2, running: 1, waiting: 1, 'cool-down': 9 });
    const one = await desk.use('requests', { 'back-to-usual': 'pictures' });
    expect(one.text).toBe('Most pictures per request: 2 → **as usual**');
    await desk.use('requests', { 'back-to-usual': 'all', running: 1, pictures: 3 });
    expect(desk.rules().requests).toEqual({
      mostPictures: 3,
      running: 1,
      waiting: null,
      coolDownSeconds: null,
    });
    await desk.use('requests', { 'cool-down': 9 });
    await desk.use('requests', { 'cool-down': 0 });
    expect(desk.rules().requests.coolDownSeconds).toBeNull();
  });

  it('lets a channel follow what holds above it again, turns the log off and clears the role', async () => {
    const desk = createDesk();
    await desk.use('channel deny', { channel: ids.category });
    await desk.use('channel clear', { channel: ids.category });
    await desk.use('log channel', { channel: ids.pictures });
    const off = await desk.use('log channel');
    expect(off.text).toContain('→ **none**\n-# Nothing is posted any more');
    await desk.use('moderators role', { role: ids.artist });
    await desk.use('moderators role');
    expect(desk.rules()).toMatchObject({
      channels: [],
      logChannelId: null,
      moderatorRoleId: null,
    });
  });

  it('says what a rule on channels means for the others', async () => {
    const desk = createDesk();
    const note = async (use: string, options = {}) => (await desk.use(use, options)).text;
    expect(await note('channel deny')).toContain('with a rule of their own keep it.');
    expect(await note('channel allow', { channel: ids.pictures })).toContain(
      'Whatever stands under it follows',
    );
    expect(await note('channel clear')).toContain('What has no rule of its own is allowed.');
  });

  it('takes away the rule on a channel that Discord knows no more, by its id', async () => {
    for (const rule of [ids.gone, `<#${ids.gone}>`]) {
      const desk = createDesk();
      desk.setRules({ channels: [{ channelId: ids.gone, allowed: false }] });
      const told = await desk.use('channel clear', { rule });
      expect(told.text).toContain(`<#${ids.gone}>: denied → **as above it**`);
      expect(desk.rules().channels).toEqual([]);
    }
  });

  it('names rules on words one after the other', async () => {
    const desk = createDesk();
    for (const text of ['one', 'two', 'three']) await desk.use('word add', { text });
    await desk.use('word remove', { rule: 'w2' });
    await desk.use('word add', { text: 'four' });
    expect(desk.rules().words.map(({ id }) => id)).toEqual(['w1', 'w3', 'w4']);
  });

  it('lets a rule on words run dry and enforces it, by its id or its words', async () => {
    const desk = createDesk();
    await desk.use('word add', { text: 'Ugly' });
    const [rule] = desk.rules().words;
    await desk.use('word dry-run', { rule: rule?.id });
    expect(desk.rules().words).toEqual([{ ...rule, dryRun: true }]);
    await desk.use('word enforce', { rule: 'ugly' });
    expect(desk.rules().words).toEqual([rule]);
    const told = await desk.use('word remove', { rule: 'UGLY' });
    expect(told.text).toContain('Removed 1 rule on words: ||Ugly||');
    expect(desk.rules().words).toEqual([]);
  });
});

describe('bad input', () => {
  const bad: [string, Options, string][] = [
    ['show', { member: 'alice' }, '`member` must be a member, for example @alice; you gave alice.'],
    ['show', { member: '99999999999999999999' }, '`member` must be a member'],
    ['show', { member: ids.bot }, 'ots'],
    ['show', { channel: 'pictures' }, '`channel` must be a channel of this server'],
    [
      'limit set',
      { credits: -1, per: 'day' },
      '`credits` must be a whole number from 0 to 1,000,000; you gave -1.',
    ],
    ['limit set', { credits: 1.5, per: 'day' }, 'you gave 1.5'],
    ['limit set', { per: 'day' }, '`credits` must be a whole number'],
    [
      'limit set',
      { credits: 1, per: 'year' },
      '`per` must be hour, day, week, or month; you gave year.',
    ],
    [
      'limit set',
      { credits: 1, per: 'day', for: 'Artist' },
      '`for` must be a role or a member, for example @Artist',
    ],
    ['limit set', { credits: 1, per: 'day', for: ids.bot }, 'ots'],
    ['limit set', { credits: 41, per: 'day' }, 'MEMBER_CREDITS_PER_DAY'],
    ['limit server', { credits: 401, per: 'day' }, 'GUILD_CREDITS_PER_DAY'],
    ['limit server', { credits: '5', per: 'day' }, '`credits` must be a whole number'],
    [
      'limit remove',
      { rule: 'everything' },
      '`rule` must be one of the limits in the list, for example each-member:day; you gave everything.',
    ],
    ['limit remove', { rule: 'each-member:day' }, 'limit'],
    [
      'requests',
      {},
      '`requests` must be given at least one of its options, for example pictures:2',
    ],
    ['requests', { pictures: 5 }, '`pictures` must be a whole number from 1 to 4; you gave 5.'],
    ['requests', { running: 2 }, 'MEMBER_CONCURRENT'],
    ['requests', { waiting: 4 }, 'MEMBER_QUEUE'],
    ['requests', { 'cool-down': 86_401 }, '`cool-down` must be a whole number from 0 to 86,400'],
    [
      'requests',
      { 'back-to-usual': 'prompt' },
      '`back-to-usual` must be pictures, running, waiting, cool-down, or all',
    ],
    [
      'channel allow',
      { channel: '1' },
      '`channel` must be a channel of this server, for example #pictures',
    ],
    ['channel deny', { channel: '99999999999999999999' }, '`channel` must be'],
    ['channel clear', { rule: ids.gone }, 'There is no rule set there'],
    ['channel clear', { rule: 'den' }, '`rule` must be one of the rules in the list'],
    [
      'channel clear',
      { rule: ids.gone, channel: ids.pictures },
      '`rule` must be left out where a channel is named',
    ],
    ['channel clear', {}, 'rule'],
    ['word add', { text: ' ' }, '`text` must be 1 to 200 characters long; yours has 0.'],
    ['word add', { text: 'x'.repeat(201) }, 'yours has 201'],
    ['word add', { text: 'a', pattern: 'yes' }, '`pattern` must be True or False; you gave yes.'],
    ['word add', { text: '(unclosed', pattern: true }, 'A ( has no ) that closes it'],
    ['word add', { text: '!?' }, 'It has no letter and no digit'],
    ['word remove', { rule: 'nothing like it' }, 'rule on words'],
    ['word remove', {}, '`rule` must be 1 to 200 characters long; yours has 0.'],
    ['word enforce', { rule: 'zzzz' }, 'rule on words'],
    ['word dry-run', { rule: 'zzzz' }, 'rule on words'],
    ['word test', { prompt: '' }, '`prompt` must be 1 to 1,024 characters long; yours has 0.'],
    ['log channel', { channel: ids.quiet }, `<#${ids.quiet}>`],
    ['log channel', { channel: '7' }, '`channel` must be'],
    [
      'log show',
      { kind: 'prompts' },
      '`kind` must be all, generation, refusal, deletion, or change; you gave prompts.',
    ],
    [
      'moderators role',
      { role: 'Artist' },
      '`role` must be a role that moderators alone have, for example @Moderators',
    ],
    ['moderators role', { role: ids.guild }, 'Everybody has that role'],
    ['limits', {}, 'do not know'],
  ];

  it.each(bad)(
    'for %s %j is refused with the reason and what is allowed, and changes nothing',
    async (name, options, said) => {
      const desk = createDesk();
      const before = desk.rules();
      const told = await desk.use(name, options);
      expect(told.text).toContain(said);
      expect(desk.rules()).toBe(before);
      expect(desk.woken).toEqual([]);
    },
  );

  it('is refused outside guilds', async () => {
    expect((await createDesk().use('show', {}, { guildId: null })).text).toContain('servers only');
  });
});

describe('/easel show', () => {
  it('counts the blocks that are in force', async () => {
    const desk = createDesk();
    const block = { reason: null, by: ids.mod, at: now };
    desk.setRules({}, [
      { ...block, memberId: ids.alice, until: null },
      { ...block, memberId: ids.gone, until: now + 1 },
      { ...block, memberId: ids.mod, until: now },
    ]);
    expect((await desk.use('show')).text).toContain('**Blocked**: 2 members');
  });

  it('explains a member with their roles, in the channel where it is asked', async () => {
    const desk = createDesk();
    await desk.use('limit set', { credits: 10, per: 'day' });
    await desk.use('limit set', { credits: 20, per: 'day', for: ids.artist });
    await desk.use('channel deny', { channel: ids.category });
    const told = await desk.use('show', { member: ids.alice });
    expect(told.text).toContain(
      `each with <@&${ids.artist}>, a day (**decides**): 0 of 20 used, **20 left**`,
    );
    expect(told.text).toContain(
      'each member, a day (a role’s limit decides): 0 of 10 used, **10 left**',
    );
    expect(told.text).toContain(`**In <#${ids.pictures}>**: **denied**`);
    expect(told.text).toContain(`<#${ids.category}>: denied ← decides`);
  });

  it('explains a member in another channel, and one who has left', async () => {
    const desk = createDesk();
    const told = await desk.use('show', { member: ids.gone, channel: ids.quiet });
    expect(told.text).toContain('Not on this server now');
    expect(told.text).toContain(`**In <#${ids.quiet}>**: allowed`);
    expect(told.text).toContain('I lack **Send Messages**, **Attach Files**');
  });

  it('tells of a block while it is in force', async () => {
    const desk = createDesk();
    const block = { memberId: ids.alice, reason: 'spam', by: ids.mod, at: now };
    desk.setRules({}, [{ ...block, until: now + 1000 }]);
    expect((await desk.use('show', { member: ids.alice })).text).toContain('**Blocked** by');
    desk.setRules({}, [{ ...block, until: now }]);
    expect((await desk.use('show', { member: ids.alice })).text).not.toContain('Blocked');
  });

  it('explains a channel alone', async () => {
    const desk = createDesk();
    await desk.use('channel allow', { channel: ids.thread });
    const told = await desk.use('show', { channel: ids.thread });
    expect(told.text).toContain(`<#${ids.thread}>: allowed ← decides`);
    expect(told.text).not.toContain('Caps');
  });
});

describe('/easel word', () => {
  it('tests a prompt against the rules that are set', async () => {
    const desk = createDesk();
    await desk.use('word add', { text: 'ugly' });
    expect((await desk.use('word test', { prompt: 'an UGLY thing' })).text).toContain(
      'would be refused',
    );
    expect((await desk.use('word test', { prompt: 'a fox' })).text).toContain('passes');
  });

  it('pages the list by buttons, for those who manage the server', async () => {
    const words = Array.from({ length: 20 }, (_, n): WordRule => ({
      id: `w${n}`,
      kind: 'words',
      text: `bad${n}`,
      dryRun: false,
    }));
    const desk = createDesk({ hits: new Map([['w19', 3]]) });
    desk.setRules({ words });
    expect((await desk.use('word list')).text).toContain('1–15 of 20');
    const next = await desk.press('words', { ref: '15' });
    expect(next.text).toContain('`w19` ||bad19|| · 3 hits');
    expect((await desk.press('words', { ref: '15', ...outsider })).text).toContain('Manage Server');
    expect((await desk.press('words', { ref: 'made-up' })).text).toContain('1–15 of 20');
  });
});

describe('/easel word import', () => {
  const importing = (words: string) => ({ ref: 'words', fields: { words } });
  const given = {
    subcommand: 'word import',
    options: {},
    users: new Map(),
    channels: new Map(),
    attachments: new Map(),
    message: null,
  };
  const asked = (may: { manageServer: boolean }) =>
    createDesk().command.prepare(
      { guildId: ids.guild, memberId: ids.mod, locale: 'en-US', may } as never,
      given,
    );

  it('opens a modal for those who manage the server', () => {
    expect(asked({ manageServer: true })).toMatchObject({
      answers: 'modal',
      modal: { customId: 'easel:import:words' },
    });
    expect(asked({ manageServer: false })).toEqual({
      refused: { reason: 'not-moderator', needs: 'Manage Server' },
    });
  });

  it('adds a word or phrase from each line, and says what was there already', async () => {
    const desk = createDesk();
    await desk.use('word add', { text: 'first' });
    const told = await desk.submit('import', importing('first\n\n second thing \nthird\n'));
    expect(told.text).toContain('Added 2 rules on words: ||second thing||');
    expect(told.text).toContain('1 line left out: it was there already.');
    expect(desk.rules().words.map(({ text }) => text)).toEqual(['first', 'second thing', 'third']);
    expect(desk.woken).toHaveLength(2);
  });

  it('names the lines that cannot be used, and adds the others', async () => {
    const desk = createDesk();
    const told = await desk.submit('import', importing('# bad words\n!!!\n/b(ad/\nworse\nWorse'));
    expect(told.text).toContain('Added 1 rule on words: ||worse||');
    expect(told.text).toContain('1 line left out');
    expect(told.text).toContain(
      '2 lines could not be used:\n- line 2, ||\\!\\!\\!||. It has no letter',
    );
    expect(told.text).toContain('- line 3, ||b\\(ad||. A ( has no )');
    expect(desk.rules().words).toHaveLength(1);
  });

  it('changes nothing where nothing is new', async () => {
    const desk = createDesk();
    await desk.use('word add', { text: 'first' });
    const before = desk.rules();
    const told = await desk.submit('import', importing('first'));
    expect(told.text).toBe('Nothing was added.\n1 line left out: it was there already.');
    expect(desk.rules()).toBe(before);
    expect(desk.woken).toHaveLength(1);
    expect((await desk.submit('import', importing('# nothing'))).text).toBe(
      'Nothing was added. A list has a word or phrase on each line.',
    );
  });

  it('holds a list against what another moderator has added meanwhile', async () => {
    const desk = createDesk();
    const stale = await desk.settings.load(ids.guild);
    const patterns = (letter: string) =>
      Array.from({ length: 200 }, (_, index) => `/${letter}${index}.{0,50}z/`).join('\n');
    await desk.submit('import', importing(patterns('a')));
    const among = desk.rules().words;
    const { rules, problems } = readWordList(patterns('b'), among);
    expect(problems).not.toEqual([]);
    const load = vi.spyOn(desk.settings, 'load').mockResolvedValue(stale);
    await desk.submit('import', importing(patterns('b')));
    load.mockRestore();
    expect(desk.rules().words).toHaveLength(among.length + rules.length);
  });

  it('adds all or none of a list that is too long', async () => {
    const desk = createDesk();
    const words = Array.from(
      { length: 999 },
      (_, n) => ({ id: `w${n}`, kind: 'words', text: `bad${n}`, dryRun: false }) as const,
    );
    desk.setRules({ words });
    const told = await desk.submit('import', importing('one\ntwo'));
    expect(told.text).toContain('1,000 rules on words');
    expect(desk.rules().words).toHaveLength(999);
  });

  it('is refused for everybody else who sends the form anyway', async () => {
    const desk = createDesk();
    const told = await desk.submit('import', { ...importing('word'), ...outsider });
    expect(told.text).toContain('Manage Server');
    expect(desk.rules().words).toEqual([]);
  });
});

describe('/easel log show', () => {
  const entry = (id: number, event: GuildEvent): GuildLogEntry => ({
    id,
    guildId: ids.guild,
    at: now,
    by: ids.alice,
    event,
  });
  const log = Array.from({ length: 25 }, (_, n) =>
    entry(
      25 - n,
      n % 5 === 0
        ? { kind: 'change', change: { what: 'log-channel', before: null, after: ids.pictures } }
        : { kind: 'refusal', reason: 'channel', channelId: ids.quiet, words: [] },
    ),
  );
  const complaints = (body: unknown) => contract.check('update-original', body, []);

  it('shows the newest first and goes back by a button', async () => {
    const desk = createDesk({ log });
    const first = await desk.use('log show');
    expect(complaints(first.body)).toEqual([]);
    expect(JSON.stringify(first.body)).toContain('easel:log:all-16');
    const second = await desk.press('log', { ref: 'all-16' });
    expect(JSON.stringify(second.body)).toContain('easel:log:all-6');
    expect(JSON.stringify(second.body)).toContain('easel:log:all-newest');
    const last = await desk.press('log', { ref: 'all-6' });
    expect(JSON.stringify(last.body)).not.toContain('Older');
  });

  it('narrows to a kind, by option or by the select', async () => {
    const desk = createDesk({ log });
    for (const told of [
      await desk.use('log show', { kind: 'change' }),
      await desk.press('log-kind', { ref: 'any', values: ['change'] }),
    ]) {
      expect(told.text).toContain('### Log · Changes of settings');
      expect(told.text).toContain('Log channel');
      expect(told.text).not.toContain(ids.quiet);
      expect(complaints(told.body)).toEqual([]);
    }
  });

  it('says so where there is nothing', async () => {
    const told = await createDesk().use('log show', { kind: 'deletion' });
    expect(told.text).toContain('Nothing here yet');
  });

  it('is refused for everybody else who presses or chooses anyway', async () => {
    const desk = createDesk({ log });
    for (const action of ['log', 'log-kind']) {
      const told = await desk.press(action, { ref: 'all-16', values: ['all'], ...outsider });
      expect(told).toMatchObject({
        beside: true,
        text: expect.stringContaining('Manage Server') as string,
      });
    }
  });
});

describe('what is suggested while a rule is typed', () => {
  const typed = (desk: ReturnType<typeof createDesk>, subcommand: string, text: string) =>
    desk.command.suggest?.({ guildId: ids.guild, locale: 'en-US' } as never, {
      subcommand,
      option: 'rule',
      text,
      options: {},
      roleNames: new Map([[ids.artist, 'Artist']]),
      channelNames: new Map([[ids.pictures, 'pictures']]),
    });

  it('is the limits that are set, also by a mention of whom they are for', async () => {
    const desk = createDesk();
    await desk.use('limit set', { credits: 10, per: 'week' });
    await desk.use('limit set', { credits: 3, per: 'day', for: ids.artist });
    expect(typed(desk, 'limit remove', '')?.map(({ value }) => value)).toEqual([
      `role-${ids.artist}:day`,
      'each-member:week',
    ]);
    expect(typed(desk, 'limit remove', 'each')).toEqual([
      { name: 'Each member: 10 credits per week', value: 'each-member:week' },
    ]);
    expect(typed(desk, 'limit remove', `<@&${ids.artist}>`)).toHaveLength(1);
    expect(typed(desk, 'limit remove', `<@${ids.alice}>`)).toEqual([]);
  });

  it('names roles as people know them, and tells which are no more', async () => {
    const desk = createDesk();
    await desk.use('limit set', { credits: 3, per: 'day', for: ids.artist });
    await desk.use('limit set', { credits: 4, per: 'week', for: ids.category });
    await desk.use('limit set', { credits: 5, per: 'month', for: ids.alice });
    const names = (text: string) => typed(desk, 'limit remove', text)?.map(({ name }) => name);
    expect(names('')).toEqual([
      'Role Artist: 3 credits per day',
      `Deleted role ${ids.category}: 4 credits per week`,
      `Member ${ids.alice}: 5 credits per month (30 days)`,
    ]);
    expect(names('@art')).toEqual(['Role Artist: 3 credits per day']);
    expect(names('deleted')).toHaveLength(1);
  });

  it('is the rules on channels, first those on channels that are no more', async () => {
    const desk = createDesk();
    await desk.use('channel deny');
    await desk.use('channel deny', { channel: ids.pictures });
    await desk.use('channel allow', { channel: ids.quiet });
    expect(typed(desk, 'channel clear', '')).toEqual([
      { name: `Channel ${ids.quiet}, deleted or hidden from me: allowed`, value: ids.quiet },
      { name: 'pictures: denied', value: ids.pictures },
    ]);
    expect(typed(desk, 'channel clear', '#pic')).toHaveLength(1);
  });

  it('is the rules on words, those only that can still be enforced or run dry', async () => {
    const desk = createDesk();
    await desk.use('word add', { text: 'ugly' });
    await desk.use('word add', { text: 'u.ly', pattern: true, 'dry-run': true });
    const names = (subcommand: string) => typed(desk, subcommand, 'ly')?.map(({ name }) => name);
    expect(names('word remove')).toEqual(['u.ly · pattern · dry run', 'ugly']);
    expect(names('word enforce')).toEqual(['u.ly · pattern · dry run']);
    expect(names('word dry-run')).toEqual(['ugly']);
    expect(names('word add')).toEqual([]);
  });
});
