import { expect } from 'vitest';
import type { ProviderResult } from '../../../src/domain/provider.ts';
import { expectUnknown, expectWhole } from './expectations.ts';
import { failureOf, onRig, timeoutMs, type Rig } from './rig.ts';
import { spoil, type Subject } from './subject.ts';

const never = new Promise<never>(() => undefined);

/** What one process began, and another one goes on with: its pictures come, and nothing is posted again. */
export function goingOnCases(subject: Subject): void {
  const test = onRig(subject);

  test('is offered as far as it can be done', ({ rig }) => {
    expect(rig.provider.resume !== undefined).toBe(subject.goesOn === 'resume');
    expect(rig.provider.find !== undefined).toBe(subject.goesOn === 'find');
  });

  if (subject.goesOn === 'resume') resumeCases(subject);
  if (subject.goesOn === 'find') findCases(subject);
}

function calling(signal = new AbortController().signal): {
  signal: AbortSignal;
  record: () => Promise<void>;
  onLimits: () => void;
} {
  return { signal, record: () => Promise.resolve(), onLimits: () => undefined };
}

function reads(rig: Rig): number {
  return rig.standIn.requests.filter(({ method }) => method === 'GET').length;
}

function resumeCases(subject: Subject): void {
  const test = onRig(subject);
  const steps = subject.answers.slice(1);

  /** Goes on in another process. */
  async function resume(rig: Rig, options: { signal?: AbortSignal } = {}): Promise<ProviderResult> {
    const [job] = rig.jobs;
    if (job === undefined) throw new Error('no job was written down');
    const result = await rig.open().resume?.(job, calling(options.signal));
    if (result === undefined) throw new Error('it cannot go on');
    return result;
  }

  test('writes its job down once, before it asks for anything else', async ({ rig }) => {
    const before: number[] = [];
    const result = await rig.generate({
      async onRecord() {
        // As slowly as a disk likes.
        await new Promise((resolve) => setTimeout(resolve, 5));
        before.push(reads(rig));
      },
    });
    expectWhole(rig, result);
    expect(before).toEqual([0]);
    expect(rig.jobs).toHaveLength(1);
  });

  test('goes on by itself though its job cannot be written down', async ({ rig }) => {
    const onRecord = (): Promise<void> => Promise.reject(new Error('the disk is full'));
    expectWhole(rig, await rig.generate({ onRecord }));
  });

  test('writes neither the key nor the prompt into its job', async ({ rig }) => {
    await rig.generate();
    expect(rig.jobs[0]).not.toContain(rig.standIn.key);
    expect(rig.jobs[0]).not.toContain(rig.request().prompt);
  });

  test('after its job was written down', async ({ rig }) => {
    const dying = new AbortController();
    const died = rig.failure({
      signal: dying.signal,
      onRecord() {
        dying.abort(new Error('killed'));
        return Promise.resolve();
      },
    });
    expectUnknown(rig, await died, ['cancelled']);
    expectWhole(rig, await resume(rig));
  });

  for (const step of steps)
    test(`while it asked for ${step.at}`, async ({ rig }) => {
      const dying = new AbortController();
      spoil(rig.standIn, step, { kind: 'hang' });
      const asked = rig.standIn.next('request', ({ path }) => path.includes(step.at));
      const died = rig.failure({ signal: dying.signal });
      await asked;
      dying.abort(new Error('killed'));
      expectUnknown(rig, await died, ['cancelled']);
      expectWhole(rig, await resume(rig));
    });

  test('twice at the same time, and again', async ({ rig }) => {
    const whole = await rig.generate();
    const [first, second] = await Promise.all([resume(rig), resume(rig)]);
    expect(first.pictures).toEqual(whole.pictures);
    expect(second.pictures).toEqual(whole.pictures);
    expect(await resume(rig)).toMatchObject({ used: whole.used, providerCost: 1 });
    expectWhole(rig, first);
  });

  test('hours after it was given up, once', async ({ rig }) => {
    await rig.generate();
    rig.clock.advance(5 * timeoutMs);
    expectWhole(rig, await resume(rig));
  });

  test('of which its API knows nothing: nobody can tell', async ({ rig }) => {
    await rig.generate();
    await rig.restart({});
    const error = await failureOf(resume(rig));
    expect(error.outcome).toBe('unknown');
    expect(error.kind).not.toBe('busy');
    expect(rig.posts()).toEqual([]);
  });

  test('with another key: nobody can tell', async ({ rig }) => {
    await rig.generate();
    const other = rig.open({ apiKey: subject.strangersKey });
    const error = await failureOf(Promise.resolve(other.resume?.(rig.jobs[0] ?? '', calling())));
    expect(error).toMatchObject({ kind: 'unauthorized', outcome: 'unknown' });
    expect(rig.posts()).toHaveLength(1);
  });

  test.for(['', 'null', '{}', '[]', '7', 'x'.repeat(100_000), '{"model":"../..","id":"../.."}'])(
    'from what is no job of its: nobody can tell, and nobody is asked',
    async (job, { rig }) => {
      const error = await failureOf(Promise.resolve(rig.provider.resume?.(job, calling())));
      expect(error).toMatchObject({ kind: 'protocol', outcome: 'unknown' });
      expect(rig.standIn.requests).toEqual([]);
    },
  );

  test('and is ended: closes the socket and leaves it open', async ({ rig }) => {
    await rig.generate();
    const caller = new AbortController();
    for (const step of steps) spoil(rig.standIn, step, { kind: 'hang' });
    const arrived = rig.standIn.next('request');
    const ended = rig.standIn.next('end');
    const failed = failureOf(resume(rig, { signal: caller.signal }));
    await arrived;
    caller.abort();
    expect(await failed).toMatchObject({ kind: 'cancelled', outcome: 'unknown' });
    expect(await ended).toMatchObject({ aborted: true });
  });
}

function findCases(subject: Subject): void {
  const test = onRig(subject);
  const list = subject.answers.slice(1);

  /** Looks in another process for what was made of a request. */
  async function find(
    rig: Rig,
    request = rig.request(),
    signal?: AbortSignal,
  ): Promise<ProviderResult | undefined> {
    const provider = rig.open();
    await provider.refresh?.(new AbortController().signal);
    return provider.find?.(request, calling(signal));
  }

  /** A process dies while its request is out. */
  async function die(rig: Rig, until: Promise<unknown>, charged: boolean): Promise<void> {
    const dying = new AbortController();
    rig.standIn.faults.next({ kind: 'hold', until, charged });
    const arrived = charged ? rig.standIn.next('charge') : rig.standIn.next('request');
    const died = rig.failure({ signal: dying.signal });
    await arrived;
    dying.abort(new Error('killed'));
    expectUnknown(rig, await died, ['cancelled']);
  }

  test('while its request was out, and made after its end', async ({ rig }) => {
    const gate = Promise.withResolvers<void>();
    await die(rig, gate.promise, false);
    const charged = rig.standIn.next('charge');
    gate.resolve();
    await charged;
    const result = await find(rig);
    if (result === undefined) throw new Error('not found');
    expectWhole(rig, result);
  });

  test('while its answer was on the way', async ({ rig }) => {
    await die(rig, never, true);
    const result = await find(rig);
    if (result === undefined) throw new Error('not found');
    expectWhole(rig, result);
  });

  test('while it is made meanwhile: looked for until it is there', async ({ rig }) => {
    const gate = Promise.withResolvers<void>();
    await die(rig, gate.promise, false);
    const before = reads(rig);
    const found = find(rig);
    for (let looked = 0; looked < 6; looked += 1) await rig.standIn.next('request');
    gate.resolve();
    const result = await found;
    if (result === undefined) throw new Error('not found');
    expectWhole(rig, result);
    expect(reads(rig)).toBeGreaterThan(before + 3);
  });

  test('with what it had been told of it', async ({ rig }) => {
    const whole = await rig.generate();
    expect(await find(rig)).toMatchObject({
      pictures: whole.pictures,
      providerCost: whole.providerCost,
      used: whole.used,
    });
  });

  test('of which nothing was made: not found, in a bounded time', async ({ rig }) => {
    const startedAt = rig.clock.now();
    expect(await find(rig)).toBeUndefined();
    expect(rig.clock.now() - startedAt).toBeLessThan(10 * 60_000);
    expect(rig.posts()).toEqual([]);
  });

  test('and never takes what another request has made', async ({ rig }) => {
    const { model, seed = 0 } = rig.request();
    const other = rig.provider.models().find(({ key }) => key !== model)?.key ?? model;
    await rig.generate({ request: { ...rig.request(1) } });
    await rig.generate({ request: { ...rig.request(2), seed: seed + 1 } });
    await rig.generate({ request: { ...rig.request(3), model: other } });
    for (const [number, change] of [
      [1, { prompt: rig.request(9).prompt }],
      [2, { seed }],
      [3, { model }],
    ] as const) {
      const found = await find(rig, { ...rig.request(number), ...change });
      expect(found, Object.keys(change)[0]).toBeUndefined();
    }
    expect(rig.posts()).toHaveLength(3);
  });

  test('though its list is away for a while', async ({ rig }) => {
    await rig.generate();
    for (const answer of list) spoil(rig.standIn, answer, { kind: 'status', status: 503 }, 9);
    const result = await find(rig);
    if (result === undefined) throw new Error('not found');
    expectWhole(rig, result);
  });

  test('with another key: not found', async ({ rig }) => {
    await rig.generate();
    const other = rig.open({ apiKey: subject.strangersKey });
    expect(await other.find?.(rig.request(), calling())).toBeUndefined();
  });

  test('and is ended: closes the socket', async ({ rig }) => {
    const caller = new AbortController();
    for (const answer of list) spoil(rig.standIn, answer, { kind: 'hang' });
    const isList = ({ path }: { path: string }): boolean =>
      list.some(({ at }) => path.includes(at));
    const arrived = rig.standIn.next('request', isList);
    const ended = rig.standIn.next('end', isList);
    const found = find(rig, rig.request(), caller.signal).catch((error: unknown) => error);
    await arrived;
    caller.abort();
    expect(await ended).toMatchObject({ aborted: true });
    const result = await found;
    if (result !== undefined) expect(result).toMatchObject({ kind: 'cancelled' });
  });
}
