import { afterAll, beforeAll, expect } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { expectWhole } from './expectations.ts';
import { onRig } from './rig.ts';
import { spoil, type Subject } from './subject.ts';
import { openTaking, type Taking } from './taking.ts';

/** What a good answer becomes, and what becomes of one that is good in part. */
export function resultCases(subject: Subject): void {
  const test = onRig(subject);
  let taking: Taking;
  beforeAll(async () => {
    taking = await openTaking();
  });
  afterAll(() => taking.close());

  test('has the pictures, byte for byte and in order', async ({ rig }) => {
    const { standIn, provider, model } = rig;
    const images = model.takes.mostImages;
    const result = await rig.generate({ request: { ...rig.request(), images } });
    expectWhole(rig, result, images);
    for (const [index, picture] of result.pictures.entries()) {
      const { bytes } = await taking.take(picture, provider.trustedHosts);
      const made = await standIn.pictureBytes(standIn.books.charges[0]?.requestId ?? '', index);
      expect(Buffer.from(bytes).equals(made)).toBe(true);
    }
  });

  test('has pictures of the size that it tells', async ({ rig }) => {
    const { pictures, used } = await rig.generate();
    const taken = await taking.take(pictures[0], rig.provider.trustedHosts);
    const told = { width: used.width ?? taken.width, height: used.height ?? taken.height };
    // The stand-in's pictures are small, whatever size is told.
    const scale = Math.max(told.width, told.height) / Math.max(taken.width, taken.height);
    expect(Math.abs(told.width - taken.width * scale)).toBeLessThanOrEqual(scale);
    expect(Math.abs(told.height - taken.height * scale)).toBeLessThanOrEqual(scale);
  });

  test('gives no warning where all went as asked', async ({ rig }) => {
    expect((await rig.generate()).warnings).toEqual([]);
  });

  test('has an id of the request that may be shown, or none', async ({ rig }) => {
    expect((await rig.generate()).requestId ?? 'none').toMatch(/^[\w.:-]{1,100}$/);
  });

  test('has addresses that work now, and an end that lies ahead', async ({ rig }) => {
    const { pictures } = await rig.generate();
    for (const picture of pictures) {
      if (picture.kind === 'bytes') continue;
      expect(picture.url).toMatch(/^https?:\/\//);
      expect(picture.expiresAt ?? Infinity).toBeGreaterThan(rig.clock.now());
    }
    expect(pictures.map(({ kind }) => kind)).toEqual(
      pictures.map(() => (subject.pictures === 'bytes' ? 'bytes' : 'address')),
    );
  });

  test('with fewer pictures than asked for has those, at their true cost', async ({ rig }) => {
    rig.standIn.faults.next({ kind: 'makes', images: 1 });
    const request = { ...rig.request(), images: rig.model.takes.mostImages };
    expectWhole(rig, await rig.generate({ request }), 1);
  });

  test('with more pictures than asked for is cut to those, and all are counted', async ({
    rig,
  }) => {
    rig.standIn.faults.next({ kind: 'makes', images: 4 });
    const result = await rig.generate();
    expectWhole(rig, result, 1);
    expect(result.providerCost).toBe(4);
  });

  test('without a picture is none, and never says that nothing was made', async ({ rig }) => {
    rig.standIn.faults.next({ kind: 'makes', images: 0 });
    const error = await rig.failure();
    expect(error.kind).toBe('protocol');
    expect(error.outcome).not.toBe('nothing-made');
    expect(rig.posts()).toHaveLength(1);
  });

  test('with fields that nobody has heard of is as good as any', async ({ rig }) => {
    for (const answer of subject.answers)
      spoil(rig.standIn, answer, { kind: 'field', path: 'news', value: { since: '2027', is: [] } });
    expectWhole(rig, await rig.generate());
  });

  test('that says it is of another content type is as good as any', async ({ rig }) => {
    for (const answer of subject.answers)
      spoil(rig.standIn, answer, { kind: 'content-type', type: 'text/plain; charset=latin1' });
    expectWhole(rig, await rig.generate());
  });

  test('of its filter is a refusal at no cost, or black pictures that are counted', async ({
    rig,
  }) => {
    const request = { ...rig.request(), prompt: 'a forbidden fox' };
    if (subject.filter === 'refused') {
      const error = await rig.failure({ request });
      expect(error).toMatchObject({ kind: 'refused', outcome: 'nothing-made' });
      expect(rig.standIn.books.totalCost).toBe(0);
      return;
    }
    const result = await rig.generate({ request });
    expectWhole(rig, result);
    const { blank } = await taking.take(result.pictures[0], rig.provider.trustedHosts);
    expect(blank).toBe(subject.filter === 'black');
  });

  test('is told apart from those of others that are under way', async ({ rig }) => {
    // Each has pauses of its own, which must not use up the time of another.
    const provider = rig.open({ clock: systemClock });
    await provider.refresh?.(new AbortController().signal);
    const { standIn } = rig;
    const numbers = [1, 2, 3, 4, 5];
    const results = await Promise.all(
      numbers.map((number) => rig.generate({ request: rig.request(number), provider })),
    );
    for (const [index, { pictures }] of results.entries()) {
      const { prompt } = rig.request(numbers[index]);
      const charge = standIn.books.charges.find((one) => one.prompt === prompt);
      const { bytes } = await taking.take(pictures[0], provider.trustedHosts);
      const made = await standIn.pictureBytes(charge?.requestId ?? '', 0);
      expect(Buffer.from(bytes).equals(made)).toBe(true);
    }
    expect(rig.posts()).toHaveLength(numbers.length);
  });
}
