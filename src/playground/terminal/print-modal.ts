import type { APIModalInteractionResponseCallbackData } from 'discord-api-types/v10';
import { z } from 'zod';
import type { Ink } from './print-message.ts';

const field = z.looseObject({
  custom_id: z.string(),
  required: z.boolean().optional(),
  max_length: z.number().optional(),
  value: z.string().optional(),
});
const label = z.looseObject({
  label: z.string(),
  description: z.string().optional(),
  component: field,
});

/** The ids of a modal's fields, in order. */
export function fieldIds(modal: APIModalInteractionResponseCallbackData): string[] {
  return labelsOf(modal).map(({ component }) => component.custom_id);
}

/** An open modal with its fields, in lines for a terminal. */
export function printModal(modal: APIModalInteractionResponseCallbackData, ink: Ink): string {
  const labels = labelsOf(modal);
  const fields = labels.flatMap(({ label: name, description, component }) => {
    const { custom_id: id, required = true, max_length: max, value } = component;
    const facts = [
      required ? 'required' : 'may be left out',
      ...(max === undefined ? [] : [`at most ${max.toLocaleString('en')} characters`]),
    ].join(', ');
    return [
      `${ink.strong(id)}  ${name}  ${ink.faint(`(${facts})`)}`,
      ...(description === undefined ? [] : [`  ${ink.faint(description)}`]),
      ...(value === undefined ? [] : value.split('\n').map((line) => `  > ${line}`)),
    ];
  });
  const lines = [
    `a form: ${ink.strong(modal.title)}`,
    ...fields,
    ink.accent(
      `fill ${fieldIds(modal)
        .map((id) => `${id}=…`)
        .join(' ')}`,
    ),
  ];
  return lines
    .map((line, index) => `${index === 0 ? '╔' : index === lines.length - 1 ? '╚' : '║'} ${line}`)
    .join('\n');
}

/**
 * What a line enters into a modal: `words=bad why=because`, or text alone for the first field; `\n` is
 * a new line.
 */
export function readFields(
  text: string,
  modal: APIModalInteractionResponseCallbackData,
): Record<string, string> {
  const ids = fieldIds(modal);
  const marks =
    ids.length === 0 ? [] : [...text.matchAll(new RegExp(`(?:^|\\s)(${ids.join('|')})=`, 'g'))];
  const before = text.slice(0, marks[0]?.index ?? text.length).trim();
  const entered = marks.map((mark, index): [string, string] => [
    mark[1] ?? '',
    text.slice(mark.index + mark[0].length, marks[index + 1]?.index).trim(),
  ]);
  const all = before === '' ? entered : [[ids[0] ?? before, before] as const, ...entered];
  return Object.fromEntries(all.map(([id, value]) => [id, value.replaceAll('\\n', '\n')]));
}

function labelsOf({ components }: APIModalInteractionResponseCallbackData) {
  return components.map((each) => label.safeParse(each).data).filter((each) => each !== undefined);
}
