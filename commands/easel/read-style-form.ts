import type { Refusal } from '../../src/domain/refusal.ts';
import { promptPlace } from '../../src/domain/request.ts';
import { styleRanges } from '../../src/domain/style.ts';
import type { Style } from '../../src/domain/style.ts';
import { styleOptionsLength } from '../../src/messages/easel-style-form.ts';
import type { StyleField } from '../../src/messages/easel-style-form.ts';
import { en } from '../../src/messages/en.ts';
import { readStyleOptions } from '../../src/policy/read-style-options.ts';
import { readOptions, text, wrong } from '../options.ts';

/** A style as it was typed into its form. */
export interface StyleForm {
  /** As far as it could be read. */
  readonly style: Style;
  /** Everything that is wrong with it, whatever the guild's rules say. */
  readonly problems: readonly Refusal[];
}

const { wanted } = en.easel.styles;

/** Reads a style from its form, whose lengths a client may have passed over. */
export function readStyleForm(fields: Readonly<Record<string, string>>): StyleForm {
  const typed = (field: StyleField): string => (fields[field] ?? '').trim();
  const name = typed('name').replaceAll(/\s+/gu, ' ');
  const words = typed('text').replaceAll(loosePlace, promptPlace);
  const negative = typed('negative');
  const line = typed('options');
  const read = readStyleOptions(line);
  const problems = 'problems' in read ? read.problems : [];
  return {
    style: { name, text: words, negative, options: 'options' in read ? read.options : {} },
    problems: [
      ...lengthProblem('name', name, styleRanges.name),
      ...lengthProblem('text', words, styleRanges.text),
      ...(words.split(promptPlace).length > 2
        ? [wrong('text', words, { kind: 'like', ...wanted.onePlace }).refused]
        : []),
      ...lengthProblem('negative', negative, styleRanges.negative),
      ...lengthProblem('options', line, { min: 0, max: styleOptionsLength }),
      ...problems.map((problem) => ({ reason: 'option' as const, ...problem })),
      ...(isNothing(words) && negative === '' && line === ''
        ? [wrong('text', words, { kind: 'like', ...wanted.something }).refused]
        : []),
    ],
  };
}

/** Some write it in another case or with spaces. */
const loosePlace = /\{\s*prompt\s*\}/gi;

/** The member's words alone are what is sent without a style. */
function isNothing(words: string): boolean {
  return words === '' || words === promptPlace;
}

function lengthProblem(
  field: StyleField,
  value: string,
  range: { readonly min: number; readonly max: number },
): Refusal[] {
  const read = readOptions({ [field]: text(range) }, { [field]: value });
  return 'refused' in read ? [read.refused] : [];
}
