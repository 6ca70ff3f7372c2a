import { expect } from 'vitest';
import type { ProviderResult, UsedSettings } from '../../../src/domain/provider.ts';
import { failureOf, onRig, type Rig } from './rig.ts';
import { spoil, type DescribedAnswer, type Subject } from './subject.ts';

/** What stands in the place of a field; missing first. */
const wrongs: readonly unknown[] = [undefined, null, 'text', {}, [], '', -1.5];

/** Any field of an answer may be missing, or of another type than the one that is documented. */
export function fieldCases(subject: Subject): void {
  const test = onRig(subject);

  test('are known here to the last one', async ({ rig }) => {
    for (const answer of subject.answers) {
      if (answer.afterLoss) spoil(rig.standIn, subject.answers[0], cut);
    }
    await rig.generate().catch(() => undefined);
    for (const answer of subject.answers) {
      const good = await goodAnswer(rig, answer);
      expect(fieldsOf(good), answer.at).toEqual(new Set(answer.fields));
    }
  });

  for (const answer of subject.answers) {
    const where = answer.at === 'post' ? 'of the answer' : `of ${answer.at}`;
    test.for(answer.fields.map((field) => [field] as const))(
      `may be anything: %s ${where}`,
      async ([field], { rig }) => {
        // What is looked at again and again is the next time as it should be.
        const values = answer.afterLoss ? wrongs.slice(0, 4) : wrongs;
        for (const [number, value] of values.entries()) {
          if (answer.afterLoss) spoil(rig.standIn, subject.answers[0], cut);
          spoil(rig.standIn, answer, { kind: 'field', path: field, value });
          await expectSense(rig, answer, { field, value, number });
        }
        expect(rig.posts()).toHaveLength(values.length);
      },
    );
  }
}

const cut = { kind: 'cut-in-body', atByte: 1 } as const;

/**
 * What can be read is read: a field that is not needed costs no picture. Else it is a protocol error
 * that leaves open what was made. Nothing that comes through is out of its mind.
 */
async function expectSense(
  rig: Rig,
  { needed }: DescribedAnswer,
  spoilt: { readonly field: string; readonly value: unknown; readonly number: number },
): Promise<void> {
  const { standIn } = rig;
  const { field, value, number } = spoilt;
  const what = `${field} = ${JSON.stringify(value)}`;
  const before = standIn.books.totalCost;
  const task = rig.generate({ request: rig.request(number) });
  const isNeeded = needed.some((one) => one === field || one.startsWith(`${field}.`));
  const outcome = await task.then(
    () => 'result',
    () => 'error',
  );
  expect(standIn.books.totalCost - before, what).toBe(1);
  if (outcome === 'error') {
    expect(isNeeded, `${what} costs the picture`).toBe(true);
    const error = await failureOf(task);
    expect(error.kind, what).toBe('protocol');
    expect(error.outcome, what).not.toBe('nothing-made');
    return;
  }
  const result = await task;
  expect(result.pictures, what).toHaveLength(1);
  expectSane(result, what);
}

function expectSane(result: ProviderResult, what: string): void {
  const { providerCost, requestId, used } = result;
  expect(Number.isFinite(providerCost) && providerCost >= 0, `${what}: cost`).toBe(true);
  expect(requestId ?? 'none', what).toMatch(/^[\w.:-]{1,100}$/);
  const saneSettings: {
    readonly [K in keyof Required<UsedSettings>]: (value: unknown) => boolean;
  } = {
    seed: Number.isSafeInteger,
    guidance: (value) => typeof value === 'number' && Number.isFinite(value),
    steps: (value) => Number.isSafeInteger(value) && Number(value) > 0,
    scheduler: (value) => typeof value === 'string' && value !== '',
    width: isPixels,
    height: isPixels,
    prompt: (value) => typeof value === 'string' && value !== '',
  };
  for (const [name, value] of Object.entries(used)) {
    const isSane = saneSettings[name as keyof UsedSettings](value);
    expect(isSane, `${what}: used.${name} = ${JSON.stringify(value)}`).toBe(true);
  }
}

function isPixels(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) > 0;
}

/** The API's own answer to the last such request of the adapter's, asked for once more. */
async function goodAnswer(rig: Rig, { at }: DescribedAnswer): Promise<unknown> {
  const asked = rig.standIn.requests.findLast(({ method, path }) =>
    at === 'post' ? method === 'POST' : method === 'GET' && path.includes(at),
  );
  if (asked === undefined) throw new Error(`nobody asked for ${at}`);
  return (await rig.repeat(asked)).json();
}

/** Of lists the first entry stands for all. */
function fieldsOf(value: unknown, path = ''): Set<string> {
  if (typeof value !== 'object' || value === null) return new Set();
  const entries: readonly (readonly [string, unknown])[] = Array.isArray(value)
    ? value.slice(0, 1).map((entry: unknown) => ['0', entry] as const)
    : Object.entries(value);
  return new Set(
    entries.flatMap(([name, field]) => {
      const here = path === '' ? name : `${path}.${name}`;
      return [here, ...fieldsOf(field, here)];
    }),
  );
}
