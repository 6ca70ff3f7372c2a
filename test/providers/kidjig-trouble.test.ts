import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLog } from '../../src/log.ts';
import { createStage, failureOf, prompt, settingOf, type Stage } from './kidjig-stage.ts';
import { answer, startScriptedApi, type ScriptedApi, type SeenRequest } from './scripted-api.ts';

const url = 'https://pictures.example/1.png';
const made = { images: [{ url }] };

let api: ScriptedApi;
let stage: Stage;
/** What each step is answered with. */
let steps: { submit: unknown; status: unknown; result: unknown };

function stepOf({ path }: SeenRequest): keyof typeof steps {
  if (path.includes('/status/')) return 'status';
  return path.includes('/result/') ? 'result' : 'submit';
}

beforeEach(async () => {
  steps = { submit: { request_id: 'r-1' }, status: { status: 'COMPLETED' }, result: made };
  api = await startScriptedApi((request) => {
    const said = steps[stepOf(request)];
    const bytes = Buffer.isBuffer(said) ? said : answer(200, JSON.stringify(said));
    request.socket.end(bytes);
  });
  stage = createStage({ apiUrl: `${api.url}/provider` });
});

afterEach(async () => {
  await stage.provider.close();
  await api.close();
});

const seen = (): string[] => api.requests.map(stepOf);

describe('the three steps', () => {
  test('are asked for with nothing but what is documented', async () => {
    await stage.generate();
    expect(seen()).toEqual(['submit', 'status', 'result']);
    const [submit, status] = api.requests;
    expect(submit).toMatchObject({
      method: 'POST',
      path: '/provider/api/v1/image/generate/flux-pro-v1.1-ultra',
      body: JSON.stringify({ prompt }),
    });
    expect(Object.keys(submit?.headers ?? {}).toSorted()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'content-length',
      'content-type',
      'host',
      'x-api-key',
    ]);
    expect(status?.body).toBe('');
  });

  test('follow the paths of the setting, and an id cannot lead out of them', async () => {
    await stage.provider.close();
    stage = createStage({
      apiUrl: api.url,
      setting: settingOf({
        ultra: { title: 'Ultra', path: 'fal-ai/flux-pro/v1.1' },
        api: {
          paths: {
            generate: '/run/{model}',
            status: '/status/{request_id}?model={model}',
            result: '/result/{request_id}',
          },
        },
      }),
    });
    steps.submit = { id: '../../a?b#c' };
    await stage.generate();
    expect(api.requests.map(({ path }) => path)).toEqual([
      '/run/fal-ai/flux-pro/v1.1',
      '/status/..%2F..%2Fa%3Fb%23c?model=fal-ai/flux-pro/v1.1',
      '/result/..%2F..%2Fa%3Fb%23c',
    ]);
  });

  test('take a status that has the pictures already, and a result that says it is still waiting', async () => {
    steps.status = { data: { images: [{ url }] } };
    expect((await stage.generate()).pictures).toHaveLength(1);
    expect(seen()).toEqual(['submit', 'status']);
    steps.status = { status: 'done' };
    steps.result = { status: 'processing' };
    const waiting = stage.generate();
    for (let path = ''; !path.includes('/result/');) path = (await api.next()).path;
    steps.result = { status: 'success', ...made };
    expect((await waiting).pictures).toHaveLength(1);
  });

  test('do not ask how a request is doing that came with its pictures', async () => {
    steps.submit = { request_id: 'r-1', status: 'COMPLETED', data: { imageUrl: url } };
    expect(await stage.generate()).toMatchObject({ pictures: [{ url }], requestId: 'r-1' });
    expect(seen()).toEqual(['submit']);
    expect(stage.recorded).toEqual([]);
  });

  test('take a picture of a request that waits for an echo of what was sent', async () => {
    steps.submit = { request_id: 'r-1', status: 'IN_QUEUE', image: 'https://cdn.example/own.png' };
    expect(await stage.generate()).toMatchObject({ pictures: [{ url }] });
  });

  test('tell where the API wrote the text anew, and only there', async () => {
    steps.result = { ...made, prompt: `${prompt} at dawn` };
    expect(await stage.generate()).toMatchObject({
      used: { prompt: `${prompt} at dawn` },
      warnings: ['prompt-rewritten'],
    });
    steps.result = { ...made, prompt };
    expect(await stage.generate()).toMatchObject({ used: {}, warnings: [] });
  });

  test('accept great pictures, and none that are too great', async () => {
    const picture = `data:image/png;base64,${'A'.repeat(12 * 1024 * 1024)}`;
    steps.result = { images: [picture, picture] };
    const { pictures, providerCost } = await stage.generate();
    expect(pictures[0]).toMatchObject({ kind: 'bytes' });
    expect(providerCost).toBe(2);
    steps.result = { images: [picture, picture, picture, picture, picture] };
    expect(await failureOf(stage.generate())).toMatchObject({
      kind: 'protocol',
      outcome: 'unknown',
    });
  });
});

describe('an answer that cannot be read', () => {
  const wrong: readonly unknown[] = [
    null,
    [],
    7,
    'text-of-the-api',
    {},
    { request_id: ['secret-value'], images: 'secret-value' },
    { images: [{ url: { href: 'secret-value' } }] },
    { data: null, request_id: '', status: { word: 'secret-value' } },
  ];

  test.each(wrong.map((json) => [JSON.stringify(json), json]))(
    'is a protocol error at each step, with its shape and no value: %s',
    async (_, json) => {
      for (const step of ['submit', 'status', 'result'] as const) {
        const good = steps[step];
        steps[step] = json;
        const error = await failureOf(stage.generate());
        steps[step] = good;
        expect(error).toMatchObject({ kind: 'protocol', outcome: 'unknown', status: 200 });
        expect(error.message).toMatch(/^Kidjig's answer cannot be read: .*: \S/);
        expect(error.message).not.toMatch(/secret|dancing|text-of/);
      }
    },
  );

  test('of a status is asked for again, three times in a row', async () => {
    steps.status = {};
    expect(await failureOf(stage.generate())).toMatchObject({ kind: 'protocol' });
    expect(seen().filter((step) => step === 'status')).toHaveLength(4);
  });

  test('of a submit is not asked for again', async () => {
    steps.submit = answer(200, '<html>');
    expect((await failureOf(stage.generate())).message).toContain('no JSON');
    expect(seen()).toEqual(['submit']);
  });

  test('says which request it was about, where that is known', async () => {
    steps.result = {};
    expect(await failureOf(stage.generate())).toMatchObject({ requestId: 'r-1' });
  });
});

describe('a success that is none', () => {
  test.each([
    [{ error: { code: 'bad_request', message: 'No such ratio' } }, 'invalid', 'No such ratio'],
    [{ error: { code: 'invalid_api_key', message: 'no' } }, 'unauthorized', undefined],
    [{ error: { code: 'rate_limit_exceeded', message: 'no' } }, 'busy', undefined],
    [{ detail: [{ type: 'content_policy_violation', msg: 'Flagged' }] }, 'refused', 'Flagged'],
  ])('at the submit is what it says: %j', async (json, kind, detail) => {
    steps.submit = json;
    const error = await failureOf(stage.generate());
    expect(error).toMatchObject({ kind, outcome: 'nothing-made', detail });
    expect(seen()).toEqual(['submit']);
  });

  test.each([
    { success: false, message: 'Aspect ratio is not supported' },
    { success: false, message: 'NSFW content was detected' },
    { error: 'Something broke' },
  ])('and has no known code leaves open what was made: %j', async (json) => {
    for (const step of ['submit', 'result'] as const) {
      const good = steps[step];
      steps[step] = json;
      expect(await failureOf(stage.generate())).toMatchObject({ outcome: 'unknown' });
      steps[step] = good;
    }
    steps.status = { ...json, status: 'FAILED' };
    const failed = { kind: 'unavailable', outcome: 'unknown' };
    expect(await failureOf(stage.generate())).toMatchObject(failed);
  });

  test('does not repeat to the log what the API says to people', async () => {
    steps.submit = { success: false, message: `No: ${prompt}` };
    const error = await failureOf(stage.generate());
    expect(error.message).toBe('Kidjig answered 200: {success: boolean, message: text}');
  });

  test('at the submit, with a word for failure, leaves open what was made', async () => {
    steps.submit = { request_id: 'r-1', status: 'FAILED' };
    expect(await failureOf(stage.generate())).toMatchObject({
      kind: 'unavailable',
      outcome: 'unknown',
    });
    expect(seen()).toEqual(['submit']);
  });
});

describe('a 4xx about the question', () => {
  const ofPath = {
    detail: [{ loc: ['path', 'request_id'], msg: 'Not a UUID', type: 'uuid_parsing' }],
  };
  const ofBody = { detail: [{ loc: ['body', 'prompt'], msg: 'Too long', type: 'too_long' }] };
  const refusal = { detail: [{ loc: ['body'], msg: 'No', type: 'content_policy_violation' }] };
  const under422 = (json: unknown): Buffer => answer(422, JSON.stringify(json));

  test.each([ofPath, ofBody, refusal])('of the status is no verdict: %j', async (json) => {
    steps.status = under422(json);
    expect(await failureOf(stage.generate())).toMatchObject({ outcome: 'unknown', status: 422 });
    expect(seen()).toEqual(['submit', 'status']);
  });

  test('in place of the result is one only where it is about the body', async () => {
    steps.result = under422(ofPath);
    expect(await failureOf(stage.generate())).toMatchObject({ outcome: 'unknown' });
    steps.result = under422(ofBody);
    const invalid = { kind: 'invalid', outcome: 'nothing-made', detail: 'prompt: Too long' };
    expect(await failureOf(stage.generate())).toMatchObject(invalid);
    steps.result = under422(refusal);
    const refused = { kind: 'refused', outcome: 'nothing-made' };
    expect(await failureOf(stage.generate())).toMatchObject(refused);
  });

  test('that repeats the prompt is not taken for the refusal of content', async () => {
    steps.submit = under422({ detail: 'Not a valid prompt: moderated nsfw content was detected' });
    expect(await failureOf(stage.generate())).toMatchObject({
      kind: 'invalid',
      outcome: 'nothing-made',
    });
  });
});

describe('a word for the state that is not known', () => {
  const told: unknown[] = [];
  const log = createLog({
    level: 'warn',
    secrets: [],
    destination: { write: (line) => void told.push(JSON.parse(line)) },
  });

  beforeEach(async () => {
    await stage.provider.close();
    told.length = 0;
    stage = createStage({ apiUrl: `${api.url}/provider`, log });
  });

  test('is waited through, and told to the operator once', async () => {
    steps.status = { status: `dancing_in-the dark\n<b>${'x'.repeat(99)}` };
    const task = stage.generate();
    for (let asked = 0; asked < 8;) if ((await api.next()).path.includes('/status/')) asked += 1;
    steps.status = { status: 'COMPLETED' };
    expect((await task).pictures).toHaveLength(1);
    expect(told).toMatchObject([
      { level: 'warn', status: `dancing_in-the darkb${'x'.repeat(20)}` },
    ]);
  });

  test('that never changes ends with the job', async () => {
    steps.status = { status: 'dancing' };
    expect(await failureOf(stage.generate())).toMatchObject({
      kind: 'timeout',
      outcome: 'unknown',
    });
    expect(told).toHaveLength(1);
  });
});
