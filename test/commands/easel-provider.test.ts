import { describe, expect, it } from 'vitest';
import type { Given } from '../../src/discord/command.ts';
import { little, offer } from '../policy/offers.ts';
import { createDesk, ids, now, outsider } from './easel-desk.ts';
import type { Desk } from './easel-desk.ts';

type Options = Given['options'];

/** One provider that is a model itself, one with three models. */
const offers = [
  { ...offer('plain', { takes: little }), price: 2 },
  { ...offer('flow/quick'), price: 1 },
  { ...offer('flow/fine', { public: true }), price: 5 },
  { ...offer('flow/wild', { unfiltered: true, outUntil: now + 60_000 }), price: 3 },
];

const deskWith = (): Desk => createDesk({ offers });

describe('a change of what models may be used', () => {
  const changes: [string, Options, string][] = [
    ['provider deny', { model: 'flow/quick' }, 'Rule on models flow\\/quick: not set → **denied**'],
    [
      'provider deny',
      { model: 'FLOW/quick ' },
      'Rule on models flow\\/quick: not set → **denied**',
    ],
    ['provider allow', { model: 'Flow Fine' }, 'Rule on models flow\\/fine: not set → **allowed**'],
    ['provider deny', { model: 'flow' }, '**denied**\n-# Models of it with a rule of their own'],
    ['provider deny', { model: 'all of flow' }, 'flow: not set → **denied**'],
    ['provider deny', { model: 'plain' }, 'Rule on models plain: not set → **denied**'],
    [
      'provider default',
      { model: 'flow quick' },
      'the operator’s → **flow\\/quick**\n-# Members who name no model get it',
    ],
    ['provider failover', { on: true }, 'no → **yes**\n-# Only one that can do all'],
  ];

  it.each(changes)(
    'by %s %j is confirmed with old and new value, and logged',
    async (name, options, said) => {
      const desk = deskWith();
      const told = await desk.use(name, options);
      expect(told.text).toContain(said);
      expect(told.beside).toBe(false);
      expect(desk.woken).toEqual([ids.guild]);
    },
  );

  it('says what was before, and goes back to it', async () => {
    const desk = deskWith();
    await desk.use('provider deny', { model: 'flow/quick' });
    const allowed = await desk.use('provider allow', { model: 'flow/quick' });
    expect(allowed.text).toBe('Rule on models flow\\/quick: denied → **allowed**');
    const cleared = await desk.use('provider clear', { rule: 'flow quick' });
    expect(cleared.text).toBe('Rule on models flow\\/quick: allowed → **not set**');
    await desk.use('provider default', { model: 'flow/fine' });
    const back = await desk.use('provider default');
    expect(back.text).toContain('flow\\/fine → **the operator’s**\n-# Plain is tried first now.');
    await desk.use('provider failover', { on: true });
    const off = await desk.use('provider failover', { on: false });
    expect(off.text).toContain('yes → **no**\n-# Members are told when');
    expect(desk.rules()).toMatchObject({ providers: [], defaultModel: null, failover: false });
  });

  it('takes the rule away on what is not offered any more, or on all of a provider', async () => {
    const desk = deskWith();
    desk.setRules({
      providers: [
        { key: 'flow/old', allowed: false },
        { key: 'flow', allowed: true },
      ],
    });
    for (const rule of ['FLOW/old', 'All of Flow']) await desk.use('provider clear', { rule });
    expect(desk.rules().providers).toEqual([]);
  });

  it('says so where the default is denied by it, and where nothing is left', async () => {
    const desk = deskWith();
    await desk.use('provider default', { model: 'flow/quick' });
    const lost = await desk.use('provider deny', { model: 'flow' });
    expect(lost.text).toContain('The default, Flow Quick, is denied now, so Plain is tried first.');
    const none = await desk.use('provider deny', { model: 'plain' });
    expect(none.text).toContain('No model is allowed now');
    expect((await desk.use('provider default')).text).toContain('No model is allowed now');
  });
});

describe('what is wrong', () => {
  const bad: [string, Options, string][] = [
    [
      'provider deny',
      { model: 'dalle*' },
      'There is no model called dalle\\* here. You can choose **Plain**, **Flow Quick**, **Flow Fine**, or **Flow Wild**.',
    ],
    ['provider allow', { model: 'flow/old' }, 'There is no model called flow\\/old here.'],
    ['provider deny', {}, '`model` must be 1 to 100 characters long; yours has 0.'],
    ['provider default', { model: 'flow' }, 'There is no model called flow here.'],
    ['provider default', { model: '' }, '`model` must be 1 to 100 characters long'],
    ['provider default', {}, 'There is no default model, so nothing was changed.'],
    ['provider clear', { rule: 'flow/quick' }, 'There is no rule for that'],
    ['provider clear', {}, '`rule` must be 1 to 100 characters long; yours has 0.'],
    ['provider failover', {}, '`on` must be True or False; you gave nothing.'],
    ['provider failover', { on: 'yes' }, '`on` must be True or False; you gave yes.'],
    ['provider failover', { on: false }, 'It is set so already'],
    ['provider', {}, 'do not know'],
  ];

  it.each(bad)(
    'for %s %j is refused with the reason and what is allowed, and changes nothing',
    async (name, options, said) => {
      const desk = deskWith();
      const before = desk.rules();
      expect((await desk.use(name, options)).text).toContain(said);
      expect(desk.rules()).toBe(before);
      expect(desk.woken).toEqual([]);
    },
  );

  it('is a default that members may not use', async () => {
    const desk = deskWith();
    await desk.use('provider deny', { model: 'flow' });
    const told = await desk.use('provider default', { model: 'flow/fine' });
    expect(told.text).toContain('**Flow Fine** is not allowed on this server.');
    expect(told.text).toContain('You can choose **Plain**.');
    expect(desk.rules().defaultModel).toBeNull();
  });
});

describe('/easel provider list', () => {
  it('shows what is allowed, by which rule, what is tried first and what is out', async () => {
    const desk = deskWith();
    await desk.use('provider deny', { model: 'flow' });
    await desk.use('provider allow', { model: 'flow/quick' });
    await desk.use('provider default', { model: 'flow/quick' });
    const { text } = await desk.use('provider list');
    expect(text).toContain('### 4 models, 2 of them denied');
    expect(text).toContain('**Flow Quick** is tried first (set here)');
    expect(text).toMatch(/\*\*Plain\*\* `plain` · 2 credits a picture\n.*\n-# allowed\n/);
    expect(text).toMatch(/· \*\*default\*\*\n.*\n-# allowed \(a rule of its own\)/);
    expect(text).toContain('**denied** (the rule for All of Flow) · public at the image service');
    expect(text).toContain(`tried again <t:${(now + 60_000) / 1000}:R> · unfiltered`);
  });

  it('pages by buttons, for those who manage the server', async () => {
    const many = Array.from({ length: 7 }, (_, n) => offer(`flow/m${n}`));
    const desk = createDesk({ offers: many });
    expect((await desk.use('provider list')).text).toContain('1–5 of 7');
    expect((await desk.press('models', { ref: '5' })).text).toContain('6–7 of 7');
    expect((await desk.press('models', { ref: 'made-up' })).text).toContain('1–5 of 7');
    expect((await desk.press('models', { ref: '5', ...outsider })).text).toContain('Manage Server');
    const elsewhere = await desk.press('models', { ref: '5', messageIsPrivate: false });
    expect(elsewhere.text).not.toContain('of 7');
  });
});

describe('/easel show', () => {
  it('tells what models cost, and what is set on them', async () => {
    const desk = deskWith();
    expect((await desk.use('show')).text).toContain('A picture costs 1 to 5 credits, by model.');
    await desk.use('provider default', { model: 'flow/quick' });
    await desk.use('provider deny', { model: 'flow/fine' });
    await desk.use('provider failover', { on: true });
    expect((await desk.use('show')).text).toContain(
      '**Models**\n- tried first: Flow Quick\n- denied: Flow Fine\n- another model stands in',
    );
  });
});

describe('what is suggested while a model is typed', () => {
  it('is all of a provider with several, and the models with their prices', () => {
    const desk = deskWith();
    for (const subcommand of ['provider allow', 'provider deny'])
      expect(desk.suggested(subcommand, 'model', '')).toEqual([
        { name: 'All of Flow', value: 'flow' },
        { name: 'Plain · 2 credits a picture', value: 'plain' },
        { name: 'Flow Quick · 1 credit a picture', value: 'flow/quick' },
        { name: 'Flow Fine · 5 credits a picture', value: 'flow/fine' },
        { name: 'Flow Wild · 3 credits a picture', value: 'flow/wild' },
      ]);
    expect(desk.suggested('provider deny', 'model', 'quick')).toHaveLength(1);
  });

  it('is what may be used, where one is to be tried first', async () => {
    const desk = deskWith();
    await desk.use('provider deny', { model: 'flow' });
    await desk.use('provider allow', { model: 'flow/quick' });
    const values = desk.suggested('provider default', 'model', '').map(({ value }) => value);
    expect(values).toEqual(['plain', 'flow/quick']);
  });

  it('is the rules that are set, first those on what is not offered any more', () => {
    const desk = deskWith();
    desk.setRules({
      providers: [
        { key: 'flow/quick', allowed: true },
        { key: 'flow', allowed: false },
        { key: 'flow/old', allowed: false },
      ],
    });
    expect(desk.suggested('provider clear', 'rule', '')).toEqual([
      { name: 'flow/old (not offered any more): denied', value: 'flow/old' },
      { name: 'Flow Quick: allowed', value: 'flow/quick' },
      { name: 'All of Flow: denied', value: 'flow' },
    ]);
  });
});
