import { expect } from 'vitest';
import type { ProviderResult } from '../../../src/domain/provider.ts';
import type { ImageRequest } from '../../../src/domain/request.ts';
import { calling } from './calling.ts';
import { expectUnknown, expectWhole } from './expectations.ts';
import { withOption } from './requested.ts';
import { onRig, type Rig } from './rig.ts';
import { spoil, type Subject } from './subject.ts';

const never = new Promise<never>(() => undefined);

/** What one process had sent, and another one looks for: its pictures come, and nothing is posted again. */
export function findCases(subject: Subject): void {
  const test = onRig(subject);
  const list = subject.answers.slice(1);
  const isList = ({ path }: { readonly path: string }): boolean =>
    list.some(({ at }) => path.includes(at));

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
    const looked = (): Promise<unknown> => rig.standIn.next('request', isList);
    const found = find(rig);
    for (let look = 0; look < 5; look += 1) await looked();
    // However quickly the time passes here, the next look comes when it has been made.
    const charged = rig.standIn.next('charge').then(() => new Promise(setImmediate));
    for (const answer of list) spoil(rig.standIn, answer, { kind: 'hold', until: charged });
    gate.resolve();
    const result = await found;
    if (result === undefined) throw new Error('not found');
    expectWhole(rig, result);
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
    // Where the member gave the seed, others may have the same one.
    const given = (number: number): ImageRequest => withOption(rig.request(number), { seed });
    const pairs = [
      ['other words', given(1), given(9)],
      ['another seed', rig.request(2), { ...rig.request(2), seed: seed + 1 }],
      [
        'another model',
        { ...rig.request(3), seed: seed + 2 },
        { ...rig.request(3), seed: seed + 2, model: other },
      ],
    ] as const;
    for (const [what, made, sought] of pairs) {
      await rig.generate({ request: made });
      expect(await find(rig, sought), what).toBeUndefined();
    }
    expect(rig.posts()).toHaveLength(pairs.length);
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
