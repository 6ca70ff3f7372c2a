import type { ModelOption, Range, Takes } from '../domain/model.ts';
import type { OptionAllows, Unhonoured } from '../domain/refusal.ts';
import { negativeSent, promptSent, ranges } from '../domain/request.ts';
import type { ReferenceImage } from '../domain/request.ts';
import type { Wish } from '../domain/wish.ts';
import type { AskedStyle } from './asked-style.ts';
import { sameName } from './same-name.ts';
import { shortened } from './shortened.ts';

/**
 * What a model cannot honour as it was given, in the order of its options; empty where it can do all of
 * it. Without these the same wish is honoured, unless the prompt is among them. A text is as long as
 * what is sent, the words of a guild's style included; where the style's words alone leave no room, it
 * is the style that cannot be honoured.
 */
export function unhonoured(
  takes: Takes,
  wish: Wish,
  style: AskedStyle | undefined,
): readonly Unhonoured[] {
  const styles = styleProblem(takes, style);
  // Without a style that does not fit the words are judged as they are.
  const around = styles.length > 0 || style?.kind !== 'guild' ? undefined : style;
  const images = { min: ranges.images.min, max: takes.mostImages };
  return [
    ...promptProblem(takes, wish, around),
    ...notWithin('images', wish.images, images, 'integer'),
    ...notWithin('guidance', wish.guidance, takes.guidance, 'number'),
    ...notWithin('steps', wish.steps, takes.steps, 'integer'),
    ...notAmong('aspect', wish.aspect, takes.aspects),
    ...negativeProblem(takes, wish, around),
    ...notWithin('seed', wish.seed, takes.seed, 'integer'),
    ...notAmong('scheduler', wish.scheduler, takes.schedulers),
    ...styles,
    ...imageProblem(takes, wish.image),
    // Without a picture it says nothing.
    ...notWithin('strength', wish.image && wish.strength, takes.strength, 'number'),
  ];
}

type Guilds = Extract<AskedStyle, { kind: 'guild' }>;

const length = (text: string): number => Array.from(text).length;

function problem(option: ModelOption, given: string, allowed: OptionAllows | null): Unhonoured[] {
  return [{ option, given: shortened(given), allowed }];
}

function notWithin(
  option: ModelOption,
  given: number | undefined,
  range: Range | undefined,
  kind: 'integer' | 'number',
): Unhonoured[] {
  if (given === undefined) return [];
  if (range === undefined) return problem(option, String(given), null);
  const { min, max } = range;
  const fits = given >= min && given <= max && (kind === 'number' || Number.isInteger(given));
  return fits ? [] : problem(option, String(given), { kind, min, max });
}

function notAmong(
  option: ModelOption,
  given: string | undefined,
  choices: readonly string[] = [],
): Unhonoured[] {
  if (given === undefined || choices.some((choice) => sameName(choice, given))) return [];
  return problem(option, given, choices.length === 0 ? null : { kind: 'choice', choices });
}

function promptProblem(
  { promptLength: { min, max } }: Takes,
  { prompt }: Wish,
  around: Guilds | undefined,
): Unhonoured[] {
  const sent = length(promptSent(styled(prompt, around)));
  if (sent >= min && sent <= max) return [];
  return problem('prompt', prompt, { kind: 'length', min, max, length: sent });
}

function negativeProblem(
  { negativeLength: max }: Takes,
  { negative }: Wish,
  around: Guilds | undefined,
): Unhonoured[] {
  if (negative === undefined) return [];
  if (max === undefined) return problem('negative', negative, null);
  const sent = length(negativeSent({ negative, ...styled('', around) }) ?? '');
  if (sent <= max) return [];
  return problem('negative', negative, {
    kind: 'length',
    min: ranges.negative.min,
    max,
    length: sent,
  });
}

/** One of the guild's goes with any model, as long as its words leave room for the member's. */
function styleProblem(takes: Takes, style: AskedStyle | undefined): Unhonoured[] {
  if (style?.kind !== 'guild') return notAmong('style', style?.name, takes.styles);
  const { name, negative } = style.style;
  const words = length(promptSent(styled('', style)));
  const mostWords = Math.max(0, takes.promptLength.max - ranges.prompt.min);
  if (words > mostWords)
    return problem('style', name, { kind: 'length', min: 0, max: mostWords, length: words });
  // A model that takes no negative text gets the style without it, and the member is told.
  const { negativeLength: mostNegative = Infinity } = takes;
  const negativeWords = length(negative);
  if (negativeWords <= mostNegative) return [];
  return problem('style', name, {
    kind: 'length',
    min: 0,
    max: mostNegative,
    length: negativeWords,
  });
}

function styled(prompt: string, around: Guilds | undefined): Parameters<typeof promptSent>[0] {
  return around ? { prompt, style: { kind: 'guild', ...around.style } } : { prompt };
}

function imageProblem({ image }: Takes, given: ReferenceImage | undefined): Unhonoured[] {
  if (given === undefined) return [];
  // Rounded up, so that what is too large also looks so.
  const megabytes = (Math.ceil(given.sizeBytes / 100_000) / 10).toFixed(1);
  const written = `${given.contentType}, ${megabytes} MB`;
  if (image === undefined) return problem('image', written, null);
  const [type = ''] = given.contentType.split(';');
  const isTaken = image.types.some((each) => sameName(each, type));
  if (isTaken && given.sizeBytes <= image.maxBytes) return [];
  return problem('image', written, { kind: 'picture', ...image });
}
