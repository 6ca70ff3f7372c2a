import type { Generation } from '../domain/generation.ts';
import type { Remaining } from '../domain/remaining.ts';
import { body, gallery, row, text } from './body.ts';
import type { Body } from './body.ts';
import { generationButtons } from './custom-id.ts';
import { cut } from './cut.ts';
import { escape } from './escape.ts';
import type { Texts } from './texts.ts';

export interface ResultView {
  readonly generation: Generation;
  /** The provider's name for people. */
  readonly provider: string;
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
const maxAltUnits = 1024;

/** The answer: prompt, pictures, what was used, what it cost, and what is left. */
export function resultBody(texts: Texts, view: ResultView): Body {
  const { generation, fileNames, withoutPrompt } = view;
  const { prompt } = generation.request;
  const alt = withoutPrompt ? '' : cut(prompt, maxAltUnits);
  return body(
    [
      ...(view.late ? [text(texts.result.lateFor(generation.destination.memberId))] : []),
      text(withoutPrompt ? texts.result.textHidden : `**${escape(prompt)}**`),
      ...gallery(fileNames, alt),
      text(notes(texts, view).join('\n')),
      ...row([{ label: texts.buttons.delete, customId: generationButtons.delete(generation.id) }]),
    ],
    fileNames.map((_, index) => ({ id: String(index), description: alt })),
  );
}

function notes(texts: Texts, view: ResultView): string[] {
  const { generation, remaining, fileNames } = view;
  const { request, pictures, warnings, credits } = generation;
  const blank = pictures.filter(({ kind }) => kind === 'blank').length;
  const lost = pictures.filter(({ kind }) => kind === 'lost').length;
  const plain = [
    ...(blank > 0 ? [texts.result.blank(blank, pictures.length)] : []),
    ...(lost > 0 ? [texts.result.lost(lost)] : []),
    ...((blank > 0 || lost > 0) && generation.requestId
      ? [texts.result.requestId(generation.requestId)]
      : []),
    ...(pictures.length < request.images
      ? [texts.result.fewer(pictures.length, request.images)]
      : []),
    ...warnings.map(escape),
    ...(view.smaller ? [texts.result.smaller] : []),
  ];
  const summary = [
    texts.result.spent(credits),
    ...(remaining ? left(texts, remaining) : []),
    ...(remaining === null ? [texts.result.noCap] : []),
  ];
  return [
    ...plain,
    `-# ${texts.result.madeWith(view.provider, fileNames.length, request.guidance)}`,
    `-# ${summary.join(' · ')}`,
  ];
}

function left(texts: Texts, { credits, of, period, freesAt, granted }: Remaining): string[] {
  return [
    texts.result.left(credits, of, period),
    ...(granted > 0 ? [texts.result.granted(granted)] : []),
    ...(freesAt === null ? [] : [texts.result.nextFrees(freesAt)]),
  ];
}
