import { MessageFlags } from 'discord.js';
import type { AnySelectMenuInteraction, ButtonInteraction } from 'discord.js';
import { readCustomId } from '../messages/custom-id.ts';
import type { ModalBody } from '../messages/modal-body.ts';
import { readCall } from './call.ts';
import type { Press } from './call.ts';
import type { ButtonHandler, Refused } from './command.ts';
import type { Desk } from './desk.ts';

/** Takes a press on a button, or a choice in a select, to its handler. */
export async function takePress(
  desk: Desk,
  interaction: ButtonInteraction | AnySelectMenuInteraction,
): Promise<void> {
  const id = readCustomId(interaction.customId);
  const buttons = id && desk.owner(id)?.buttons;
  // The action comes from a client: it must not find what every object has.
  const handler = buttons && Object.hasOwn(buttons, id.action) ? buttons[id.action] : undefined;
  const values = interaction.isButton() ? [] : interaction.values;
  const press: Press = {
    ...readCall(interaction),
    ref: id?.ref ?? '',
    values,
    messageId: interaction.message.id,
    messageIsPrivate: interaction.message.flags.has(MessageFlags.Ephemeral),
  };
  const answer = desk.answers.at(press);
  if (desk.stopping) return desk.refuseAtOnce(press, answer, { refused: { reason: 'stopping' } });
  if (!id || !handler) return desk.refuseAtOnce(press, answer, { refused: { reason: 'gone' } });
  const name = `${id.command}:${id.action}`;
  if (handler.answers === 'modal') {
    const modal = prepareModal(desk, name, handler, press);
    if ('refused' in modal) return desk.refuseAtOnce(press, answer, modal);
    await desk.acknowledge(press, name, () => answer.showModal(modal));
    return;
  }
  const { answers } = handler;
  // Of several processes that hear of a press, the one whose acknowledgement was taken goes on.
  const taken = await desk.acknowledge(press, name, () => answer.acknowledge(answers));
  if (taken !== 'ours') return;
  try {
    await handler.press(press, answer);
  } catch (error) {
    const where = answers === 'update' || answer.finished ? 'beside' : 'there';
    await desk.apologise(press, answer, desk.bug(name, error, false), where);
  }
}

function prepareModal(
  desk: Desk,
  name: string,
  handler: Extract<ButtonHandler, { answers: 'modal' }>,
  press: Press,
): ModalBody | Refused {
  try {
    return handler.modal(press);
  } catch (error) {
    return { refused: desk.bug(name, error, true) };
  }
}
