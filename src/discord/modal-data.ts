import { ComponentType, TextInputStyle } from 'discord.js';
import type { APIModalInteractionResponseCallbackData } from 'discord.js';
import type { ModalBody } from '../messages/modal-body.ts';

/**
 * A modal as Discord takes it: each field is a text input in a label.
 *
 * @see Discord's component reference, "Label" and "Text Input"
 */
export function modalData(modal: ModalBody): APIModalInteractionResponseCallbackData {
  return {
    custom_id: modal.customId,
    title: modal.title,
    components: modal.fields.map((field) => ({
      type: ComponentType.Label,
      label: field.label,
      ...(field.hint === undefined ? {} : { description: field.hint }),
      component: {
        type: ComponentType.TextInput,
        custom_id: field.id,
        style: field.lines === 'one' ? TextInputStyle.Short : TextInputStyle.Paragraph,
        required: field.required,
        ...(field.placeholder === undefined ? {} : { placeholder: field.placeholder }),
        ...(field.minLength === undefined ? {} : { min_length: field.minLength }),
        max_length: field.maxLength,
        ...(field.value === undefined || field.value === '' ? {} : { value: field.value }),
      },
    })),
  };
}
