import type { Answer } from '../../src/discord/answer.ts';
import type { Call } from '../../src/discord/call.ts';
import type { Refusal } from '../../src/domain/refusal.ts';
import { textBody } from '../../src/messages/body.ts';
import { textsFor } from '../../src/messages/texts.ts';
import { maySetUp } from '../../src/policy/rights.ts';

/**
 * The guild that somebody sets up by a button, a select or a modal: Discord checks nobody's rights
 * for these. `undefined`, and told beside the message, where it is not theirs to set up.
 */
export async function setterUp(call: Call, answer: Answer): Promise<string | undefined> {
  const refusal = setUpRefusal(call);
  if (refusal === undefined && call.guildId !== null) return call.guildId;
  if (refusal) await answer.followUpPrivately(textBody(textsFor(call.locale).refusal(refusal)));
  return undefined;
}

/** Why somebody may not set this place up with anything but a slash command. */
export function setUpRefusal(call: Call): Refusal | undefined {
  if (call.guildId === null) return { reason: 'guild-only' };
  return maySetUp(call) ? undefined : { reason: 'not-moderator', needs: 'Manage Server' };
}
