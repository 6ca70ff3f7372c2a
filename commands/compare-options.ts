import type { Given, Refused } from '../src/discord/command.ts';
import type { Catalogue } from '../src/domain/catalogue.ts';
import type { Wish } from '../src/domain/wish.ts';
import { modelNames, mostComparedImages } from './compare-definition.ts';
import { imagineOptionsReader } from './imagine-options.ts';
import type { ImagineRanges } from './imagine-ranges.ts';
import { integer, optional, readOptions, text, wrong } from './options.ts';
import { longestName } from './imagine-options.ts';

export interface CompareOptions {
  readonly wish: Wish;
  /** Keys as they were given, 2 to 4, each once. */
  readonly models: readonly string[];
  readonly private: boolean;
}

/** Makes the reader of the options as they came from a client, which may have been bypassed. */
export function compareOptionsReader(
  ranges: ImagineRanges,
  catalogue: Catalogue,
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
      // A provider's name and its first model are one model.
      const key = catalogue.find(given)?.model.key ?? given;
      if (models.includes(key)) return wrong(name, given, { kind: 'different' });
      models.push(key);
    }
    return { wish: read.wish, models, private: read.private };
  };
}
