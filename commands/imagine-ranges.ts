import { aspects } from '../src/domain/aspect.ts';
import type { Aspect } from '../src/domain/aspect.ts';
import type { Model, Range, Takes } from '../src/domain/model.ts';
import { ranges } from '../src/domain/request.ts';

/** What the options of `/imagine` allow where no model is chosen yet: whatever some model takes. */
export interface ImagineRanges {
  readonly prompt: Range;
  readonly images: Range;
  /** Of what no model takes there is nothing: such options are not registered. */
  readonly guidance: Range | undefined;
  readonly steps: Range | undefined;
  readonly aspects: readonly Aspect[];
  readonly negative: Range | undefined;
  readonly seed: Range | undefined;
  readonly schedulers: boolean;
  readonly image: boolean;
  readonly strength: Range | undefined;
}

export function imagineRanges(models: readonly Model[]): ImagineRanges {
  const takes = models.map((model) => model.takes);
  const rangeOf = (pick: (each: Takes) => Range | undefined): Range | undefined =>
    union(takes.flatMap((each) => pick(each) ?? []));
  const { prompt, images } = ranges;
  return {
    prompt:
      rangeOf(({ promptLength: { max } }) => ({
        min: prompt.min,
        max: Math.min(max, prompt.max),
      })) ?? prompt,
    images: rangeOf(({ mostImages: max }) => ({ min: images.min, max })) ?? images,
    guidance: rangeOf(({ guidance }) => guidance),
    steps: rangeOf(({ steps }) => steps),
    aspects: aspects.filter((aspect) => takes.some((each) => each.aspects?.includes(aspect))),
    negative: rangeOf(({ negativeLength: max }) =>
      max === undefined
        ? undefined
        : { min: ranges.negative.min, max: Math.min(max, ranges.negative.max) },
    ),
    seed: rangeOf(({ seed }) => seed),
    schedulers: takes.some(({ schedulers = [] }) => schedulers.length > 0),
    image: takes.some(({ image }) => image !== undefined),
    strength: rangeOf(({ strength }) => strength),
  };
}

function union(found: readonly Range[]): Range | undefined {
  if (found.length === 0) return undefined;
  return {
    min: Math.min(...found.map(({ min }) => min)),
    max: Math.max(...found.map(({ max }) => max)),
  };
}
