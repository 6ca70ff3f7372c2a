import type { Generation } from '../domain/generation.ts';
import type { Remaining } from '../domain/remaining.ts';
import { body, gallery, row, text } from './body.ts';
import type { Body } from './body.ts';
import { generationButtons } from './custom-id.ts';
import { cut } from './cut.ts';
import { escape } from './escape.ts';
import { leftNotes, settingsLines, troubleNotes } from './result-notes.ts';
import type { Texts } from './texts.ts';

export interface ResultView {
  readonly generation: Generation;
  /** The model's name for people. */
  readonly title: string;
  /** What is left for the member: `null` without any limit, `undefined` where it is not known. */
  readonly remaining: Remaining | null | undefined;
  /** Names of the files that come with the message, in order. */
  readonly fileNames: readonly string[];
  /** Some files are smaller than what the provider made. */
  readonly smaller: boolean;
  /** Without the member's words, because AutoMod does not let them through. */
  readonly withoutPrompt: boolean;
  /** Posted as a message of its own, so it says for whom it is. */
  readonly late: boolean;
}

/** Source: Discord's message components reference: a media item's and an attachment's description. */
export const maxAltUnits = 1024;

/** The answer: prompt, pictures, what was used, what it cost, and what is left. */
export function resultBody(texts: Texts, view: ResultView): Body {
  const { generation, fileNames, withoutPrompt } = view;
  const { prompt, spoiler } = generation.request;
  const alt = withoutPrompt ? '' : cut(prompt, maxAltUnits);
  return body(
    [
      ...(view.late ? [text(texts.result.lateFor(generation.destination.memberId))] : []),
      text(withoutPrompt ? texts.result.textHidden : `**${escape(prompt)}**`),
      ...gallery(fileNames, alt, spoiler),
      text(notes(texts, view).join('\n')),
      ...row([{ label: texts.buttons.delete, customId: generationButtons.delete(generation.id) }]),
    ],
    fileNames.map((_, index) => ({ id: String(index), description: alt })),
  );
}

function notes(texts: Texts, view: ResultView): string[] {
  const { generation, remaining, fileNames, title } = view;
  const summary = [texts.result.spent(generation.credits), ...leftNotes(texts, remaining)];
  return [
    ...troubleNotes(texts, generation, view),
    ...(view.smaller ? [texts.result.smaller] : []),
    ...settingsLines(texts, generation, title, { ...view, shown: fileNames.length }),
    `-# ${summary.join(' · ')}`,
  ];
}
