import { expect } from 'vitest';
import type { ProviderResult } from '../../../src/domain/provider.ts';
import { calling } from './calling.ts';
import { expectUnknown, expectWhole } from './expectations.ts';
import { failureOf, onRig, timeoutMs, type Rig } from './rig.ts';
import { spoil, type Subject } from './subject.ts';

/** A job that one process began, and another one goes on with: its pictures come, and nothing is posted again. */
export function resumeCases(subject: Subject): void {
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
    const { clock, standIn } = rig;
    let asked = -1;
    const result = await rig.generate({
      async onRecord() {
        // As slowly as a disk likes: whoever does not wait for it has begun to wait for the job.
        for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
        asked = standIn.requests.length + clock.pausesMs.length;
      },
    });
    expectWhole(rig, result);
    expect(asked).toBe(1);
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
