import { DiscordAPIError, RESTJSONErrorCodes } from 'discord.js';
import { problemOf } from './problem.ts';

/** Whether Discord says, of a request about a message, that it or all of its channel is no more. */
export function messageGone(error: unknown): boolean {
  return (
    problemOf(error) === 'original-gone' ||
    (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownChannel)
  );
}
