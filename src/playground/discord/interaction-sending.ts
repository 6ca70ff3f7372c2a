import type { Core } from './core.ts';
import type { InteractionBook } from './interaction-book.ts';
import { interactionPayload } from './interaction-payload.ts';
import { createInvocation } from './invocation.ts';
import type { Json } from './payloads.ts';
import { ClientRefused } from './person.ts';
import type { Invocation } from './person.ts';

/** Opens an interaction and sends it to the bot, or keeps it for the session to resume. */
export function sendInteraction(
  core: Core,
  facts: Parameters<InteractionBook['open']>[0],
  data: Json,
): Invocation {
  const { guild } = facts.channel;
  if (guild !== undefined && !guild.members.has(core.world.bot.id))
    throw new ClientRefused(`the bot is not in ${guild.name}`);
  const interaction = core.interactions.open(facts);
  core.dispatch({
    t: 'INTERACTION_CREATE',
    d: () => interactionPayload(core, interaction, data),
    intent: 0,
    ...(guild === undefined ? {} : { guildId: guild.id }),
  });
  return createInvocation(core, interaction);
}
