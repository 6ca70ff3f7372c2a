import { expect } from 'vitest';
import type { ProviderError } from '../../../src/domain/provider.ts';
import { expectUnknown, expectWhole } from './expectations.ts';
import { onRig, type Rig } from './rig.ts';
import { spoil, type Meaning, type Subject } from './subject.ts';

const before = (kind: Meaning['kind']): Meaning => ({ kind, outcome: 'nothing-made' });
const open = (kind: Meaning['kind']): Meaning => ({ kind, outcome: 'unknown' });

/** What an answer's status means, whatever its body: a 4xx is given before work begins. */
const meanings: Readonly<Record<number, Meaning>> = {
  400: before('invalid'),
  401: before('unauthorized'),
  402: before('no-credits'),
  403: before('forbidden'),
  404: before('invalid'),
  405: before('invalid'),
  409: before('invalid'),
  413: before('invalid'),
  415: before('invalid'),
  418: before('invalid'),
  422: before('invalid'),
  429: before('busy'),
  451: before('invalid'),
  408: open('unavailable'),
  499: open('unavailable'),
  500: open('unavailable'),
  501: open('unavailable'),
  502: open('unavailable'),
  503: open('unavailable'),
  504: open('unavailable'),
  520: open('unavailable'),
  529: open('unavailable'),
};

/** The statuses that tell the most, with bodies that tell nothing. */
const spoken = [400, 401, 402, 403, 422, 429, 500, 503] as const;

/** What an API says when it does not make the pictures, and that it is asked once all the same. */
export function statusCases(subject: Subject): void {
  const test = onRig(subject);
  const reads = subject.answers.slice(1);
  const meaningOf = (status: number): Meaning | undefined =>
    subject.statuses?.[status] ?? meanings[status];

  test.for(Object.keys(meanings).map(Number))(
    'of %i means what it must',
    async (status, { rig }) => {
      spoil(rig.standIn, { at: 'post' }, { kind: 'status', status });
      const error = await rig.failure();
      expect(error).toMatchObject({ ...meaningOf(status), status });
      expect(rig.posts()).toHaveLength(1);
      expectDiscretion(rig, error);
    },
  );

  test.for(spoken.flatMap((status) => bodies.map((body) => [status, body] as const)))(
    'of %i means that also with %s in its body',
    async ([status, body], { rig }) => {
      const fault = { kind: 'garbage', body, status, charged: false } as const;
      spoil(rig.standIn, { at: 'post' }, fault);
      const error = await rig.failure();
      expect(error).toMatchObject({ ...meanings[status], status, detail: undefined });
      expect(rig.posts()).toHaveLength(1);
    },
  );

  test('of the input says what is wrong, in the words of the API', async ({ rig }) => {
    spoil(rig.standIn, { at: 'post' }, { kind: 'status', status: 422, message: 'Too bold.' });
    expect((await rig.failure()).detail).toContain('Too bold.');
  });

  test('of the input says it in one line of 300 characters at most', async ({ rig }) => {
    const message = `Too\n\u0000\u202e bold ${'🙂'.repeat(1000)}`;
    spoil(rig.standIn, { at: 'post' }, { kind: 'status', status: 422, message });
    const { detail = '' } = await rig.failure();
    expect(detail).toContain('Too bold 🙂');
    expect(detail.length).toBeLessThanOrEqual(300);
    expect(detail.isWellFormed()).toBe(true);
    expect(detail).not.toMatch(/[\p{Cc}\p{Cf}\n]/u);
  });

  test.for([400, 401, 403, 422, 429, 500])(
    'of %i never shows the key, nor the prompt in the log',
    async (status, { rig }) => {
      const message = `${rig.standIn.key} is no key for: ${rig.request().prompt}`;
      spoil(rig.standIn, { at: 'post' }, { kind: 'status', status, message });
      const error = await rig.failure();
      expectDiscretion(rig, error);
      expect(error.detail ?? '').not.toContain(rig.standIn.key);
    },
  );

  test('of a key that is not known is the operator’s matter', async ({ rig }) => {
    const provider = rig.open({ apiKey: subject.strangersKey });
    const error = await rig.failure({ provider });
    expect(error).toMatchObject(before('unauthorized'));
    expect(`${error.message} ${error.detail}`).not.toContain(subject.strangersKey);
    expect(rig.standIn.books.totalCost).toBe(0);
  });

  test('of an account without credits says so', async ({ rig }) => {
    await rig.restart({ credits: 0 });
    expect(await rig.failure()).toMatchObject(before('no-credits'));
    expect(rig.posts()).toHaveLength(1);
  });

  test('of an account with too few credits for it says so, and makes none', async ({ rig }) => {
    const images = rig.model.takes.mostImages;
    await rig.restart({ credits: images - 1 });
    const error = await rig.failure({ request: { ...rig.request(), images } });
    expect(error).toMatchObject(before('no-credits'));
    expect(rig.standIn.books.totalCost).toBe(0);
  });

  test('of too many requests is a busy that nobody tries again by itself', async ({ rig }) => {
    await rig.restart({ limits: [{ limit: 1, windowMs: 60_000 }] });
    expectWhole(rig, await rig.generate());
    expect(await rig.failure({ request: rig.request(1) })).toMatchObject(before('busy'));
    expect(rig.posts()).toHaveLength(2);
    rig.clock.advance(60_001);
    expect((await rig.generate({ request: rig.request(1) })).pictures.length).toBeGreaterThan(0);
  });

  test('that asks to wait is told to the pace, once', async ({ rig }) => {
    const headers = { 'retry-after': '7' };
    spoil(rig.standIn, { at: 'post' }, { kind: 'status', status: 429, headers });
    await rig.failure();
    expect(rig.readings).toMatchObject([{ retryAfterMs: 7000 }]);
  });

  for (const read of reads) {
    const lose = (rig: Rig): void => {
      if (read.afterLoss)
        spoil(rig.standIn, { at: 'post' }, { kind: 'cut', when: 'after-charging' });
    };

    test.for([429, 500, 502, 503, 504])(
      `of %i for ${read.at} passes: it is asked again`,
      async (status, { rig }) => {
        lose(rig);
        spoil(rig.standIn, read, { kind: 'status', status }, 2);
        expectWhole(rig, await rig.generate());
      },
    );

    test.for([401, 403, 404, 410, 422, 429, 500, 503])(
      `of %i for ${read.at} without an end leaves open what was made`,
      async (status, { rig }) => {
        lose(rig);
        spoil(rig.standIn, read, { kind: 'status', status }, 2000);
        const error = await rig.failure({ provider: rig.open({ timeoutMs: 600_000 }) });
        expect(error.outcome).toBe('unknown');
        // What is busy would be posted again.
        expect(error.kind).not.toBe('busy');
        expect(rig.posts()).toHaveLength(1);
        expectDiscretion(rig, error);
      },
    );
  }

  test('leaves the next request alone', async ({ rig }) => {
    spoil(rig.standIn, { at: 'post' }, { kind: 'status', status: 503 });
    expectUnknown(rig, await rig.failure(), ['unavailable']);
    const { pictures } = await rig.generate({ request: rig.request(1) });
    expect(pictures).toHaveLength(rig.request().images);
  });
}

const bodies = ['not-json', 'wrong-shape', 'empty', 'html'] as const;

/** The log shows messages and causes; neither key nor prompt may stand in them. */
function expectDiscretion(rig: Rig, error: ProviderError): void {
  const cause = error.cause instanceof Error ? error.cause.message : '';
  const logged = [error.message, cause, JSON.stringify(error.cause)].join('\n');
  expect(logged).not.toContain(rig.standIn.key);
  expect(logged).not.toContain(rig.request().prompt);
}
