import { ApplicationCommandType, InteractionType } from 'discord-api-types/v10';
import { checkDelivery, checkUse, findCommand, unknownCommand } from './command-use.ts';
import type { Core } from './core.ts';
import { sendInteraction } from './interaction-sending.ts';
import { wholeMessagePayload } from './message-payload.ts';
import { canSee } from './message-store.ts';
import { ClientRefused } from './person.ts';
import type { Invocation } from './person.ts';
import type { SeenMessage } from './seen.ts';
import type { User } from './world.ts';

/** Uses a command in the menu of a message. @throws {ClientRefused} */
export function useMenu(
  core: Core,
  user: User,
  name: string,
  target: SeenMessage | string,
  raw: boolean,
): Invocation {
  const id = typeof target === 'string' ? target : target.id;
  const message = core.messages.get(id);
  if (message === undefined || (!raw && !canSee(user, message)))
    throw new ClientRefused(`${user.name} does not see the message ${id}`);
  const { channel } = message;
  const type = ApplicationCommandType.Message;
  const found = findCommand(core, name, type, channel.guild);
  if (raw) checkDelivery(user, channel, found, name);
  else {
    checkUse(user, channel, found, name);
    // The menu of an ephemeral message has no apps in it.
    if (message.onlyFor !== undefined)
      throw new ClientRefused(`${name}: is not offered on a message that you alone see`);
  }
  const command = found ?? unknownCommand(core, name, type);
  return sendInteraction(
    core,
    {
      type: InteractionType.ApplicationCommand,
      user,
      channel,
      command: name,
      inMenu: true,
      sourceId: undefined,
      openedBy: undefined,
    },
    {
      id: command.id,
      name,
      type,
      target_id: message.id,
      resolved: {
        messages: { [message.id]: wholeMessagePayload(message, core.world, core.files) },
      },
      ...(command.guild_id === undefined ? {} : { guild_id: command.guild_id }),
    },
  );
}
