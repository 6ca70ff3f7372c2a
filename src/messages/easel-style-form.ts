import type { Refusal } from '../domain/refusal.ts';
import { styleRanges } from '../domain/style.ts';
import type { Style } from '../domain/style.ts';
import { textBody } from './body.ts';
import type { Body } from './body.ts';
import { cut } from './cut.ts';
import { easelIds } from './easel-ids.ts';
import { styleOptionsText } from './en-style.ts';
import { fittingLines } from './fitting-lines.ts';
import type { ModalBody, ModalField } from './modal-body.ts';
import type { Texts } from './texts.ts';

/** The fields of a style's form, by their ids. */
export const styleFields = ['name', 'text', 'negative', 'options'] as const;

export type StyleField = (typeof styleFields)[number];

/** Code points of the line with the default options. */
export const styleOptionsLength = 200;

/** The form that makes a style or, of one that there is, changes it. `ref` is what custom ids call it by. */
export function styleModal(
  { easel }: Texts,
  existing: { readonly style: Style; readonly ref: string } | null,
): ModalBody {
  const { addTitle, editTitle, fields } = easel.styles;
  const style = existing?.style;
  const { name, text, negative } = styleRanges;
  const field = (id: StyleField, maxLength: number, value: string | undefined): ModalField => ({
    id,
    ...fields[id],
    lines: id === 'text' || id === 'negative' ? 'many' : 'one',
    required: id === 'name',
    maxLength,
    ...(value === undefined || value === '' ? {} : { value }),
  });
  return {
    customId: existing ? easelIds.editStyle(existing.ref) : easelIds.addStyle,
    title: style ? cut(editTitle(style.name), 45) : addTitle,
    fields: [
      field('name', name.max, style?.name),
      field('text', text.max, style?.text),
      field('negative', negative.max, style?.negative),
      field('options', styleOptionsLength, style && styleOptionsText(style.options).join(', ')),
    ],
  };
}

/** Of the 4000 characters that Discord takes in all. */
const problemUnits = 1400;
const typedUnits: Readonly<Record<StyleField, number>> = {
  name: 80,
  text: 1000,
  negative: 1000,
  options: 200,
};

/** Every reason why a style is not kept, and what was typed, which the form has forgotten. */
export function styleProblemsBody(
  texts: Texts,
  problems: readonly Refusal[],
  typed: Readonly<Record<string, string>>,
): Body {
  const { styles: words } = texts.easel;
  const lines = problems.map((problem) => `- ${texts.refusal(problem)}`);
  const blocks = styleFields.flatMap((id) => {
    const value = typed[id] ?? '';
    return value.trim() === ''
      ? []
      : [`${words.fields[id].label}\n${codeBlock(value, typedUnits[id])}`];
  });
  return textBody(
    [
      words.problems(problems.length),
      ...fittingLines(lines, problemUnits, (n) => `- ${texts.easel.more(n)}`),
      ...(blocks.length === 0 ? [] : [words.typed, ...blocks]),
    ].join('\n'),
  );
}

/** A block that shows the text as it is. Three backticks in it would end it, so they are kept apart. */
function codeBlock(text: string, maxUnits: number): string {
  return `\`\`\`\n${cut(text.replaceAll('``', '`\u{200B}`'), maxUnits)}\n\`\`\``;
}
