import { afterAll, beforeAll, expect } from 'vitest';
import type { CallFault } from '../../../src/playground/image-api/faults.ts';
import { expectLost, expectUnknown, expectWhole } from './expectations.ts';
import { onRig } from './rig.ts';
import { spoil, type Subject } from './subject.ts';
import { setTrap, type Trap } from './trap.ts';

const field = (value: unknown): CallFault => ({ kind: 'field', path: '', value });

/** Answers with a status that says all is well, or a proxy's page, that nobody can use. */
const answers: readonly (readonly [string, CallFault])[] = [
  ['no JSON', { kind: 'garbage', body: 'not-json' }],
  ['JSON of another shape', { kind: 'garbage', body: 'wrong-shape' }],
  ['nothing', { kind: 'garbage', body: 'empty' }],
  ['a page under 200', { kind: 'garbage', body: 'html', status: 200 }],
  ['a page under 201', { kind: 'garbage', body: 'html', status: 201 }],
  ['nothing under 204', { kind: 'garbage', body: 'empty', status: 204 }],
  ['null', field(null)],
  ['a list', field([])],
  ['an object', field({})],
  ['a text', field('done')],
  ['a number', field(4)],
  ['what is gzipped though nobody asked for it', { kind: 'gzip', body: 'good' }],
  ['a decompression bomb', { kind: 'gzip', unpackedBytes: 20_000_000, charged: true }],
  ['50 MB, as its length says', { kind: 'huge', charged: true }],
];

const proxies: readonly (readonly [string, CallFault])[] = [
  ['a page under 502', { kind: 'garbage', body: 'html', status: 502 }],
  ['a page under 504', { kind: 'garbage', body: 'html', status: 504 }],
  ['a page under 524', { kind: 'garbage', body: 'html' }],
];

/** A success that cannot be used has been paid for: found where that can be, and never asked for again. */
export function unreadableCases(subject: Subject): void {
  const test = onRig(subject);
  const reads = subject.answers.slice(1);
  let trap: Trap;
  beforeAll(async () => {
    trap = await setTrap();
  });
  afterAll(() => trap.close());

  test.for(answers)('of %s leaves open what was made', async ([, fault], { rig }) => {
    spoil(rig.standIn, { at: 'post' }, fault);
    await expectLost(rig, ['protocol']);
    expect(rig.standIn.books.totalCost).toBe(rig.request().images);
  });

  test.for(proxies)('of %s leaves open what was made', async ([, fault], { rig }) => {
    spoil(rig.standIn, { at: 'post' }, fault);
    await expectLost(rig, ['unavailable']);
    expect(rig.standIn.books.totalCost).toBe(rig.request().images);
  });

  test.for([...answers.slice(0, 3), ...proxies])(
    'of %s, where nothing was made, ends as unknown',
    async ([, fault], { rig }) => {
      if (fault.kind !== 'garbage') throw new Error('no such case');
      spoil(rig.standIn, { at: 'post' }, { ...fault, charged: false });
      expectUnknown(rig, await rig.failure(), ['protocol', 'unavailable']);
      expect(rig.standIn.books.totalCost).toBe(0);
    },
  );

  test.for([300, 301, 302, 303, 307, 308])(
    'of a redirect (%i) is followed by nobody',
    async (status, { rig }) => {
      const to = `http://127.0.0.2:${trap.port}/elsewhere`;
      spoil(rig.standIn, { at: 'post' }, { kind: 'redirect', to, status });
      expectUnknown(rig, await rig.failure(), ['protocol']);
      expect(trap.asked).toEqual([]);
    },
  );

  test('of far more than that is not read to its end', async ({ rig }) => {
    const ended = rig.standIn.next('end');
    spoil(
      rig.standIn,
      { at: 'post' },
      { kind: 'huge', bytes: 64_000_000, declared: false, charged: true },
    );
    await expectLost(rig, ['protocol']);
    expect(await ended).toMatchObject({ aborted: true });
  });

  for (const read of reads) {
    const lost = read.afterLoss;
    test.for([
      ...answers.slice(0, 2),
      ...answers.slice(6, 9),
      ...answers.slice(11, 13),
      ...proxies,
    ])(`of %s never says of ${read.at} that nothing was made`, async ([, fault], { rig }) => {
      if (lost) spoil(rig.standIn, { at: 'post' }, { kind: 'cut', when: 'after-charging' });
      spoil(rig.standIn, read, fault);
      const result = await rig.generate().catch((error: unknown) => error);
      if (result instanceof Error) {
        expect(result).toMatchObject({ kind: 'protocol', outcome: 'unknown' });
        expect(rig.posts()).toHaveLength(1);
      } else expectWhole(rig, result as Awaited<ReturnType<typeof rig.generate>>);
    });

    test(`of a redirect of ${read.at} is followed by nobody`, async ({ rig }) => {
      if (lost) spoil(rig.standIn, { at: 'post' }, { kind: 'cut', when: 'after-charging' });
      const to = `http://127.0.0.2:${trap.port}/elsewhere`;
      spoil(rig.standIn, read, { kind: 'redirect', to }, 2000);
      const error = await rig.failure({ provider: rig.open({ timeoutMs: 600_000 }) });
      expectUnknown(rig, error, ['protocol', 'unavailable', 'timeout']);
      expect(trap.asked).toEqual([]);
    });
  }
}
