import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultKidjigApi } from '../../src/kidjig-api.ts';
import { fromBase64 } from '../../src/providers/base64.ts';
import { readKidjig } from '../../src/providers/kidjig/kidjig-answer.ts';
import { readKidjigFault } from '../../src/providers/kidjig/kidjig-fault.ts';
import { readPicture } from '../../src/providers/kidjig/kidjig-picture.ts';
import { findAt } from '../../src/providers/kidjig/kidjig-places.ts';
import { shapeOf } from '../../src/providers/kidjig/kidjig-shape.ts';
import { verdictOf } from '../../src/providers/kidjig/kidjig-verdict.ts';

const url = 'https://pictures.example/1.png';
const read = (json: unknown): ReturnType<typeof readKidjig> => readKidjig(json, defaultKidjigApi);

describe('the pictures of an answer', () => {
  test.each([
    { data: { images: [{ url }] } },
    { images: [{ url }] },
    { images: { url } },
    { images: [url] },
    { images: url },
    { data: { images: [url] } },
    { data: { image: { url } } },
    { data: { image: url } },
    { image: { url } },
    { image: url },
    { data: { output: [url] } },
    { data: { output: url } },
    { data: { output: [{ url }] } },
    { output: [url] },
    { data: { imageUrl: url } },
    { imageUrl: url },
    { data: { imageUrls: [url] } },
    { imageUrls: [url] },
    { data: [{ url }] },
    { data: [url] },
    { success: true, data: { images: null, output: [url] } },
  ])('are found in %j', (json) => {
    expect(read(json)).toMatchObject({
      pictures: [{ kind: 'address', url, expiresAt: null }],
      named: 1,
    });
  });

  test.each([
    null,
    7,
    'https://pictures.example/1.png',
    [url],
    { images: [] },
    { images: [{ url: 7 }, { url: null }, {}] },
    { images: [''] },
    { image: { href: url } },
    { images: [{ url: 'ftp://pictures.example/1.png' }] },
    { images: [{ url: 'file:///etc/passwd' }] },
    { images: [{ url: '/files/1.png' }] },
    { images: Array.from({ length: 17 }, () => ({ url })) },
  ])('are none in %j', (json) => {
    expect(read(json)).toMatchObject({ pictures: [], named: 0 });
  });

  test('are counted with those that cannot be fetched', () => {
    const json = { images: [{ url }, { url: 7 }, {}, { url: 'data:nonsense' }] };
    expect(read(json)).toMatchObject({ pictures: [{ url }], named: 4 });
  });

  test('are found where the setting says, and only there', () => {
    const places = { ...defaultKidjigApi.places, images: ['result.sample'] };
    const api = { ...defaultKidjigApi, places };
    expect(readKidjig({ result: { sample: url } }, api).pictures).toHaveLength(1);
    expect(readKidjig({ images: [{ url }] }, api).pictures).toEqual([]);
  });
});

describe('a picture that stands in the answer itself', () => {
  const bytes = (text: string): string | undefined => {
    const picture = readPicture(text);
    return picture?.kind === 'bytes' ? Buffer.from(picture.bytes).toString('latin1') : undefined;
  };

  test.each([
    ['data:image/png;base64,aGVsbG8=', 'hello'],
    ['DATA:image/png;charset=x;BASE64,aGVsbG8=', 'hello'],
    ['data:;base64,aGVsbG8%3D', 'hello'],
    ['data:image/png;base64,__8=', 'ÿÿ'],
    ['data:image/png,%89PNG%0d', '\u0089PNG\r'],
    ['data:,plain', 'plain'],
  ])('is read from %j', (uri, expected) => {
    expect(bytes(uri)).toBe(expected);
  });

  test.each([
    'data:',
    'data:image/png',
    'data:image/png;base64,',
    'data:image/png;base64,a*b',
    'data:;base64,aGVsbG8',
    'data:;base64,aGVs\nbG8=',
    'data:image/png,%8',
    'data:image/png,%zz',
    'data:image/png,€',
    'aGVsbG8=',
    '',
  ])('is none in %j', (uri) => {
    expect(readPicture(uri)).toBeUndefined();
  });
});

describe('base64', () => {
  test('is read whole, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), (bytes) => {
        const buffer = Buffer.from(bytes);
        const again = fromBase64(` ${buffer.toString('base64')}\n`);
        return again !== undefined && buffer.equals(again);
      }),
    );
  });

  test('with a strange character, or one too few, is none', () => {
    const text = Buffer.from('a picture').toString('base64');
    for (let at = 0; at < text.length; at += 1) {
      expect(fromBase64(`${text.slice(0, at)}${text.slice(at + 1)}`)).toBeUndefined();
      for (const strange of ['*', '%', '.', '\u0000', 'é'])
        expect(fromBase64(`${text.slice(0, at)}${strange}${text.slice(at + 1)}`)).toBeUndefined();
    }
  });
});

describe('an answer', () => {
  test.each([
    [{ request_id: 'a' }, 'a'],
    [{ requestId: 'a' }, 'a'],
    [{ id: 'a' }, 'a'],
    [{ id: 17 }, '17'],
    [{ success: true, data: { request_id: 'a' } }, 'a'],
    [{ data: { requestId: 'a' } }, 'a'],
    [{ data: { id: 'a' } }, 'a'],
    [{ request_id: null, id: 'a' }, 'a'],
    [{ request_id: '' }, undefined],
    [{ request_id: '..' }, undefined],
    [{ request_id: 'a b' }, undefined],
    [{ request_id: 'a\r\nb' }, undefined],
    [{ request_id: 'x'.repeat(201) }, undefined],
    [{ id: 1.5 }, undefined],
    [{ id: {} }, undefined],
    [[], undefined],
  ])('%j names the request %j', (json, requestId) => {
    expect(read(json).requestId).toBe(requestId);
  });

  test.each([
    ['IN_QUEUE', 'waiting'],
    ['queued', 'waiting'],
    ['pending', 'waiting'],
    ['Pending', 'waiting'],
    ['IN_PROGRESS', 'waiting'],
    ['in-progress', 'waiting'],
    ['In Progress', 'waiting'],
    ['processing', 'waiting'],
    ['COMPLETED', 'done'],
    ['succeeded', 'done'],
    ['Ready', 'done'],
    ['done', 'done'],
    ['FAILED', 'failed'],
    ['ERROR', 'failed'],
    ['Error', 'failed'],
    ['cancelled', 'failed'],
    ['Content Moderated', 'refused'],
    ['Request Moderated', 'refused'],
    ['dancing', 'unknown'],
    ['', undefined],
    [7, undefined],
    [null, undefined],
  ])('with the status %j is %s', (status, state) => {
    expect(read({ status }).state).toBe(state);
    expect(read({ success: true, data: { status } }).state).toBe(state);
  });

  test('may have an envelope with a status of its own', () => {
    expect(read({ status: 'success', data: { status: 'IN_PROGRESS' } }).state).toBe('waiting');
  });

  test.each([
    [
      { seed: 7, prompt: 'p', images: [{ url, width: 3, height: 2 }] },
      { seed: 7, prompt: 'p', width: 3, height: 2 },
    ],
    [
      { data: { seed: 7, prompt: 'p', image: { url, width: 3, height: 2 } } },
      { seed: 7, prompt: 'p', width: 3, height: 2 },
    ],
    [{ seed: '7', prompt: 7, images: [{ url, width: -1, height: 2 }] }, {}],
    [{ seed: 1e300, images: [{ url, width: 3 }] }, {}],
    [{ prompt: 'x'.repeat(4001) }, {}],
  ])('tells what was used: %#', (json, used) => {
    expect(read(json).used).toEqual(used);
  });

  test.each([
    [{ data: { cost: 0.0001 } }, 0.0001],
    [{ data: { cost: 96_000_000 } }, 96_000_000],
    [{ cost: 0 }, 0],
    [{ cost: -1 }, undefined],
    [{ cost: '1' }, undefined],
    [{ cost: 1e12 }, undefined],
  ])('%j costs %j', (json, cost) => {
    expect(read(json).cost).toBe(cost);
  });

  test('of any shape is read without harm', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        const { pictures, named } = read(json);
        return pictures.length <= named && named <= 16;
      }),
    );
  });
});

test('a place leads through lists and past what is not there', () => {
  const json = { a: [{ b: [1, 2] }, { b: null }, { b: 3 }, 4], 'c-d': { length: 5 } };
  expect(findAt(json, 'a[].b[]')).toEqual([1, 2, 3]);
  expect(findAt(json, 'c-d.length')).toEqual([5]);
  expect(findAt(json, 'a.length')).toEqual([]);
  expect(findAt(json, 'constructor.name')).toEqual([]);
  expect(findAt([{ url }], '[].url')).toEqual([url]);
});

describe('the shape of an answer', () => {
  test.each([
    [undefined, 'no JSON'],
    [null, 'null'],
    ['secret', 'text'],
    [{}, '{}'],
    [[], '[]'],
    [
      { data: { images: [{ url }, { url }], seed: 1 }, ok: true },
      '{data: {images: [2 × {url: text}], seed: number}, ok: boolean}',
    ],
    [[1, 'a', null, {}], '[4 × number or text or null or …]'],
    [{ 'a secret': 1 }, '{…: number}'],
    [{ images: ['data:image/png;base64,aGVsbG8='] }, '{images: [1 × data URI]}'],
    [{ a: { b: { c: { d: { e: { f: 1 } } } } } }, '{a: {b: {c: {d: {e: {…}}}}}}'],
  ])('%#', (json, shape) => {
    expect(shapeOf(json)).toBe(shape);
  });

  test('shows no value and stays short, whatever comes', () => {
    const secret = 'zqzqzq';
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        const spoilt: unknown = JSON.parse(
          JSON.stringify({ json }, (_, value: unknown) =>
            typeof value === 'string' ? secret : value,
          ),
        );
        const shape = shapeOf(spoilt);
        return !shape.includes(secret) && shape.length <= 600;
      }),
    );
  });
});

describe('an error', () => {
  const verdict = (json: unknown, status = 400, headers: Record<string, string> = {}): unknown => {
    const fault = readKidjigFault(json, headers);
    return fault && verdictOf(fault, status);
  };
  const refused = { kind: 'refused', outcome: 'nothing-made' };
  const invalid = { kind: 'invalid', outcome: 'nothing-made' };
  const unsaid = { kind: 'unavailable', outcome: 'unknown' };

  test.each([
    [{ error: { code: 'invalid_api_key', message: 'm' } }, { kind: 'unauthorized' }],
    [{ error: { code: 'rate_limit_exceeded', message: 'm' } }, { kind: 'busy' }],
    [{ error: { code: 'insufficient_credits' } }, { kind: 'no-credits' }],
    [{ data: { error: { code: 'content_policy_violation' } } }, refused],
    [{ detail: [{ type: 'content_policy_violation', msg: 'Flagged.' }] }, refused],
    [{ success: false, message: 'NSFW content was detected' }, refused],
    [{ error: 'Prompt or provided image failed the safety checks' }, refused],
    [{ status: 'FAILED', error: 'Blocked by content moderation' }, refused],
    [
      { detail: [{ loc: ['body', 'seed'], msg: 'Too big', type: 'less_than' }, { msg: 'No' }] },
      { ...invalid, detail: 'seed: Too big. No' },
    ],
    [
      // A field about safety is not a refusal.
      { detail: [{ loc: ['body', 'safety_tolerance'], msg: 'Bad', type: 'literal_error' }] },
      { ...invalid, detail: 'safety_tolerance: Bad' },
    ],
    [{ detail: 'm', error_type: 'runner_server_error' }, unsaid],
    [{ detail: [{ type: 'downstream_service_error', msg: 'm' }] }, unsaid],
    [{ detail: 'm', error_type: 'bad_request' }, { kind: 'invalid' }],
  ])('%j is read', (json, expected) => {
    expect(verdict(json)).toMatchObject(expected);
  });

  test('is read from the header, too', () => {
    expect(verdict({ detail: 'm' }, 504, { 'x-fal-error-type': 'startup_timeout' })).toMatchObject({
      kind: 'unavailable',
      outcome: 'nothing-made',
    });
  });

  test.each([
    { detail: [{ loc: ['path', 'request_id'], msg: 'Not a UUID', type: 'uuid_parsing' }] },
    { detail: [{ msg: 'Wrong', type: 'value_error' }] },
    { detail: 'No such word: nsfw' },
    { error: { code: 'invalid_request', message: 'Not accepted: a moderated debate' } },
    { error: 'The prompt “content policy, nsfw content was detected” is too long' },
    { error: { code: 'about_content_policy_violations' } },
    { error: { code: 'insufficient_light' } },
  ])('%j is no verdict on the job', (json) => {
    expect(verdict(json)).toBeUndefined();
  });

  test('under 5xx, or with success: false under 200, is told by a code and nothing else', () => {
    const list = { detail: [{ loc: ['body', 'seed'], msg: 'Too big', type: 'less_than' }] };
    const words = { success: false, message: 'NSFW content was detected' };
    const code = { success: false, error: { code: 'content_policy_violation' } };
    for (const status of [500, 503, 504]) {
      expect(verdict(list, status)).toBeUndefined();
      expect(verdict(words, status)).toBeUndefined();
      expect(verdict(code, status)).toMatchObject(refused);
    }
    expect(verdict(words, 200)).toBeUndefined();
    expect(verdict({ success: false, ...list }, 200)).toBeUndefined();
    expect(verdict(code, 200)).toMatchObject(refused);
    expect(verdict(words, 422)).toMatchObject(refused);
    expect(verdict(list, 422)).toMatchObject(invalid);
  });

  test.each([{ detail: 'm' }, { success: false, message: 'Something broke' }, { error: 'm' }])(
    '%j does not tell what it means',
    (json) => {
      expect(readKidjigFault(json, {})).toBeDefined();
      expect(verdict(json)).toBeUndefined();
    },
  );

  test.each([{}, [], null, 'x', { success: true }, { error: null }, { detail: [] }, { error: 7 }])(
    '%j is none',
    (json) => {
      expect(readKidjigFault(json, {})).toBeUndefined();
    },
  );

  test('of any shape is read without harm', () => {
    const field = fc.constantFrom('error', 'detail', 'message', 'data', 'error_type', 'success');
    fc.assert(
      fc.property(fc.dictionary(field, fc.jsonValue()), (json) => {
        verdict(json);
        return true;
      }),
    );
  });
});
