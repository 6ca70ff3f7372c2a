import type { RuleChange } from '../domain/rule-change.ts';
import type { WordRuleProblem } from '../domain/word-rule-problem.ts';
import { textBody } from './body.ts';
import type { Body } from './body.ts';
import { cut } from './cut.ts';
import { easelIds } from './easel-ids.ts';
import { spoiler } from './easel-word-rule.ts';
import type { ModalBody } from './modal-body.ts';
import type { Texts } from './texts.ts';

/** The field of the modal. */
export const importField = 'words';

/** A modal that takes a list of words, one on each line. */
export function importModal({ easel: { words } }: Texts): ModalBody {
  return {
    customId: easelIds.import,
    title: words.modalTitle,
    fields: [
      {
        id: importField,
        label: words.modalField,
        hint: words.modalHint,
        lines: 'many',
        required: true,
        maxLength: 4000,
      },
    ],
  };
}

/** A line of the list that cannot be used. */
export interface SkippedLine {
  /** From 1. */
  readonly line: number;
  readonly text: string;
  readonly problem: WordRuleProblem;
}

export interface ImportedView {
  /** `undefined` where nothing was added. */
  readonly change: RuleChange | undefined;
  /** How many lines named what was there already. */
  readonly repeated: number;
  readonly skipped: readonly SkippedLine[];
  /** Lines that were not looked at, because there are too many. */
  readonly unread: number;
}

const changeUnits = 2000;
const skippedNamed = 6;

/** What became of an imported list. */
export function importedBody(texts: Texts, view: ImportedView): Body {
  const { words, note, more } = texts.easel;
  const { change, repeated, skipped, unread } = view;
  const named = skipped
    .slice(0, skippedNamed)
    .map(({ line, text, problem }) =>
      words.skippedLine(line, spoiler(text, 40), texts.wordProblem(problem).why),
    );
  const left = skipped.length - named.length;
  const nothing = repeated + skipped.length > 0 ? words.nothingAdded : words.emptyList;
  return textBody(
    [
      change ? cut(texts.change(change), changeUnits) : nothing,
      ...(repeated > 0 ? [words.repeated(repeated)] : []),
      ...(skipped.length > 0 ? [words.skipped(skipped.length), ...named] : []),
      ...(left > 0 ? [`- ${more(left)}`] : []),
      ...(unread > 0 ? [words.unread(unread)] : []),
      ...(change ? [`-# ${note.words}`] : []),
    ].join('\n'),
  );
}
