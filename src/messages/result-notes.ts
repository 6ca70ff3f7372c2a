import type { Generation } from '../domain/generation.ts';
import type { Remaining } from '../domain/remaining.ts';
import { cut } from './cut.ts';
import { escape } from './escape.ts';
import type { Texts } from './texts.ts';

/** Of a negative text, or of one that the API wrote anew, so much is shown. */
const shownUnits = 100;

/** What did not come as it was asked for, and why; nothing where all is well. */
export function troubleNotes(
  texts: Texts,
  generation: Generation,
  { withoutPrompt }: { readonly withoutPrompt: boolean },
): string[] {
  const { request, pictures, warnings, insteadOf, used } = generation;
  const blank = pictures.filter(({ kind }) => kind === 'blank').length;
  const lost = pictures.filter(({ kind }) => kind === 'lost').length;
  return [
    ...(insteadOf === null ? [] : [texts.result.insteadOf(insteadOf)]),
    ...(blank > 0 ? [texts.result.blank(blank, pictures.length)] : []),
    ...(lost > 0 ? [texts.result.lost(lost)] : []),
    ...((blank > 0 || lost > 0) && generation.requestId
      ? [texts.result.requestId(generation.requestId)]
      : []),
    ...(pictures.length < request.images
      ? [texts.result.fewer(pictures.length, request.images)]
      : []),
    ...warnings
      // It is shown below, unless it may not be.
      .filter(
        (warning) => warning !== 'prompt-rewritten' || used.prompt === undefined || withoutPrompt,
      )
      .map((warning) => texts.result.warnings[warning]),
    ...(used.prompt === undefined || withoutPrompt
      ? []
      : [texts.result.rewritten(cut(used.prompt, shownUnits))]),
  ];
}

/** What it was made with: the model, and whatever was really used. */
export function settingsLines(
  texts: Texts,
  generation: Generation,
  title: string,
  { shown, withoutPrompt }: { readonly shown: number; readonly withoutPrompt: boolean },
): string[] {
  const { negative } = generation.request;
  return [
    `-# ${[escape(title), texts.result.pictures(shown), ...settings(texts, generation)].join(' · ')}`,
    ...(negative === undefined || withoutPrompt
      ? []
      : [`-# ${texts.result.negative(cut(negative, shownUnits))}`]),
  ];
}

/** Each setting with its value, as far as it is known. */
export function settings(texts: Texts, { request, used }: Generation): string[] {
  const words = texts.result.settings;
  const { aspect, style, strength } = request;
  const guidance = used.guidance ?? request.guidance;
  const steps = used.steps ?? request.steps;
  const scheduler = used.scheduler ?? request.scheduler;
  const seed = used.seed ?? request.seed;
  return [
    ...(aspect === undefined ? [] : [aspect]),
    ...(used.width === undefined || used.height === undefined
      ? []
      : [`${used.width} × ${used.height}`]),
    ...(style === undefined ? [] : [words.style(escape(style.name))]),
    ...(guidance === undefined ? [] : [words.guidance(guidance)]),
    ...(steps === undefined ? [] : [words.steps(steps)]),
    ...(scheduler === undefined ? [] : [escape(scheduler)]),
    ...(seed === undefined ? [] : [words.seed(seed)]),
    ...(request.image === undefined ? [] : [words.image(strength)]),
  ];
}

/** What is left for the member. */
export function leftNotes(texts: Texts, remaining: Remaining | null | undefined): string[] {
  if (remaining === undefined) return [];
  if (remaining === null) return [texts.result.noCap];
  const { credits, of, period, freesAt, granted } = remaining;
  return [
    texts.result.left(credits, of, period),
    ...(granted > 0 ? [texts.result.granted(granted)] : []),
    ...(freesAt === null ? [] : [texts.result.nextFrees(freesAt)]),
  ];
}
