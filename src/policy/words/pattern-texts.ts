import { bare, foldCase, isInvisible } from './fold.ts';
import type { Line } from './line.ts';
import { takenFor } from './look-alikes.ts';

/** A form of a text that patterns are applied to, with the place of each UTF-16 unit in the text. */
export interface PatternText {
  readonly text: string;
  /** One more than the text is long: the last is the end. */
  readonly places: readonly number[];
}

/**
 * The forms of a line that patterns are applied to: as it was written but for what nobody sees, and,
 * where that differs, bare of accents, compatibility forms and look-alikes. Digits and signs stay,
 * for patterns name them themselves, and so does the case.
 */
export function patternTexts({ source, places }: Line): readonly PatternText[] {
  const hidden = new Set(places.filter(({ disguised }) => disguised).map(({ start }) => start));
  let plain = '';
  let normal = '';
  const plainPlaces: number[] = [];
  const normalPlaces: number[] = [];
  let place = 0;
  for (const character of source) {
    if (!isInvisible(character)) {
      const form = bare(character);
      const shown = hidden.has(place) ? Array.from(form, latin).join('') : form;
      plain += character;
      normal += shown;
      for (let unit = 0; unit < character.length; unit += 1) plainPlaces.push(place + unit);
      for (let unit = 0; unit < shown.length; unit += 1) normalPlaces.push(place);
    }
    place += character.length;
  }
  const written = { text: plain, places: [...plainPlaces, place] };
  return plain === normal
    ? [written]
    : [written, { text: normal, places: [...normalPlaces, place] }];
}

/** The part of the text between two UTF-16 units of a form of it. */
export function partOf(
  { source }: Line,
  { places }: PatternText,
  { start, end }: { readonly start: number; readonly end: number },
): string {
  const last = places[end - 1] ?? 0;
  // Several units may come from one character, which is not cut.
  const length = String.fromCodePoint(source.codePointAt(last) ?? 0).length;
  return source.slice(places[start], Math.max(places[end] ?? last, last + length));
}

function latin(letter: string): string {
  const folded = foldCase(letter);
  const [like = letter] = takenFor(folded);
  return letter === folded ? like : like.toUpperCase();
}
