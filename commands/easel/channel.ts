import type { Refused } from '../../src/discord/command.ts';
import { en } from '../../src/messages/en.ts';
import type { Texts } from '../../src/messages/texts.ts';
import { setChannel } from '../../src/policy/edits/set-channel.ts';
import type { Asked } from '../asked.ts';
import { optional, readOptions, text, wrong } from '../options.ts';
import type { Change } from './change.ts';
import { givenChannel } from './given-channel.ts';
import type { Subcommand } from './subcommand.ts';

/** `/easel channel …`; without a channel it is about the whole server. */
export function channelSubcommands(change: Change): Readonly<Record<string, Subcommand>> {
  const set =
    (allowed: boolean | null, placeOf: (asked: Asked) => Place | Refused): Subcommand =>
    (asked) => {
      const place = placeOf(asked);
      if ('refused' in place) return place;
      return change(
        asked,
        (settings) => setChannel(settings, place.channelId, allowed),
        () => noteOn(asked.texts, place.channelId, allowed),
      );
    };
  return {
    'channel allow': set(true, placeGiven),
    'channel deny': set(false, placeGiven),
    'channel clear': set(null, placeToClear),
  };
}

/** What follows for other channels. */
function noteOn(
  { easel: { note } }: Texts,
  channelId: string | null,
  allowed: boolean | null,
): string {
  if (channelId !== null) return note.channel;
  return allowed === null ? note.nowhereSet : note.everywhere;
}

/** A channel or category; `null` is the whole server. */
interface Place {
  readonly channelId: string | null;
}

const { wanted } = en.easel;
const clearOptions = { rule: optional(text({ min: 1, max: 100 })) };

function placeGiven({ given }: Asked): Place | Refused {
  const channel = givenChannel(given, wanted.channel);
  if (channel && 'refused' in channel) return channel;
  return { channelId: channel?.id ?? null };
}

/** Discord's own option knows no channel that was deleted: its rule is named by its id. */
function placeToClear(asked: Asked): Place | Refused {
  const place = placeGiven(asked);
  const read = readOptions(clearOptions, asked.given.options);
  if ('refused' in read) return read;
  const { rule } = read.values;
  if (rule === undefined || 'refused' in place) return place;
  if (place.channelId !== null) return wrong('rule', rule, { kind: 'like', ...wanted.noRule });
  const id = /^(?:<#)?(\d{15,21})>?$/.exec(rule)?.[1];
  return id === undefined
    ? wrong('rule', rule, { kind: 'like', ...wanted.channelRule })
    : { channelId: id };
}
