import { DiscordAPIError, RESTJSONErrorCodes } from 'discord.js';

/** What went wrong with a request to Discord, as far as it decides what to try next. */
export type Problem =
  | 'already-acknowledged' // 40060
  | 'unknown-interaction' // 10062: too late
  | 'original-gone' // 10008, 10015
  | 'token-ended' // 50027
  | 'too-large' // 40005
  | 'text-blocked' // AutoMod
  | 'no-access' // 50001, 50013, 10003, …: posting there will not work
  | 'rejected' // any other 4xx: our own mistake
  | 'broken'; // network, 5xx, time-out: another try may work

/** AutoMod's "message blocked" and "title blocked". Source: Discord's JSON error codes. */
const blockedByAutoMod = new Set<number | string>([200_000, 200_001]);

export function problemOf(error: unknown): Problem {
  if (!(error instanceof DiscordAPIError)) return 'broken';
  if (blockedByAutoMod.has(error.code)) return 'text-blocked';
  switch (error.code) {
    case RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged:
      return 'already-acknowledged';
    case RESTJSONErrorCodes.UnknownInteraction:
      return 'unknown-interaction';
    case RESTJSONErrorCodes.UnknownMessage:
    case RESTJSONErrorCodes.UnknownWebhook:
      return 'original-gone';
    case RESTJSONErrorCodes.InvalidWebhookToken:
      return 'token-ended';
    case RESTJSONErrorCodes.RequestEntityTooLarge:
      return 'too-large';
    case RESTJSONErrorCodes.MissingAccess:
    case RESTJSONErrorCodes.MissingPermissions:
    case RESTJSONErrorCodes.UnknownChannel:
    case RESTJSONErrorCodes.UnknownGuild:
      return 'no-access';
  }
  if (error.status === 413) return 'too-large';
  if (error.status === 403 || error.status === 404) return 'no-access';
  return error.status >= 500 ? 'broken' : 'rejected';
}
