import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { defaultKidjigApi } from '../src/kidjig-api.ts';
import { defaultKidjigModels, kidjigModels } from '../src/kidjig-models.ts';

/** The mistakes of a setting, as the operator reads them. */
function mistakes(setting: unknown): string[] {
  const text = typeof setting === 'string' ? setting : JSON.stringify(setting);
  const [issue, ...others] = kidjigModels.safeParse(text).error?.issues ?? [];
  expect(others, 'they are all in one').toEqual([]);
  return issue?.message.split('; ') ?? [];
}

const flux = (options: object): object => ({ flux: { title: 'FLUX', options } });

describe('the models of Kidjig', () => {
  test('without a setting are the one that the vendor’s sample proves, with the prompt alone', () => {
    expect(defaultKidjigModels.models).toEqual([
      {
        name: 'flux-pro-v1.1-ultra',
        title: 'FLUX 1.1 Pro Ultra',
        path: 'flux-pro-v1.1-ultra',
        body: '',
        promptLength: 1024,
        options: {},
      },
    ]);
    expect(kidjigModels.parse('{"flux-pro-v1.1-ultra":{"title":"FLUX 1.1 Pro Ultra"}}')).toEqual(
      defaultKidjigModels,
    );
  });

  test('of the example in the documents can be read', () => {
    const file = new URL('../docs/kidjig-models.json', import.meta.url);
    const { models } = kidjigModels.parse(readFileSync(file, 'utf8'));
    expect(models.map(({ name }) => name)).toEqual([
      'flux-pro-v1.1-ultra',
      'flux-pro-v1.1-ultra-hd',
      'flux-dev',
      'ideogram-v2',
      'recraft-v3',
      'recraft-v3-house-colours',
      'recraft-v3-house-style',
    ]);
  });

  test('come in the operator’s order, with their own path, body and length', () => {
    const setting = {
      'z.1': { title: 'Z', path: 'maker/z', body: 'config', promptLength: 500 },
      a_2: { title: 'A' },
    };
    expect(kidjigModels.parse(JSON.stringify(setting)).models).toMatchObject([
      { name: 'z.1', path: 'maker/z', body: 'config', promptLength: 500 },
      { name: 'a_2', path: 'a_2', body: '', promptLength: 1024 },
    ]);
  });

  test('may spell each aspect in a way of their own', () => {
    const values = { '1:1': 'square_hd', '3:2': { width: 1536, height: 1024 } };
    const text = JSON.stringify(flux({ aspect: { name: 'image_size', values } }));
    expect(kidjigModels.parse(text).models[0]?.options.aspect?.values).toEqual(values);
  });

  test.each([
    ['safety_tolerance', '2'],
    ['safety_tolerance', 0],
    ['output_format', 'webp'],
    ['quality', 'hd'],
    ['sync_mode', true],
    ['expand_prompt', false],
    ['image_size', 'portrait_16_9'],
    ['image_size', '1024x1536'],
    ['image_size', { width: 1024, height: 768 }],
    ['colors', [{ r: 0, g: 128, b: 255 }]],
    ['colors', [{ rgb: [0, 128, 255] }]],
    ['style_id', '6f9619ff-8b86-d011-b42d-00cf4fc964ff'],
  ])('take %s as %j, under its own name unless another is given', (option, value) => {
    const options = (name: object): unknown =>
      kidjigModels.parse(JSON.stringify(flux({ [option]: { value, ...name } }))).models[0]?.options;
    expect(options({})).toEqual({ [option]: { name: option, value } });
    expect(options({ name: 'other' })).toEqual({ [option]: { name: 'other', value } });
  });
});

describe('a mistake in the models of Kidjig', () => {
  test.each([
    ['{', /^is no JSON \(/],
    ['[]', /^must be a JSON object/],
    ['{}', /^must name at least one model$/],
    ['{"api":{}}', /^must name at least one model$/],
    ['{"a b":{"title":"A"}}', /^"a b" is no name of a model/],
    ['{"__proto__":{"title":"A"}}', /^"__proto__" is no name of a model/],
  ])('is told where the whole is %s', (text, told) => {
    expect(mistakes(text)).toEqual([expect.stringMatching(told)]);
  });

  test('in a title: missing, too long, or that of another model', () => {
    expect(mistakes({ a: {} })).toEqual(['a.title is missing']);
    expect(mistakes({ a: { title: 'x'.repeat(74) } })).toEqual([
      'a.title must be at most 73 characters',
    ]);
    expect(mistakes({ a: { title: 'A' }, b: { title: 'A' } })).toEqual([
      'b.title is that of another model',
    ]);
  });

  test.each([
    ['a path that leads elsewhere', { title: 'A', path: '../admin' }, 'a.path must be the id of a'],
    ['a wrapper', { title: 'A', body: 'input' }, 'a.body must be "" or "config"'],
    ['a length', { title: 'A', promptLength: 2 }, 'a.promptLength must be at least 3'],
    ['a field', { title: 'A', colour: 1 }, 'a has a field that is not known: colour'],
    ['a model that is a text', 'A', 'a must be an object'],
    ['options that are a list', { title: 'A', options: [] }, 'a.options must be an object'],
  ])('in %s', (_, model, told) => {
    expect(mistakes({ a: model })).toEqual([expect.stringContaining(told)]);
  });

  test.each([
    [{ pictures: { name: 'n' } }, 'flux.options has a field that is not known: pictures'],
    [{ images: { max: 4 } }, 'flux.options.images.name is missing'],
    [
      { images: { name: 'n', max: 5 } },
      'flux.options.images.max must be a whole number from 1 to 4',
    ],
    [{ images: { name: 'a b', max: 2 } }, 'flux.options.images.name must be a plain name'],
    [{ aspect: { name: 'a', values: ['2:1'] } }, 'flux.options.aspect.values'],
    [{ aspect: { name: 'a', values: [] } }, 'flux.options.aspect.values must name at least one'],
    [{ aspect: { name: 'a', values: { '1:1': 7 } } }, 'flux.options.aspect.values'],
    [{ seed: { name: 's', min: 9, max: 1 } }, 'flux.options.seed.min must not be greater than max'],
    [
      { seed: { name: 's', min: -1, max: 1 } },
      'flux.options.seed.min must be a whole number from 0',
    ],
    [{ seed: { name: 's', min: 0 } }, 'flux.options.seed.max is missing'],
    [{ steps: { name: 's', min: 1, max: 999 } }, 'flux.options.steps.max must be a whole number'],
    [
      { guidance: { name: 'g', min: 1, max: 9, default: 10 } },
      'flux.options.guidance.default must be from min to max',
    ],
    [
      { style: { name: 's', values: [] } },
      'flux.options.style.values must name at least one style',
    ],
    [{ style: { name: 's', values: [1] } }, 'flux.options.style.values.0 must be a text'],
    [{ negative: { name: 'n', maxLength: 0 } }, 'flux.options.negative.maxLength'],
    [{ image: { name: 'i', types: ['image/gif'] } }, 'flux.options.image.types.0 must be one of'],
    [
      { strength: { name: 's', min: 0, max: 1, default: 0.5 } },
      'flux.options.strength is nothing without image',
    ],
    [{ 'safety-checker': { value: false } }, 'flux.options.safety-checker.name is missing'],
    [{ sync_mode: { value: 'yes' } }, 'flux.options.sync_mode.value must be true or false'],
    [{ safety_tolerance: { value: '7' } }, 'flux.options.safety_tolerance.value must be a text'],
    [{ safety_tolerance: { value: 7 } }, 'flux.options.safety_tolerance.value must be a whole'],
    [{ output_format: { value: 'gif' } }, 'flux.options.output_format.value must be jpeg, png'],
    [{ quality: { value: '' } }, 'flux.options.quality.value must be a word such as hd'],
    [{ image_size: { value: 'big' } }, 'flux.options.image_size.value must be square_hd'],
    [{ image_size: { value: { width: 1 } } }, 'flux.options.image_size.value'],
    [{ colors: { value: [] } }, 'flux.options.colors.value must name at least one colour'],
    [{ colors: { value: [{ r: 1, g: 2, b: 256 }] } }, 'flux.options.colors.value.0'],
    [{ colors: { value: [{ rgb: [1, 2] }] } }, 'flux.options.colors.value.0'],
    [
      { colors: { value: [{ r: 1, g: 2, b: 3 }, { rgb: [1, 2, 3] }] } },
      'flux.options.colors.value must spell all colours in the same way',
    ],
    [{ style_id: { value: 'mine' } }, 'flux.options.style_id.value must be the id of a style'],
    [
      { image_size: { value: 'square' }, aspect: { name: 'image_size', values: ['1:1'] } },
      'flux.options.image_size.name is image_size, which is that of aspect',
    ],
    [{ quality: { name: 'prompt', value: 'hd' } }, 'flux.options.quality.name is prompt'],
    [
      {
        style: { name: 'style', values: ['x'] },
        style_id: { value: '6f9619ff-8b86-d011-b42d-00cf4fc964ff' },
      },
      'flux.options.style_id cannot be together with style',
    ],
  ])('in the options %j', (options, told) => {
    const all = mistakes(flux(options));
    expect(all[0]).toContain(told);
    expect(all.join(), 'in words').not.toMatch(/Invalid|expected|received/);
  });

  test('does not hide the others', () => {
    expect(
      mistakes({
        a: { title: 'A', options: { images: { max: 0 }, quality: { value: 3 } } },
        b: { options: { steps: 3 } },
        api: { paths: { status: '/status' } },
      }),
    ).toEqual([
      'a.options.images.name is missing',
      'a.options.images.max must be a whole number from 1 to 4',
      'a.options.quality.value must be a text',
      'b.title is missing',
      'b.options.steps must be an object',
      'api.paths.status must contain {request_id}',
    ]);
  });
});

describe('how Kidjig is spoken to', () => {
  const read = (api: object): unknown =>
    kidjigModels.parse(JSON.stringify({ a: { title: 'A' }, api })).api;

  test('is as documented where nothing is said', () => {
    expect(read({})).toEqual(defaultKidjigApi);
  });

  test('may be changed one thing at a time', () => {
    expect(
      read({
        paths: { generate: '/api/v1/fal/generate/{model}' },
        key: { header: 'Authorization', prefix: 'Key ' },
        places: { images: ['result.sample'] },
        words: { waiting: ['WORKING'] },
      }),
    ).toEqual({
      paths: { ...defaultKidjigApi.paths, generate: '/api/v1/fal/generate/{model}' },
      key: { header: 'authorization', prefix: 'Key ' },
      places: { ...defaultKidjigApi.places, images: ['result.sample'] },
      words: { ...defaultKidjigApi.words, waiting: ['WORKING'] },
    });
  });

  test.each([
    [{ paths: { generate: 'generate/{model}' } }, 'api.paths.generate must be a path like'],
    [{ paths: { generate: '/{model}/{request_id}' } }, 'api.paths.generate knows no other'],
    [{ paths: { result: '/{id}' } }, 'api.paths.result knows no other placeholder'],
    [{ paths: { result: '/../{request_id}' } }, 'api.paths.result must not contain ..'],
    [{ key: { header: 'content-type' } }, 'api.key.header must not be a header of HTTP itself'],
    [{ key: { header: 'X Key' } }, 'api.key.header must be the name of a header'],
    [{ key: { prefix: 'Bearer\n' } }, 'api.key.prefix must be short and plain'],
    [{ places: { images: [] } }, 'api.places.images must name at least one place'],
    [{ places: { status: ['a..b'] } }, 'api.places.status.0 must be a place like'],
    [{ words: { done: [] } }, 'api.words.done must name at least one word'],
    [{ words: { done: ['in-queue'] } }, 'api.words.done has the word in-queue'],
    [{ poll: 1 }, 'api has a field that is not known: poll'],
  ])('is checked: %j', (api, told) => {
    expect(mistakes({ a: { title: 'A' }, api })[0]).toContain(told);
  });
});
