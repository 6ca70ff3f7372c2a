import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startClaid } from '../../../src/playground/claid/claid.ts';
import type { Claid } from '../../../src/playground/claid/claid.ts';
import { createShiftedClock } from '../../../src/playground/clock.ts';
import { ask, outputs, read } from './ask.ts';

const dog = '🐕';
const prompt = 'a fox in the snow';
const envelope = z.strictObject({
  error_code: z.string(),
  error_type: z.string(),
  error_message: z.string(),
  error_details: z.record(z.string(), z.array(z.string())),
});

describe('the contract of generate', () => {
  let claid: Claid;
  beforeEach(async () => {
    claid = await startClaid({
      clock: createShiftedClock(),
      latencyMs: 0,
      windows: 'off',
      pictures: 'small',
    });
  });
  afterEach(() => claid.close());

  it.each([
    ['the prompt alone', { input: 'abc' }, 4],
    ['3 code points of 2 units each', { input: dog.repeat(3) }, 4],
    ['1024 code points of 2 units each', { input: dog.repeat(1024) }, 4],
    ['empty options', { input: prompt, options: {} }, 4],
    ['one picture', { input: prompt, options: { number_of_images: 1 } }, 1],
    ['four pictures', { input: prompt, options: { number_of_images: 4 } }, 4],
    ['the lowest guidance', { input: prompt, options: { guidance_scale: 1 } }, 4],
    ['the highest guidance', { input: prompt, options: { guidance_scale: 49.99 } }, 4],
    ['a storage', { input: prompt, output: 'storage://easel/' }, 4],
    ['a folder', { input: prompt, output: 'storage://easel/a/b/' }, 4],
  ])('takes %s', async (_, body, images) => {
    const reply = await ask(claid, body);
    expect(outputs(reply)).toHaveLength(images);
    expect(claid.books.totalCost).toBe(images);
  });

  it.each<readonly [what: string, body: unknown, path: string, reason: string]>([
    ['no prompt', {}, 'input', 'field required'],
    ['a short prompt', { input: 'ab' }, 'input', 'at least 3 characters'],
    ['a prompt of 2 code points in 4 units', { input: dog.repeat(2) }, 'input', 'at least 3'],
    ['a long prompt', { input: 'x'.repeat(1025) }, 'input', 'at most 1024 characters'],
    ['a prompt that is no text', { input: 7 }, 'input', 'str type expected'],
    ['an unknown field', { input: prompt, seed: 1 }, 'seed', 'extra fields not permitted'],
    [
      'an unknown option',
      { input: prompt, options: { steps: 1 } },
      'options.steps',
      'extra fields not permitted',
    ],
    ['options that are no object', { input: prompt, options: [] }, 'options', 'valid dict'],
    ['no options but null', { input: prompt, options: null }, 'options', 'valid dict'],
    ...[0, -1].map(
      (count) =>
        [
          `${count} pictures`,
          { input: prompt, options: { number_of_images: count } },
          'options.number_of_images',
          'greater than or equal to 1',
        ] as const,
    ),
    [
      '5 pictures',
      { input: prompt, options: { number_of_images: 5 } },
      'options.number_of_images',
      'less than or equal to 4',
    ],
    ...[1.5, '2', null, true].map(
      (count) =>
        [
          `${JSON.stringify(count)} pictures`,
          { input: prompt, options: { number_of_images: count } },
          'options.number_of_images',
          'not a valid integer',
        ] as const,
    ),
    [
      'a guidance below 1',
      { input: prompt, options: { guidance_scale: 0.99 } },
      'options.guidance_scale',
      'greater than or equal to 1',
    ],
    [
      'a guidance of 50',
      { input: prompt, options: { guidance_scale: 50 } },
      'options.guidance_scale',
      'less than 50',
    ],
    [
      'a guidance in quotes',
      { input: prompt, options: { guidance_scale: '5' } },
      'options.guidance_scale',
      'not a valid float',
    ],
    ['an empty output', { input: prompt, output: '' }, 'output', 'at least 1 characters'],
    [
      'an output of 4097 characters',
      { input: prompt, output: `storage://easel/${'x'.repeat(4080)}/` },
      'output',
      'at most 4096 characters',
    ],
    ...[
      'storage://easel/folder',
      'storage://easel',
      'https://example.com/folder/',
      'storage:///folder/',
      'storage://easel/a folder/',
      's3://bucket/folder/',
    ].map(
      (output) =>
        [
          `the output ${output}`,
          { input: prompt, output },
          'output',
          'invalid output folder',
        ] as const,
    ),
    ['a list as the body', [], 'body', 'valid dict'],
    ['null as the body', null, 'body', 'valid dict'],
  ])('refuses %s with a 422 that names the field', async (_, body, path, reason) => {
    const reply = await ask(claid, body);
    expect(reply.status).toBe(422);
    const { error_code: code, error_type: type, ...error } = envelope.parse(reply.json);
    expect([code, type]).toEqual(['9000', 'validation']);
    expect(error.error_details[path]).toEqual([expect.stringContaining(reason)]);
    expect(error.error_message).toContain(`${path}: ${error.error_details[path]?.[0] ?? ''}`);
    expect(claid.books.charges).toEqual([]);
    expect(claid.requests).toHaveLength(1);
  });

  it('joins all reasons to one message', async () => {
    const reply = await ask(claid, { input: 'ab', options: { number_of_images: 9 }, size: 1 });
    expect(reply.json).toMatchObject({
      error_message:
        'size: extra fields not permitted. input: ensure this value has at least 3 characters. options.number_of_images: ensure this value is less than or equal to 4.',
    });
  });

  it('answers 400 to what is no JSON and 422 to what does not claim to be', async () => {
    expect((await ask(claid, '{"input":')).status).toBe(400);
    const plain = { headers: { 'content-type': 'text/plain' } };
    expect((await ask(claid, { input: prompt }, plain)).status).toBe(422);
  });

  it.each([
    ['a wrong key', { authorization: 'Bearer wrong' }],
    ['another scheme', { authorization: 'Basic claid-key' }],
    ['the key alone', { authorization: 'claid-key' }],
    ['an empty header', { authorization: '' }],
  ])('answers 401 to %s, before it looks at the body', async (_, headers) => {
    const reply = await ask(claid, { nonsense: true }, { headers });
    expect(reply.status).toBe(401);
    expect(reply.json).toEqual({
      error_code: '111',
      error_type: 'auth',
      error_message: 'Authorization is required.',
      error_details: {},
    });
  });

  it('answers 403 to a key without image_editing, although it has image_generation', async () => {
    claid.settings.scopes = ['image_generation', 'storage'];
    const reply = await ask(claid, { input: prompt });
    expect(reply.status).toBe(403);
    expect(reply.json).toMatchObject({ error_message: 'Not enough permissions.' });
  });

  it('answers 404 to a storage that is not connected and 400 to one that is read only', async () => {
    claid.settings.storages = [{ name: 'web', type: 'web_folder', bucket: 'web', path: '' }];
    expect((await ask(claid, { input: prompt, output: 'storage://other/a/' })).status).toBe(404);
    expect((await ask(claid, { input: prompt, output: 'storage://web/a/' })).status).toBe(400);
    expect(claid.books.charges).toEqual([]);
  });

  it('gives every answer a request id of its own, under which it is in the list', async () => {
    const replies = [
      await ask(claid, { input: prompt }),
      await ask(claid, {}),
      await ask(claid, { input: prompt }, { key: 'wrong' }),
      await read(await fetch(`${claid.apiUrl}/image/other`)),
    ];
    expect(replies.map((each) => each.status)).toEqual([200, 422, 401, 404]);
    const ids = replies.map((each) => each.headers.get('x-request-id'));
    expect(ids).toEqual(claid.requests.map((each) => each.requestId));
    expect(new Set(ids).size).toBe(4);
  });

  it('knows no other method', async () => {
    expect((await ask(claid, undefined, { method: 'GET' })).status).toBe(405);
  });
});

describe('the list of storage types', () => {
  it.each([
    ['a good key', 'claid-key', ['storage'], 200],
    ['a wrong key', 'wrong', ['storage'], 401],
    ['a key without the scope', 'claid-key', ['image_editing'], 403],
  ])('answers to %s', async (_, key, scopes, status) => {
    const claid = await startClaid({ clock: createShiftedClock(), scopes });
    const reply = await read(
      await fetch(`${claid.apiUrl}/storage/storage-types`, {
        headers: { authorization: `Bearer ${key}` },
      }),
    );
    expect(reply.status).toBe(status);
    if (status === 200) expect(reply.json).toEqual({ data: ['web_folder', 's3', 'gcs'] });
    else expect(reply.json).toHaveProperty('error_code');
    await claid.close();
  });
});
