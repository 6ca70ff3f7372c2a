import { aspects } from '../src/domain/aspect.ts';
import type { Given, GivenAttachment, Refused } from '../src/discord/command.ts';
import { ranges as widest } from '../src/domain/request.ts';
import type { ReferenceImage } from '../src/domain/request.ts';
import type { Wish } from '../src/domain/wish.ts';
import { present } from '../src/policy/present.ts';
import type { ImagineRanges } from './imagine-ranges.ts';
import {
  id,
  integer,
  number,
  oneOf,
  optional,
  readOptions,
  text,
  wrong,
  yesOrNo,
} from './options.ts';

/** Code points of the name of a model, a style or a scheduler. */
export const longestName = 100;

export interface ImagineOptions {
  readonly wish: Wish;
  readonly private: boolean;
}

/**
 * Makes the reader of the options as they came from a client, which may have been bypassed.
 *
 * @param attachmentHosts the hosts at which Discord keeps what members upload; others are refused
 */
export function imagineOptionsReader(
  ranges: ImagineRanges,
  attachmentHosts: ReadonlySet<string>,
): (given: Pick<Given, 'options' | 'attachments'>) => ImagineOptions | Refused {
  const options = optionsOf(ranges);
  return ({ options: given, attachments }) => {
    const read = readOptions(options, given);
    if ('refused' in read) return read;
    const { private: isPrivate, image: imageId, spoiler, ...rest } = read.values;
    if (rest.strength !== undefined && imageId === undefined)
      return wrong('strength', rest.strength, { kind: 'only-with', other: 'image' });
    const image = imageId === undefined ? undefined : attachments.get(imageId);
    const isPicture = isFrom(attachmentHosts, image) && image.contentType?.startsWith('image/');
    if (imageId !== undefined && !isPicture)
      return wrong('image', image?.name ?? '', options.image.allows(imageId));
    return {
      wish: {
        prompt: rest.prompt,
        ...present(rest),
        ...(image ? { image: referenceOf(image) } : {}),
        ...(spoiler ? { spoiler } : {}),
      },
      private: isPrivate,
    };
  };
}

/** What no model takes is read all the same, so that it is said which could. */
function optionsOf(ranges: ImagineRanges) {
  const name = (): ReturnType<typeof text> => text({ min: 1, max: longestName });
  return {
    prompt: text(ranges.prompt),
    model: optional(name()),
    images: optional(integer(ranges.images)),
    aspect: optional(oneOf(ranges.aspects.length === 0 ? aspects : ranges.aspects)),
    style: optional(name()),
    negative: optional(text(ranges.negative ?? widest.negative)),
    seed: optional(integer(ranges.seed ?? widest.seed)),
    guidance: optional(number(ranges.guidance ?? widest.guidance)),
    steps: optional(integer(ranges.steps ?? widest.steps)),
    scheduler: optional(name()),
    image: optional(id({ what: 'a picture that you upload', example: 'fox.png' })),
    strength: optional(number(ranges.strength ?? widest.strength)),
    spoiler: yesOrNo(),
    private: yesOrNo(),
  };
}

function isFrom(
  hosts: ReadonlySet<string>,
  image: GivenAttachment | undefined,
): image is GivenAttachment {
  return image !== undefined && URL.canParse(image.url) && hosts.has(new URL(image.url).host);
}

function referenceOf({ url, contentType, sizeBytes }: GivenAttachment): ReferenceImage {
  return { url, contentType: contentType?.split(';')[0]?.trim() ?? '', sizeBytes };
}
