import type { Given, Refused } from '../src/discord/command.ts';
import type { Wish } from '../src/domain/wish.ts';
import { modelNames, mostComparedImages } from './compare-definition.ts';
import { imagineOptionsReader } from './imagine-options.ts';
import type { ImagineRanges } from './imagine-ranges.ts';
import { integer, optional, readOptions, text } from './options.ts';
import { longestName } from './imagine-options.ts';

export interface CompareOptions {
  readonly wish: Wish;
  /** As they were named, 2 to 4. */
  readonly models: readonly string[];
  readonly private: boolean;
}

/** Makes the reader of the options as they came from a client, which may have been bypassed. */
export function compareOptionsReader(
  ranges: ImagineRanges,
): (given: Given) => CompareOptions | Refused {
  const readShared = imagineOptionsReader(ranges, new Set());
  return ({ options, attachments }) => {
    const own = readOptions(
      { images: optional(integer({ min: 1, max: mostComparedImages })) },
      options,
    );
    if ('refused' in own) return own;
    const read = readShared({
      options: { ...options, images: own.values.images ?? 1 },
      attachments,
    });
    if ('refused' in read) return read;
    const models: string[] = [];
    for (const [index, name] of modelNames.entries()) {
      const model = text({ min: 1, max: longestName });
      const named = readOptions({ [name]: index < 2 ? model : optional(model) }, options);
      if ('refused' in named) return named;
      const given = named.values[name];
      if (given === undefined) continue;
      models.push(given);
    }
    return { wish: read.wish, models, private: read.private };
  };
}
