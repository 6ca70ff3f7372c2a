import type { Given, GivenChannel, Refused } from '../../src/discord/command.ts';
import { id, optional, readOptions, wrong } from '../options.ts';

/** The channel that the option `channel` names, if it names one. It must be one that Discord knows here. */
export function givenChannel(
  given: Given,
  wanted: { readonly what: string; readonly example: string },
): (GivenChannel & { readonly id: string }) | Refused | undefined {
  const read = readOptions({ channel: optional(id(wanted)) }, given.options);
  if ('refused' in read) return read;
  const { channel } = read.values;
  if (channel === undefined) return undefined;
  const known = given.channels.get(channel);
  if (!known) return wrong('channel', channel, { kind: 'like', ...wanted });
  return { ...known, id: channel };
}
