import type { ModalSubmitInteraction } from 'discord.js';
import { readCustomId } from '../messages/custom-id.ts';
import { readCall } from './call.ts';
import type { Form } from './call.ts';
import type { Desk } from './desk.ts';

/** Takes a modal that was filled in to its handler. */
export async function takeForm(desk: Desk, interaction: ModalSubmitInteraction): Promise<void> {
  const id = readCustomId(interaction.customId);
  const forms = id && desk.owner(id)?.forms;
  // The action comes from a client: it must not find what every object has.
  const handler = forms && Object.hasOwn(forms, id.action) ? forms[id.action] : undefined;
  const form: Form = {
    ...readCall(interaction),
    ref: id?.ref ?? '',
    fields: fieldsOf(interaction),
  };
  const answer = desk.answers.at(form);
  if (desk.stopping) return desk.refuseAtOnce(form, answer, { refused: { reason: 'stopping' } });
  if (!id || !handler) return desk.refuseAtOnce(form, answer, { refused: { reason: 'gone' } });
  const name = `${id.command}:${id.action}`;
  // A modal that a command opened has no message that could change.
  const answers = interaction.isFromMessage() ? handler.answers : 'private';
  // As with a press, the process whose acknowledgement was taken goes on.
  const taken = await desk.acknowledge(form, name, () => answer.acknowledge(answers));
  if (taken !== 'ours') return;
  try {
    await handler.submit(form, answer);
  } catch (error) {
    const where = answers === 'update' || answer.finished ? 'beside' : 'there';
    await desk.apologise(form, answer, desk.bug(name, error, false), where);
  }
}

/** The fields of text, by their ids. */
function fieldsOf({ fields }: ModalSubmitInteraction): Record<string, string> {
  return Object.fromEntries(
    [...fields.fields.values()].flatMap((field) =>
      'value' in field && typeof field.value === 'string' ? [[field.customId, field.value]] : [],
    ),
  );
}
