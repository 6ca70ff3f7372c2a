import { afterEach, beforeEach, expect } from 'vitest';
import { answer as bytesOf, startScriptedApi, type ScriptedApi } from '../scripted-api.ts';
import { expectUnknown, expectWhole, lostAnswer } from './expectations.ts';
import { onRig, timeoutMs, type Rig } from './rig.ts';
import { spoil, type Subject } from './subject.ts';

const never = new Promise<never>(() => undefined);
const readLimitMs = 30_000;

/** Everything ends: what does not come in time is given up, and its socket is closed. */
export function waitingCases(subject: Subject): void {
  const test = onRig(subject);
  const reads = subject.answers.slice(1);
  let script: ScriptedApi;
  beforeEach(async () => {
    script = await startScriptedApi();
  });
  afterEach(() => script.close());

  test('not charged, ends the call at its limit and closes the socket', async ({ rig }) => {
    rig.standIn.faults.next({ kind: 'hang' });
    const arrived = rig.standIn.next('request');
    const ended = rig.standIn.next('end', ({ method }) => method === 'POST');
    const failed = rig.failure();
    await arrived;
    rig.clock.advance(timeoutMs + 1);
    expectUnknown(rig, await failed, ['timeout']);
    expect(await ended).toMatchObject({ aborted: true });
  });

  test('though it was charged, leaves open what was made', async ({ rig }) => {
    rig.standIn.faults.next({ kind: 'hold', until: never, charged: true });
    const charged = rig.standIn.next('charge');
    const task = rig.generate();
    await charged;
    rig.clock.advance(timeoutMs + 1);
    expect(await lostAnswer(rig, task, ['timeout'])).toBe(subject.whenLost);
  });

  test.for([
    ['nothing but the line of its status', 12],
    ['a half of its headers', 40],
    ['its headers', 'headers'],
    ['all but its last byte', -1],
  ] as const)('of which came %s, ends the call at its limit', async ([, part], { rig }) => {
    const whole = bytesOf(200, await goodBody(rig), { 'content-type': 'application/json' });
    const some = whole.subarray(0, part === 'headers' ? whole.indexOf('\r\n\r\n') + 4 : part);
    const written = Promise.withResolvers<void>();
    script.script = ({ method, socket }) => {
      if (method === 'GET') socket.end(bytesOf(404));
      else socket.write(some, () => written.resolve());
    };
    const provider = rig.open({ apiUrl: `${script.url}/v1` });
    const failed = rig.failure({ provider, request: rig.request(1) });
    const seen = await script.next();
    await written.promise;
    rig.clock.advance(timeoutMs + 1);
    const error = await failed;
    expect(error).toMatchObject({ kind: 'timeout', outcome: 'unknown' });
    await seen.closed;
    expect(script.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  test('shorter than its limit, is waited for', async ({ rig }) => {
    const gate = Promise.withResolvers<void>();
    rig.standIn.faults.next({ kind: 'hold', until: gate.promise, charged: true });
    const charged = rig.standIn.next('charge');
    const task = rig.generate();
    await charged;
    rig.clock.advance(timeoutMs - 20_000);
    gate.resolve();
    expectWhole(rig, await task);
  });

  for (const read of reads) {
    test(`for ${read.at}, is over after half a minute, and it is asked again`, async ({ rig }) => {
      if (read.afterLoss)
        spoil(rig.standIn, { at: 'post' }, { kind: 'cut', when: 'after-charging' });
      spoil(rig.standIn, read, { kind: 'hang' });
      const isRead = ({ path }: { path: string }): boolean => path.includes(read.at);
      const arrived = rig.standIn.next('request', isRead);
      const ended = rig.standIn.next('end', isRead);
      const task = rig.generate();
      await arrived;
      rig.clock.advance(2 * readLimitMs + 1);
      expectWhole(rig, await task);
      expect(await ended).toMatchObject({ aborted: true });
    });
  }

  test('of a picture that is being made for long, asks no more than is needed', async ({ rig }) => {
    const task = rig.generate();
    expectWhole(rig, await task);
    // However quickly the time passes here: the pauses between two questions grow.
    const pauses = rig.clock.pausesMs;
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    expect(Math.min(...pauses, 500)).toBeGreaterThanOrEqual(200);
  });
}

/** A good answer as the API gives it. */
async function goodBody(rig: Rig): Promise<Buffer> {
  await rig.generate();
  const [posted] = rig.posts();
  if (posted === undefined) throw new Error('nothing was posted');
  return Buffer.from(await (await rig.repeat(posted)).arrayBuffer());
}
