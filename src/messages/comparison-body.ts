import type { APIMessageTopLevelComponent } from 'discord-api-types/v10';
import type { Generation } from '../domain/generation.ts';
import { body, gallery, row, text } from './body.ts';
import type { Body } from './body.ts';
import { generationButtons } from './custom-id.ts';
import { cut } from './cut.ts';
import { escape } from './escape.ts';
import { maxAltUnits } from './result-body.ts';
import type { ResultView } from './result-body.ts';
import { leftNotes, settings, troubleNotes } from './result-notes.ts';
import type { Texts } from './texts.ts';

/**
 * All texts of a message together have 4,000 characters. Of a long prompt so much is shown (the pictures'
 * alt texts have all of it), and of what is to be said under each model so much.
 */
const promptUnits = 500;
const sectionUnits = 480;

/** One of the models that are compared. */
export interface ComparedView {
  readonly generation: Generation;
  /** The model's name for people. */
  readonly title: string;
  /** Names of its files, in order; none where nothing was made. */
  readonly fileNames: readonly string[];
}

export interface ComparisonView extends Omit<ResultView, 'generation' | 'title' | 'fileNames'> {
  /** In the order in which they were named. */
  readonly compared: readonly [ComparedView, ...ComparedView[]];
}

/** The answer of a comparison: the prompt, and each model with its pictures, price, time and settings. */
export function comparisonBody(texts: Texts, view: ComparisonView): Body {
  const { compared, withoutPrompt } = view;
  const [{ generation: first }] = compared;
  const { prompt } = first.request;
  const alt = withoutPrompt ? '' : cut(prompt, maxAltUnits);
  const spent = compared.reduce((sum, { generation }) => sum + creditsOf(generation), 0);
  const summary = [texts.comparison.spent(spent), ...leftNotes(texts, view.remaining)];
  const fileNames = compared.flatMap((each) => each.fileNames);
  return body(
    [
      ...(view.late ? [text(texts.result.lateFor(first.destination.memberId))] : []),
      text(withoutPrompt ? texts.result.textHidden : `**${escape(cut(prompt, promptUnits))}**`),
      ...compared.flatMap((each) => section(texts, view, each, alt)),
      text(
        [...(view.smaller ? [texts.result.smaller] : []), `-# ${summary.join(' · ')}`].join('\n'),
      ),
      // Where nothing came there is nothing to delete.
      ...(compared.some(({ generation }) => generation.state === 'made')
        ? row([{ label: texts.buttons.delete, customId: generationButtons.delete(first.id) }])
        : []),
    ],
    fileNames.map((_, index) => ({ id: String(index), description: alt })),
  );
}

function section(
  texts: Texts,
  { withoutPrompt }: ComparisonView,
  { generation, title, fileNames }: ComparedView,
  alt: string,
): APIMessageTopLevelComponent[] {
  const { failure, state, credits, madeAt, sentAt, request } = generation;
  const heading = text(`### ${escape(title)}`);
  if (state !== 'made') {
    const ended = state === 'unknown' ? 'unknown' : 'returned';
    // What the provider says of the input may repeat it.
    const { detail, ...plain } = failure ?? { kind: 'stopped' };
    const told = detail === undefined || withoutPrompt ? plain : { ...plain, detail };
    return [heading, text(cut(texts.failure(told, ended, credits), sectionUnits))];
  }
  const took = sentAt === null || madeAt === null ? [] : [texts.comparison.took(madeAt - sentAt)];
  // It cannot be fetched yet, and is offered to its member later.
  if (generation.delivery === 'waiting') return [heading, text(texts.waiting.kept)];
  const used = [texts.comparison.price(credits), ...took, ...settings(texts, generation)];
  const facts = cut(`-# ${used.join(' · ')}`, sectionUnits);
  const notes = troubleNotes(texts, generation, { withoutPrompt }).join('\n');
  const shown = cut(notes, Math.max(0, sectionUnits - facts.length - 1));
  return [
    heading,
    ...gallery(fileNames, alt, request.spoiler),
    text(shown === '' ? facts : `${shown}\n${facts}`),
  ];
}

/** What was not made was returned. */
function creditsOf({ state, credits }: Generation): number {
  return state === 'made' ? credits : 0;
}
