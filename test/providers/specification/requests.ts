import { afterAll, beforeAll, expect } from 'vitest';
import type { Model, Takes } from '../../../src/domain/model.ts';
import type { ProviderResult } from '../../../src/domain/provider.ts';
import type { ImageRequest } from '../../../src/domain/request.ts';
import { onRig, type Rig } from './rig.ts';
import { openGallery, type Gallery } from './gallery.ts';
import { fullRequest, plainRequest, withOption } from './requested.ts';
import type { Subject } from './subject.ts';
import { openTaking, type Taking } from './taking.ts';

/** Whatever a model says that it takes, its API really takes: the stand-ins are as strict as they are. */
export function requestCases(subject: Subject): void {
  const test = onRig(subject, { refreshed: true });
  let gallery: Gallery;
  let taking: Taking;
  beforeAll(async () => {
    gallery = await openGallery();
    taking = await openTaking();
  });
  afterAll(async () => {
    gallery.close();
    await taking.close();
  });

  test('of the fewest characters that it takes is made', ({ rig }) =>
    forEachModel(rig, async (model, number) => {
      const { min } = model.takes.promptLength;
      await made(rig, { ...plainRequest(model, number), prompt: text(min, number) });
    }));

  test('of the most characters that it takes is made, and goes out whole', ({ rig }) =>
    forEachModel(rig, async (model, number) => {
      const prompt = text(model.takes.promptLength.max, number);
      await made(rig, { ...plainRequest(model, number), prompt });
      expect(rig.posts().at(-1)?.prompt).toBe(prompt);
    }));

  test('of the most characters goes out whole where each of them is two of UTF-16', async ({
    rig,
  }) => {
    const prompt = '🦊'.repeat(rig.model.takes.promptLength.max);
    await made(rig, { ...rig.request(), prompt });
    expect(rig.posts()[0]?.prompt).toBe(prompt);
  });

  test('for each number of pictures that it makes comes with so many', ({ rig }) =>
    forEachModel(rig, async (model, number) => {
      for (let images = 1; images <= model.takes.mostImages; images += 1) {
        const request = { ...plainRequest(model, 10 * number + images), images };
        await made(rig, request);
        expect(rig.standIn.books.charges.at(-1)).toMatchObject({ images });
      }
    }));

  test('without a guidance is made', ({ rig }) =>
    forEachModel(rig, (model, number) => made(rig, plainRequest(model, number))));

  test('of the least and of the most guidance is made so', ({ rig, skip }) =>
    forEachTaking('guidance', rig, skip, async (model, number) => {
      const { guidance } = model.takes;
      if (guidance === undefined) return;
      for (const [index, value] of [
        guidance.min,
        guidance.default ?? guidance.min,
        guidance.max,
      ].entries()) {
        const request = plainRequest(model, 10 * number + index);
        const { used } = await made(rig, withOption(request, { guidance: value }));
        expect(used.guidance ?? value).toBe(value);
      }
    }));

  test('of the least and of the most steps is made', ({ rig, skip }) =>
    forEachTaking('steps', rig, skip, async (model, number) => {
      const { steps } = model.takes;
      if (steps === undefined) return;
      for (const [index, value] of [steps.min, steps.max].entries()) {
        const request = plainRequest(model, 10 * number + index);
        const { used, warnings } = await made(rig, withOption(request, { steps: value }));
        if (steps.effect) expect(used.steps ?? value).toBe(value);
        else expect(warnings).toContain('steps-ignored');
      }
    }));

  test('of each ratio that it takes is of that ratio', ({ rig, skip }) =>
    forEachTaking('aspects', rig, skip, async (model, number) => {
      for (const [index, aspect] of (model.takes.aspects ?? []).entries()) {
        const request = { ...plainRequest(model, 100 * number + index), images: 1 };
        const { used, pictures } = await made(rig, withOption(request, { aspect }));
        const { width = 0, height = 0 } =
          used.width === undefined
            ? await taking.take(pictures[0], rig.provider.trustedHosts)
            : used;
        const [wide = 0, high = 0] = aspect.split(':').map(Number);
        // Sides are told in steps of 64 pixels here and there.
        expect(Math.abs(Math.log(width / height / (wide / high))), aspect).toBeLessThan(0.08);
      }
    }));

  test('of the most that is not to be shown is made, and all of it goes out', ({ rig, skip }) =>
    forEachTaking('negativeLength', rig, skip, async (model, number) => {
      const { negativeLength } = model.takes;
      if (negativeLength === undefined) return;
      const negative = text(negativeLength, number);
      await made(rig, withOption(plainRequest(model, number), { negative }));
      expect(rig.posts().at(-1)?.body).toContain(negative);
    }));

  test('of the least and of the greatest seed is made with it', ({ rig, skip }) =>
    forEachTaking('seed', rig, skip, async (model, number) => {
      const range = model.takes.seed;
      if (range === undefined) return;
      for (const [index, seed] of [range.min, range.max].entries()) {
        const request = plainRequest(model, 10 * number + index);
        expect((await made(rig, withOption(request, { seed }))).used.seed).toBe(seed);
      }
    }));

  test('of each scheduler is made with it', ({ rig, skip }) =>
    forEachTaking('schedulers', rig, skip, async (model, number) => {
      for (const [index, scheduler] of (model.takes.schedulers ?? []).entries()) {
        const request = plainRequest(model, 10 * number + index);
        const { used, warnings } = await made(rig, withOption(request, { scheduler }));
        expect(used.scheduler ?? scheduler).toBe(scheduler);
        expect(warnings).not.toContain('scheduler-replaced');
      }
    }));

  test('of each style of its own is made, and the style goes out', ({ rig, skip }) =>
    forEachTaking('styles', rig, skip, async (model, number) => {
      for (const [index, name] of (model.takes.styles ?? []).entries()) {
        const request = plainRequest(model, 10 * number + index);
        await made(rig, withOption(request, { style: { kind: 'model', name } }));
        expect(rig.posts().at(-1)?.body).toContain(JSON.stringify(name));
      }
    }));

  test('with a picture to start from is made, however strongly it is kept to', ({ rig, skip }) =>
    forEachTaking('image', rig, skip, async (model, number) => {
      const { image, strength } = model.takes;
      if (image === undefined) return;
      const request = { ...plainRequest(model, 10 * number), images: 1 };
      await made(rig, withOption(request, { image: gallery.picture }));
      expect(rig.posts().at(-1)?.body).toContain(gallery.picture.url);
      for (const [index, value] of [strength?.min, strength?.max].entries()) {
        if (value === undefined) continue;
        const again = { ...plainRequest(model, 10 * number + 1 + index), images: 1 };
        await made(rig, withOption(again, { image: gallery.picture, strength: value }));
      }
    }));

  test('for all that a model takes at once is made', ({ rig }) =>
    forEachModel(rig, async (model, number) => {
      await made(rig, fullRequest(model, gallery.picture, number));
    }));

  test("in a guild's style goes out in its words", async ({ rig }) => {
    const style = { kind: 'guild', name: 'ink', text: 'ink of {prompt} on $& paper', negative: '' };
    const request = withOption(rig.request(), { style: { ...style, kind: 'guild' } });
    await made(rig, request);
    expect(rig.posts()[0]?.prompt).toBe(`ink of ${request.prompt} on $& paper`);
  });

  test('whose style says what not to show sends that, or tells that it could not', ({ rig }) =>
    forEachModel(rig, async (model, number) => {
      const style = { kind: 'guild', name: 'ink', text: 'ink', negative: 'fog' } as const;
      const { warnings } = await made(rig, withOption(plainRequest(model, number), { style }));
      const takesIt = model.takes.negativeLength !== undefined;
      expect(warnings.includes('style-negative-left-out')).toBe(!takesIt);
      expect(rig.posts().at(-1)?.body?.includes('fog')).toBe(takesIt);
    }));

  test.for([
    ['quotes and backslashes', String.raw`a "fox" \ 'hare' \n \u0041`],
    ['several scripts', 'лиса 狐狸 ثعلب à la façon de Gauß'],
    ['joined emoji', 'a 👩‍🚀 beside a 🏳️‍🌈'],
    ['markup and code', '<b>fox</b> ${1} {{prompt}} {prompt} %s %00 &amp; -- ;'],
    ['a JSON object', '{"prompt":"hare","n":4}'],
    ['a long word', `fox${'x'.repeat(300)}`],
  ] as const)('of %s goes out as it is', async ([, prompt], { rig }) => {
    await made(rig, { ...rig.request(), prompt });
    expect(rig.posts()[0]?.prompt).toBe(subject.written?.(prompt) ?? prompt);
  });

  test('never carries its key in a body or in an address', async ({ rig }) => {
    await made(rig, rig.request());
    for (const { body, path } of rig.standIn.requests) {
      expect(`${path}\n${body ?? ''}`).not.toContain(rig.standIn.key);
    }
  });

  test('never goes out when no such model is offered', async ({ rig, skip }) => {
    if (rig.provider.models().length === 1) skip('it has one model, and nothing to mix up');
    const model = `${rig.model.provider}/no-such-model`;
    const error = await rig.failure({ request: { ...rig.request(), model } });
    expect(error).toMatchObject({ kind: 'invalid', outcome: 'nothing-made' });
    expect(rig.posts()).toEqual([]);
  });
}

/** It is taken, and comes with all that was asked for, at what the books say. */
async function made(rig: Rig, request: ImageRequest): Promise<ProviderResult> {
  const { books } = rig.standIn;
  const before = books.totalCost;
  const result = await rig.generate({ request });
  expect(result.pictures).toHaveLength(request.images);
  expect(result.providerCost).toBe(books.totalCost - before);
  return result;
}

type Act = (model: Model, number: number) => Promise<unknown>;

/** Of models that take the same, one is enough. */
function kindsOf({ provider }: Rig): readonly Model[] {
  return [
    ...new Map(provider.models().map((model) => [JSON.stringify(model.takes), model])).values(),
  ];
}

async function forEachModel(rig: Rig, act: Act): Promise<void> {
  for (const [number, model] of kindsOf(rig).entries()) await act(model, number);
}

/** The same for those that take an option. */
async function forEachTaking(
  option: keyof Takes,
  rig: Rig,
  skip: (note: string) => void,
  act: Act,
): Promise<void> {
  const taking = kindsOf(rig).filter(({ takes }) => takes[option] !== undefined);
  if (taking.length === 0) skip('none of its models takes that');
  for (const [number, model] of taking.entries()) await act(model, number);
}

/** A text of so many characters, told apart by the number as far as there is room. */
function text(length: number, number: number): string {
  return `${number} ${'lighthouse of porcelain '.repeat(Math.ceil(length / 24))}`
    .slice(0, length)
    .replace(/ $/, 's');
}
