import { existsSync } from 'node:fs';
import { ComponentType } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import type { Refusal } from '../../src/domain/refusal.ts';
import type { Body } from '../../src/messages/body.ts';
import { modelsBody } from '../../src/messages/easel-models.ts';
import type { ModelsView, ModelView } from '../../src/messages/easel-models.ts';
import { styleModal, styleProblemsBody } from '../../src/messages/easel-style-form.ts';
import { styleBody, stylesBody } from '../../src/messages/easel-styles.ts';
import { en } from '../../src/messages/en.ts';
import { createContract } from '../../src/playground/discord/contract/contract.ts';
import { little, offer, style } from '../policy/offers.ts';

const openApiPath = new URL('../../../shared/specs/discord.openapi.json', import.meta.url).pathname;
const contract = createContract(existsSync(openApiPath) ? { openApiPath } : {});

const at = Date.UTC(2026, 0, 15);
const many = <T>(n: number, make: (index: number) => T): T[] =>
  Array.from({ length: n }, (_, index) => make(index));

function keepsLimits(body: Body): void {
  expect(contract.check('update-original', body, [])).toEqual([]);
}

function linesOf(body: Body): string[] {
  return body.components.flatMap((component) =>
    component.type === ComponentType.TextDisplay ? component.content.split('\n') : [],
  );
}

/** Labels and custom ids. */
function buttonsOf(body: Body): (readonly [string, string])[] {
  return body.components.flatMap((component) =>
    component.type === ComponentType.ActionRow
      ? component.components.flatMap((each) =>
          each.type === ComponentType.Button && 'custom_id' in each
            ? [[each.label ?? '', each.custom_id] as const]
            : [],
        )
      : [],
  );
}

const all: ModelView[] = [
  { offer: offer('plain', { takes: little }), rule: undefined },
  { offer: { ...offer('flow/quick'), price: 3 }, rule: { key: 'flow/quick', allowed: true } },
  {
    offer: offer('flow/fine', { public: true, outUntil: at, outWhy: 'account' }),
    rule: { key: 'flow', allowed: false },
  },
  {
    offer: offer('mine', { unfiltered: true, outUntil: at }),
    rule: { key: 'mine', allowed: false },
  },
];

function viewOf(changes: Partial<ModelsView> = {}): ModelsView {
  const { models = all } = changes;
  return {
    models,
    offered: {
      models: new Map(models.map(({ offer: { model } }) => [model.key, model.title])),
      providers: new Map([['flow', 'Flow']]),
    },
    from: 0,
    first: 'plain',
    defaultModel: null,
    failover: false,
    ...changes,
  };
}

describe('the list of models', () => {
  it('says of each what it costs and takes, by which rule it is allowed, and what else is to know', () => {
    const body = modelsBody(en, viewOf());
    keepsLimits(body);
    const rich =
      '-# 1–4 pictures · 2 shapes · negative text · seed · guidance 1–30 · steps 10–50 · 2 schedulers · 2 styles of its own · a picture, with strength';
    const then = `<t:${at / 1000}:R>`;
    expect(linesOf(body)).toEqual([
      '### 4 models, 2 of them denied',
      'Where a member names none, **Plain** is tried first (the choice of whoever runs me), then the others in this order.',
      'No other model stands in for one that cannot be had.',
      '**Plain** `plain` · 1 credit a picture · **default**',
      '-# 1 picture',
      '-# allowed',
      '**Flow Quick** `flow/quick` · 3 credits a picture',
      rich,
      '-# allowed (a rule of its own)',
      '**Flow Fine** `flow/fine` · 1 credit a picture',
      rich,
      `-# **denied** (the rule for All of Flow) · **out**: its account is in trouble, tried again ${then} · public at the image service, so never private`,
      '**Mine** `mine` · 1 credit a picture',
      rich,
      `-# **denied** (a rule of its own) · **out**: it has been failing, tried again ${then} · unfiltered, so in age-restricted channels only`,
    ]);
  });

  it('names the default that is set, and what has become of it', () => {
    const set = viewOf({ first: 'flow/quick', defaultModel: 'flow/quick', failover: true });
    const text = linesOf(modelsBody(en, set)).join('\n');
    expect(text).toContain('**Flow Quick** is tried first (set here)');
    expect(text).toContain('Another model stands in for one that cannot be had.');
    expect(linesOf(modelsBody(en, viewOf({ defaultModel: 'flow/fine' })))).toContain(
      'The default that is set here, **Flow Fine**, is denied.',
    );
    expect(linesOf(modelsBody(en, viewOf({ defaultModel: 'flow/old' })))).toContain(
      'The default that is set here, **flow\\/old**, is not offered any more.',
    );
    expect(linesOf(modelsBody(en, viewOf({ first: null })))).toContain(
      '**No model is allowed**, so nobody can ask for pictures here.',
    );
  });

  it('tells of steps without effect, and of a number that can only be one', () => {
    const takes = {
      ...little,
      steps: { min: 4, max: 4, effect: false },
      guidance: { min: 0, max: 0.5, default: 0 },
    };
    const models = [{ offer: offer('plain', { takes }), rule: undefined }];
    expect(linesOf(modelsBody(en, viewOf({ models })))).toContain(
      '-# 1 picture · guidance 0–0.5 · steps 4 (without effect)',
    );
  });

  it('is paged by buttons, back and forth, and stays within Discord’s limits', () => {
    const worst = offer(`flow/${'_'.repeat(120)}`, {
      public: true,
      unfiltered: true,
      outUntil: at,
      outWhy: 'account',
    });
    const model = { ...worst.model, title: '_'.repeat(80) };
    const models = many(11, (n) => ({
      offer: { ...worst, price: 1_000_000, model: { ...model, key: `${model.key}${n}` } },
      rule: { key: 'flow', allowed: false },
    }));
    const providers = new Map([['flow', '_'.repeat(20)]]);
    const page = (from: number): Body =>
      modelsBody(
        en,
        viewOf({
          models,
          from,
          offered: { models: new Map([['x', '_'.repeat(80)]]), providers },
          first: 'x',
          defaultModel: '_'.repeat(300),
        }),
      );
    expect(buttonsOf(page(0))).toEqual([['More', 'easel:models:5']]);
    expect(buttonsOf(page(5))).toEqual([
      ['Back', 'easel:models:0'],
      ['More', 'easel:models:10'],
    ]);
    expect(buttonsOf(page(900))).toEqual([['Back', 'easel:models:5']]);
    expect(linesOf(page(5))).toContain('-# 6–10 of 11');
    for (const from of [0, 5, 10]) keepsLimits(page(from));
  });
});

describe('the list of styles', () => {
  it('says of each its words and options, as plain text', () => {
    const styles = [
      style('Noir', {
        options: { aspect: '16:9', guidance: 7.5, steps: 30, scheduler: 'K_EULER' },
      }),
      style('*Bare*', { text: '', negative: '' }),
    ];
    const body = stylesBody(en, styles, 0);
    keepsLimits(body);
    expect(linesOf(body)).toEqual([
      '### 2 styles',
      '**Noir** · aspect 16\\:9 · guidance 7\\.5 · steps 30 · scheduler K\\_EULER',
      '-# Text: in ink\\, \\{prompt\\}\\, at night',
      '-# Negative: colours',
      '**\\*Bare\\***',
    ]);
    expect(buttonsOf(body)).toEqual([]);
  });

  it('is paged by buttons, cuts long words, and stays within Discord’s limits', () => {
    const worst = style('|'.repeat(32), {
      text: '|'.repeat(500),
      negative: '|'.repeat(500),
      options: { aspect: '16:9', guidance: 49.99, steps: 200, scheduler: '_'.repeat(50) },
    });
    const page = (from: number): Body =>
      stylesBody(
        en,
        many(11, () => worst),
        from,
      );
    expect(buttonsOf(page(0))).toEqual([['More', 'easel:styles:5']]);
    expect(buttonsOf(page(5))).toEqual([
      ['Back', 'easel:styles:0'],
      ['More', 'easel:styles:10'],
    ]);
    expect(linesOf(page(999))).toContain('-# 11–11 of 11');
    for (const from of [0, 5, 10]) keepsLimits(page(from));
    keepsLimits(styleBody(en, worst, 'a'.repeat(32)));
  });

  it('says how to begin where there is none', () => {
    expect(linesOf(stylesBody(en, [], 0)).join('')).toContain('`/easel style add`');
  });
});

describe('the form of a style', () => {
  const full = style('😀'.repeat(32), {
    text: 'x'.repeat(500),
    negative: 'y'.repeat(500),
    options: { aspect: '16:9', guidance: 49.123456789, steps: 200, scheduler: '_'.repeat(50) },
  });

  it('is one that Discord takes, empty or filled in', () => {
    for (const modal of [styleModal(en, null), styleModal(en, { style: full, ref: 'a' })])
      for (const { label, hint = '', placeholder = '', value = '', maxLength } of modal.fields) {
        expect(label.length).toBeLessThanOrEqual(45);
        expect(hint.length).toBeLessThanOrEqual(100);
        expect(placeholder.length).toBeLessThanOrEqual(100);
        expect(Array.from(value).length).toBeLessThanOrEqual(maxLength);
      }
    expect(styleModal(en, { style: full, ref: 'a' }).title.length).toBeLessThanOrEqual(45);
  });

  it('is filled in with what is kept', () => {
    const noir = style('Noir', { negative: '', options: { aspect: '16:9', steps: 30 } });
    const modal = styleModal(en, { style: noir, ref: 'abc' });
    expect(modal).toMatchObject({ customId: 'easel:edit-style:abc', title: 'Change Noir' });
    expect(modal.fields.map(({ id, value }) => [id, value])).toEqual([
      ['name', 'Noir'],
      ['text', 'in ink, {prompt}, at night'],
      ['negative', undefined],
      ['options', 'aspect 16:9, steps 30'],
    ]);
  });
});

describe('a form of a style that cannot be kept', () => {
  const exists: Refusal = { reason: 'style-exists', style: 'Noir' };

  it('is told with every problem, and what was typed as it is', () => {
    const body = styleProblemsBody(en, [exists, { reason: 'not-set', what: 'style' }], {
      name: 'noir',
      text: 'a\n*b*',
      negative: '  ',
    });
    keepsLimits(body);
    expect(linesOf(body)).toEqual([
      'The style is not kept: there are 2 problems.',
      expect.stringContaining('- There is a style called Noir already.') as string,
      '- There is no such style, so nothing was changed.',
      'What you typed, to copy it from here:',
      'Name',
      '```',
      'noir',
      '```',
      'Text',
      '```',
      'a',
      '*b*',
      '```',
    ]);
  });

  it('cannot end the block that shows it', () => {
    const text = 'a```b````c`````';
    const shown = linesOf(styleProblemsBody(en, [exists], { text }));
    expect(shown.filter((line) => line.includes('```'))).toEqual(['```', '```']);
    expect(shown.join('').replaceAll('\u{200B}', '')).toContain(text);
  });

  it('stays within Discord’s limits, whatever a client sends', () => {
    for (const sign of ['`', '|', '😀']) {
      const typed = sign.repeat(4000);
      const fields = { name: typed, text: typed, negative: typed, options: typed };
      keepsLimits(
        styleProblemsBody(
          en,
          many(20, () => exists),
          fields,
        ),
      );
    }
  });
});
