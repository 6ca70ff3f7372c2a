import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { stablecogModels } from '../../src/playground/stablecog/models.ts';
import { failureOf, setStage, type Stage } from './stablecog-stage.ts';

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});

afterEach(async () => {
  await stage.close();
});

const signal = new AbortController().signal;

function keys(): string[] {
  return stage.provider.models().map(({ key }) => key);
}

const known = [
  'stablecog/flux.1',
  'stablecog/stable-diffusion-3',
  'stablecog/kandinsky-2.2',
  'stablecog/ssd-1b',
  'stablecog/sdxl',
  'stablecog/luna',
  'stablecog/22h',
  'stablecog/waifu',
];

describe('the models', () => {
  test('are the well-known ones until the list could be read', () => {
    expect(keys()).toEqual(known);
    expect(stage.provider.models()[0]).toEqual({
      key: 'stablecog/flux.1',
      provider: 'stablecog',
      title: 'Stablecog FLUX.1',
      takes: {
        promptLength: { min: 1, max: 500 },
        mostImages: 4,
        guidance: { min: 1, max: 30, default: 7 },
        steps: { min: 10, max: 30, effect: false },
        aspects: ['1:1', '4:5', '2:3', '3:2', '9:16', '16:9', '12:5'],
        negativeLength: 500,
        seed: { min: 0, max: 2_147_483_646 },
      },
      public: true,
      unfiltered: false,
    });
  });

  test('are those of the list, the default first, with the schedulers of each', async () => {
    await stage.provider.refresh?.(signal);
    expect(keys()).toEqual(known);
    const takes = new Map(stage.provider.models().map((model) => [model.key, model.takes]));
    expect(takes.get('stablecog/flux.1')?.schedulers).toEqual(['K_EULER']);
    expect(takes.get('stablecog/sdxl')?.schedulers).toContain('DPM++_2M');
    expect(takes.get('stablecog/sdxl')).toMatchObject({
      image: { types: ['image/jpeg', 'image/png', 'image/webp'], maxBytes: 5_242_880 },
      strength: { min: 0, max: 1, default: 0.5 },
      steps: { min: 10, max: 30 },
    });
    expect(takes.get('stablecog/22h')?.steps).toEqual({ min: 10, max: 50, effect: false });
  });

  test('take no picture to start from where they are of the FLUX family', async () => {
    const [model] = stablecogModels;
    if (model === undefined) throw new Error('no model');
    const id = '11111111-1111-4111-8111-111111111111';
    stage.api.settings.models = [...stablecogModels, { ...model, id, name: 'FLUX.2 Pro' }];
    await stage.provider.refresh?.(signal);
    const without = stage.provider.models().filter(({ takes }) => takes.image === undefined);
    expect(without.map(({ key }) => key)).toEqual(['stablecog/flux.1', 'stablecog/flux.2-pro']);
  });

  test('keep the keys that rules and prices name, whatever the list calls them', async () => {
    stage.api.settings.models = stablecogModels.map((model) => ({
      ...model,
      name: `${model.name} (new)`,
    }));
    await stage.provider.refresh?.(signal);
    expect(keys()).toEqual(known);
  });

  test('come and go with the list, each with a key of its own and sizes by its own size', async () => {
    const [model] = stablecogModels;
    if (model === undefined) throw new Error('no model');
    const made = (name: string, digit: string, side: number): typeof model => ({
      ...model,
      id: `${digit.repeat(8)}-1111-4111-8111-111111111111`,
      name,
      isDefault: false,
      width: side,
      height: side,
    });
    stage.api.settings.models = [
      made('Märchen & Mythen: v2.5!', '1', 768),
      made('marchen  mythen', '2', 1024),
      made('MARCHEN MYTHEN', '3', 512),
      made('夢', '4', 999),
    ];
    await stage.provider.refresh?.(signal);
    expect(stage.provider.models().map(({ key, title }) => [key, title])).toEqual([
      ['stablecog/m-rchen-mythen-v2.5', 'Stablecog Märchen & Mythen: v2.5!'],
      ['stablecog/marchen-mythen', 'Stablecog marchen mythen'],
      ['stablecog/marchen-mythen-2', 'Stablecog MARCHEN MYTHEN'],
      ['stablecog/44444444-1111-4111-8111-111111111111', 'Stablecog 夢'],
    ]);
    const sides: unknown[] = [];
    for (const key of keys()) {
      const request = { model: key, prompt: 'abc', images: 1, given: [] };
      await stage.provider.generate(request, stage.call());
      const { width } = stage.sent();
      await stage.provider.generate({ ...request, aspect: '16:9' }, stage.call());
      sides.push([width, stage.sent()['width']]);
    }
    expect(sides).toEqual([
      [768, 1024],
      [1024, 1280],
      [512, 768],
      [512, 768],
    ]);
  });

  test('have the default of the defaults where the list marks none', async () => {
    stage.api.faults.nextAt('models', { kind: 'field', path: 'models.1.is_default', value: 'yes' });
    await stage.provider.refresh?.(signal);
    expect(keys()[0]).toBe('stablecog/flux.1');
  });

  test.each(['models', 'defaults', 'credits'])(
    'and whatever else is known stay as they were where %s cannot be read',
    async (operation) => {
      await stage.provider.refresh?.(signal);
      const before = stage.provider.models();
      for (const fault of [
        { kind: 'status', status: 404 },
        { kind: 'garbage', body: 'html', status: 200 },
        { kind: 'garbage', body: 'wrong-shape' },
        { kind: 'field', path: operation === 'models' ? 'models' : '', value: [] },
      ] as const) {
        stage.api.faults.nextAt(operation, fault);
        await failureOf(stage.provider.refresh?.(signal) ?? Promise.resolve());
        expect(stage.provider.models()).toEqual(before);
        expect(stage.provider.balance?.()?.credits).toBe(100);
      }
    },
  );

  test('are read although one of them is odd', async () => {
    stage.api.faults.nextAt('models', [
      { kind: 'field', path: 'models.0.id', value: 'no uuid' },
      { kind: 'field', path: 'models.1.available_schedulers', value: 'none' },
      { kind: 'field', path: 'models.1.default_width', value: '1024' },
      { kind: 'field', path: 'models.2', value: null },
    ]);
    await stage.provider.refresh?.(signal);
    expect(keys()).toEqual(known.filter((key) => !/diffusion-3|kandinsky/.test(key)));
    await stage.provider.generate({ model: '', prompt: 'abc', images: 1, given: [] }, stage.call());
    expect(stage.sent()).toMatchObject({ width: 1024, height: 1024 });
  });

  test('are asked for again where the list is busy, and not with the pictures’ pace', async () => {
    stage.api.faults.nextAt('models', { kind: 'status', status: 429 }, 2);
    await stage.provider.refresh?.(signal);
    expect(stage.asked('/models')).toBe(3);
    expect(stage.readings).toEqual([]);
  });

  test('of a request without one, or with the provider’s name alone, are the default', async () => {
    for (const model of ['', 'stablecog']) {
      await stage.provider.generate({ model, prompt: 'abc', images: 1, given: [] }, stage.call());
      expect(stage.sent()['model_id']).toBe('0a99668b-45bd-4f7e-aa9c-f9aaa41ef13b');
    }
  });
});
