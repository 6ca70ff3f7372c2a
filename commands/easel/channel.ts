import { en } from '../../src/messages/en.ts';
import { setChannel } from '../../src/policy/edits/set-channel.ts';
import type { Change } from './change.ts';
import { givenChannel } from './given-channel.ts';
import type { Subcommand } from './subcommand.ts';

/** `/easel channel …`; without a channel it is about the whole server. */
export function channelSubcommands(change: Change): Readonly<Record<string, Subcommand>> {
  const set =
    (allowed: boolean | null): Subcommand =>
    (asked) => {
      const channel = givenChannel(asked.given, en.easel.wanted.channel);
      if (channel && 'refused' in channel) return channel;
      return change(
        asked,
        (settings) => setChannel(settings, channel?.id ?? null, allowed),
        () => asked.texts.easel.note.channel,
      );
    };
  return { 'channel allow': set(true), 'channel deny': set(false), 'channel clear': set(null) };
}
