import type { RequestRules } from '../../src/domain/rule.ts';
import { setRequests } from '../../src/policy/edits/set-requests.ts';
import { integer, oneOf, optional, readOptions, wrong } from '../options.ts';
import type { CommandParts } from '../parts.ts';
import type { Change } from './change.ts';
import { easelRanges } from './ranges.ts';
import type { Subcommand } from './subcommand.ts';
import { usual, usualNames } from './usual.ts';

/** `/easel requests`: what is named is set; a number beats its being set back at the same time. */
export function requestsSubcommands(
  { operatorLimits }: CommandParts,
  change: Change,
): Readonly<Record<string, Subcommand>> {
  return {
    requests(asked) {
      const { given, texts } = asked;
      const read = readOptions(options, given.options);
      if ('refused' in read) return read;
      const { pictures, running, waiting, 'cool-down': coolDown } = read.values;
      const back = read.values['back-to-usual'];
      const asSet: Partial<RequestRules> = {
        ...(back === undefined ? {} : usual(back)),
        ...(pictures === undefined ? {} : { mostPictures: pictures }),
        ...(running === undefined ? {} : { running }),
        ...(waiting === undefined ? {} : { waiting }),
        ...(coolDown === undefined ? {} : { coolDownSeconds: coolDown === 0 ? null : coolDown }),
      };
      if (Object.keys(asSet).length === 0)
        return wrong('requests', undefined, {
          kind: 'like',
          ...texts.easel.wanted.something,
        });
      return change(asked, (settings) => setRequests(settings, operatorLimits, asSet));
    },
  };
}

const options = {
  pictures: optional(integer(easelRanges.pictures)),
  running: optional(integer(easelRanges.running)),
  waiting: optional(integer(easelRanges.waiting)),
  'cool-down': optional(integer(easelRanges.coolDownSeconds)),
  'back-to-usual': optional(oneOf(usualNames)),
};
