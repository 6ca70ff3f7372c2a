import { describe, expect, it } from 'vitest';
import { mostRules } from '../../src/domain/rule.ts';
import type { Given } from '../../src/discord/command.ts';
import { style } from '../policy/offers.ts';
import { createDesk, ids, outsider } from './easel-desk.ts';
import type { Desk, Told } from './easel-desk.ts';

const noir = style('Noir', { options: { aspect: '16:9', guidance: 7 } });

function deskWith(...styles: (typeof noir)[]): Desk {
  const desk = createDesk();
  desk.setRules({ styles });
  return desk;
}

const add = (desk: Desk, fields: Record<string, string>): Promise<Told> =>
  desk.submit('add-style', { ref: 'new', fields });

/** Opens the form of a style as somebody would, and sends it back with these fields changed. */
function edit(desk: Desk, name: string, changed: Record<string, string>): Promise<Told> {
  const { customId, fields } = desk.open('style edit', { style: name });
  const values = Object.fromEntries(fields.map(({ id, value = '' }) => [id, value]));
  const ref = customId.split(':')[2] ?? '';
  return desk.submit('edit-style', { ref, fields: { ...values, ...changed } });
}

describe('/easel style add', () => {
  it('opens a form for those who manage the server', async () => {
    const desk = createDesk();
    expect(desk.open('style add')).toMatchObject({ customId: 'easel:add-style:new' });
    const told = await desk.use('style add', {}, outsider);
    expect(told.text).toContain('Manage Server');
  });

  it('keeps a style as it was typed, and says how members choose it', async () => {
    const desk = createDesk();
    const told = await add(desk, {
      name: '  Film \n noir ',
      text: ' in ink, { PROMPT }, at night ',
      negative: 'colours',
      options: 'Aspect=16:9 steps 30, scheduler K_EULER',
    });
    expect(told.text).toContain('Added the style **Film noir** (text: in ink');
    expect(told.text).toContain('-# Members choose it with `/imagine`, `style:` Film noir.');
    expect(desk.rules().styles).toEqual([
      {
        name: 'Film noir',
        text: 'in ink, {prompt}, at night',
        negative: 'colours',
        options: { aspect: '16:9', steps: 30, scheduler: 'K_EULER' },
      },
    ]);
    expect(desk.woken).toEqual([ids.guild]);
  });

  it.each([
    { text: 'oil' },
    { negative: 'colours' },
    { options: 'steps 30' },
    { text: '{prompt}, oil' },
  ])('takes one that has %j alone', async (fields) => {
    const desk = createDesk();
    await add(desk, { name: 'x', ...fields });
    expect(desk.rules().styles).toHaveLength(1);
  });

  const bad: [string, Record<string, string>, string][] = [
    ['no name', { name: ' ', text: 'x' }, '`name` must be 1 to 32 characters long; yours has 0.'],
    ['a long name', { name: '😀'.repeat(33), text: 'x' }, 'yours has 33'],
    ['a long text', { name: 'x', text: 'x'.repeat(501) }, '`text` must be 0 to 500 characters'],
    ['much not to show', { name: 'x', negative: 'x'.repeat(501) }, '`negative` must be 0 to 500'],
    ['a long line', { name: 'x', options: `steps 30${','.repeat(200)}` }, '`options` must be 0'],
    ['two places', { name: 'x', text: '{prompt}, {Prompt}' }, '{prompt} in one place at most'],
    ['nothing in it', { name: 'x', text: '{prompt}' }, 'without any of them does nothing'],
    ['a bad option', { name: 'x', options: 'steps 0' }, '`steps` must be a whole number from 1'],
    ['an unknown option', { name: 'x', options: 'speed 9' }, '`options` must be aspect'],
    ['a known name', { name: 'NOIR', text: 'x' }, 'There is a style called Noir already.'],
    ['a word of the rules', { name: 'x', text: 'very ugly' }, '||ugly||'],
  ];

  it.each(bad)('refuses one with %s, and keeps nothing', async (_what, fields, said) => {
    const desk = deskWith(noir);
    await desk.use('word add', { text: 'ugly' });
    const before = desk.rules();
    const told = await add(desk, fields);
    expect(told.text).toContain('The style is not kept: there is one problem.');
    expect(told.text).toContain(said);
    expect(desk.rules()).toBe(before);
    expect(desk.woken).toHaveLength(1);
  });

  it('tells everything that is wrong at once, with what was typed', async () => {
    const desk = deskWith(noir);
    await desk.use('word add', { text: 'ugly' });
    const told = await add(desk, {
      name: 'noir',
      text: 'an *ugly* {prompt}',
      options: 'steps 0, aspect 7:1, speed 9',
    });
    expect(told.text).toContain('there are 5 problems');
    for (const said of ['`steps`', '`aspect`', '`options`', 'called Noir already', '||ugly||'])
      expect(told.text).toContain(said);
    expect(told.text).toContain('Text\n```\nan *ugly* {prompt}\n```');
    expect(told.text).toContain('Options\n```\nsteps 0, aspect 7:1, speed 9\n```');
  });

  it('tells both a name that is taken and words that break a rule, where all else is well', async () => {
    const desk = deskWith(noir);
    await desk.use('word add', { text: 'ugly' });
    const told = await add(desk, { name: 'noir', text: 'ugly' });
    expect(told.text).toContain('there are 2 problems');
  });

  it('keeps no more than there may be', async () => {
    const desk = deskWith(...Array.from({ length: mostRules.styles }, (_, n) => style(`s${n}`)));
    const told = await add(desk, { name: 'one more', text: 'x' });
    expect(told.text).toContain('No more than 50 styles can be kept.');
  });

  it('is refused for everybody else who sends the form anyway', async () => {
    const desk = createDesk();
    const form = { ref: 'new', fields: { name: 'x', text: 'y' }, ...outsider };
    expect((await desk.submit('add-style', form)).text).toContain('Manage Server');
    expect(desk.rules().styles).toEqual([]);
  });
});

describe('/easel style edit', () => {
  it('changes what the form was filled in with, and says what was before', async () => {
    const desk = deskWith(style('Oil'), noir);
    const told = await edit(desk, ' noir', { name: 'Film noir', options: 'guidance 7' });
    expect(told.text).toContain('Changed the style **Noir**\n- name: Noir → **Film noir**');
    expect(told.text).toContain('- options: aspect 16\\:9\\, guidance 7 → **guidance 7**');
    expect(told.text).not.toContain('- text');
    expect(desk.rules().styles).toEqual([
      style('Oil'),
      { ...noir, name: 'Film noir', options: { guidance: 7 } },
    ]);
    expect(desk.woken).toEqual([ids.guild]);
  });

  it('refuses a name that another has, and what is so already', async () => {
    const desk = deskWith(style('Oil'), noir);
    expect((await edit(desk, 'Noir', { name: 'oil' })).text).toContain('called Oil already');
    expect((await edit(desk, 'Noir', {})).text).toContain('The style is so already');
    const wrong = await edit(deskWith(style('Oil')), 'Oil', { options: 'steps 0' });
    expect(wrong.text).toContain('there is one problem');
    expect(wrong.text).toContain('`steps`');
  });

  it('keeps what was typed where the style was renamed or removed meanwhile', async () => {
    const desk = deskWith(noir);
    const { customId } = desk.open('style edit', { style: 'Noir' });
    await desk.use('style remove', { style: 'Noir' });
    const ref = customId.split(':')[2] ?? '';
    const told = await desk.submit('edit-style', { ref, fields: { name: 'Noir', text: 'new' } });
    expect(told.text).toContain('There is no such style');
    expect(told.text).toContain('Text\n```\nnew\n```');
    expect(desk.rules().styles).toEqual([]);
  });

  it('shows the style with a button for the form where settings are not in memory', async () => {
    const desk = deskWith(noir);
    desk.forget();
    const told = await desk.use('style edit', { style: 'noir' });
    expect(told.text).toContain('**Noir** · aspect 16\\:9 · guidance 7\n-# Text: in ink');
    const { customId } = desk.open('style edit', { style: 'Noir' });
    expect(JSON.stringify(told.body)).toContain(customId);
    const ref = customId.split(':')[2] ?? '';
    expect(desk.openByButton('edit-style', { ref })).toEqual(
      desk.open('style edit', { style: 'Noir' }),
    );
    expect(desk.openByButton('edit-style', { ref, ...outsider })).toMatchObject({
      text: expect.stringContaining('Manage Server') as string,
    });
    expect(desk.openByButton('edit-style', { ref: 'made-up' })).toMatchObject({
      text: expect.stringContaining('There is no such style') as string,
    });
    desk.forget();
    expect(desk.openByButton('edit-style', { ref })).toMatchObject({
      text: expect.stringContaining('Please try again') as string,
    });
    expect(desk.openByButton('edit-style', { ref })).toMatchObject({ customId });
    desk.forget();
    expect((await desk.use('style edit', { style: 'oil' })).text).toContain('no such style');
  });

  const bad: [string, Given['options'], string][] = [
    ['style edit', { style: 'Oil' }, 'There is no such style'],
    ['style edit', {}, '`style` must be 1 to 100 characters long; yours has 0.'],
    ['style remove', { style: 'Oil' }, 'There is no such style'],
    ['style remove', {}, '`style` must be 1 to 100'],
  ];

  it.each(bad)('or remove: %s %j is refused', async (name, options, said) => {
    const desk = deskWith(noir);
    expect((await desk.use(name, options)).text).toContain(said);
    expect(desk.rules().styles).toEqual([noir]);
  });

  it('is refused for those who may not set up', async () => {
    const told = await deskWith(noir).use('style edit', { style: 'Noir' }, outsider);
    expect(told.text).toContain('Manage Server');
  });
});

describe('/easel style remove and list', () => {
  it('takes a style away and says what it was', async () => {
    const desk = deskWith(noir);
    const told = await desk.use('style remove', { style: 'NOIR ' });
    expect(told.text).toContain('Removed the style **Noir** (text: in ink');
    expect(desk.rules().styles).toEqual([]);
  });

  it('pages the list by buttons, for those who manage the server', async () => {
    const desk = deskWith(...Array.from({ length: 7 }, (_, n) => style(`s${n}`)));
    expect((await desk.use('style list')).text).toContain('1–5 of 7');
    expect((await desk.press('styles', { ref: '5' })).text).toContain('**s6**');
    expect((await desk.press('styles', { ref: '5', ...outsider })).text).toContain('Manage Server');
  });

  it('is named by /easel show', async () => {
    const desk = deskWith(noir, style('Oil'));
    expect((await desk.use('show')).text).toContain('**Styles**: 2 (Noir, Oil)');
  });

  it('is suggested while a style is typed', () => {
    const desk = deskWith(noir, style('Oil'));
    for (const subcommand of ['style edit', 'style remove'])
      expect(desk.suggested(subcommand, 'style', 'NO')).toEqual([{ name: 'Noir', value: 'Noir' }]);
  });
});
