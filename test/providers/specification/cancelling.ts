import { expect } from 'vitest';
import { expectUnknown, expectWhole } from './expectations.ts';
import { failureOf, onRig } from './rig.ts';
import { spoil, type Subject } from './subject.ts';

const never = new Promise<never>(() => undefined);

/** Who ends a call ends it at once: the socket closes, and what is known of the request is told. */
export function cancelCases(subject: Subject): void {
  const test = onRig(subject);
  const reads = subject.answers.slice(1);

  test('before it is sent makes nothing, and nothing is sent', async ({ rig }) => {
    const error = await rig.failure({ signal: AbortSignal.abort() });
    expect(error).toMatchObject({ kind: 'cancelled', outcome: 'nothing-made' });
    expect(rig.posts()).toEqual([]);
  });

  test.for([
    ['not charged', false],
    ['charged', true],
  ] as const)(
    'while its answer is waited for, %s: closes the socket and leaves it open',
    async ([, charged], { rig }) => {
      const caller = new AbortController();
      rig.standIn.faults.next({ kind: 'hold', until: never, charged });
      const arrived = charged ? rig.standIn.next('charge') : rig.standIn.next('request');
      const ended = rig.standIn.next('end', ({ method }) => method === 'POST');
      const failed = rig.failure({ signal: caller.signal });
      await arrived;
      caller.abort(new Error('enough'));
      expectUnknown(rig, await failed, ['cancelled']);
      expect(await ended).toMatchObject({ aborted: true, cut: false });
    },
  );

  test('while a great answer comes closes the socket', async ({ rig }) => {
    const caller = new AbortController();
    rig.standIn.faults.next({ kind: 'huge', declared: false, charged: true, bytes: 200_000_000 });
    const ended = rig.standIn.next('end', ({ method }) => method === 'POST');
    const charged = rig.standIn.next('charge');
    const failed = rig.failure({ signal: caller.signal });
    await charged;
    caller.abort();
    expectUnknown(rig, await failed, ['cancelled', 'protocol']);
    expect(await ended).toMatchObject({ aborted: true });
  });

  test('after its end changes nothing', async ({ rig }) => {
    const caller = new AbortController();
    const result = await rig.generate({ signal: caller.signal });
    caller.abort();
    expectWhole(rig, result);
  });

  test('does not touch the others that are under way', async ({ rig }) => {
    const caller = new AbortController();
    const gate = Promise.withResolvers<void>();
    rig.standIn.faults.next({ kind: 'hold', until: gate.promise, charged: true }, 2);
    const first = rig.standIn.next('charge');
    const failed = rig.failure({ signal: caller.signal });
    await first;
    const second = rig.standIn.next('charge');
    const other = rig.generate({ request: rig.request(1) });
    await second;
    caller.abort();
    expect(await failed).toMatchObject({ kind: 'cancelled', outcome: 'unknown' });
    gate.resolve();
    expect((await other).pictures).toHaveLength(rig.request().images);
  });

  for (const read of reads) {
    test(`while it asks for ${read.at} closes the socket and leaves it open`, async ({ rig }) => {
      const caller = new AbortController();
      if (read.afterLoss)
        spoil(rig.standIn, { at: 'post' }, { kind: 'cut', when: 'after-charging' });
      spoil(rig.standIn, read, { kind: 'hang' }, 10);
      const isRead = ({ path }: { path: string }): boolean => path.includes(read.at);
      const arrived = rig.standIn.next('request', isRead);
      const ended = rig.standIn.next('end', isRead);
      const failed = rig.failure({ signal: caller.signal });
      await arrived;
      caller.abort(new Error('enough'));
      expectUnknown(rig, await failed, ['cancelled', 'unavailable']);
      expect(await ended).toMatchObject({ aborted: true });
    });
  }

  test('while its key is looked at closes the socket', async ({ rig }) => {
    const caller = new AbortController();
    caller.abort(new Error('enough'));
    const error = await failureOf(rig.provider.check(caller.signal));
    expect(error.kind).toBe('cancelled');
  });
}
