import type { Call } from '../src/discord/call.ts';
import type { Given } from '../src/discord/command.ts';
import type { Texts } from '../src/messages/texts.ts';

/** A subcommand that somebody used in a guild. */
export interface Asked {
  readonly call: Call & { readonly guildId: string };
  readonly given: Given;
  readonly texts: Texts;
}
