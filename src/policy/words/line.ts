import type { Cell } from './cell.ts';
import { disguised } from './disguise.ts';
import { takenFor } from './look-alikes.ts';
import { readCells } from './read-cells.ts';
import { segmentStarts } from './segments.ts';
import { lettersOfDigit, lettersOfSign } from './signs.ts';
import { spelledWords } from './spelled.ts';
import { tokensOf } from './tokens.ts';
import type { Token } from './tokens.ts';

/** A text as rules are compared with it. */
export interface Line {
  readonly source: string;
  readonly places: readonly Place[];
}

/** A cell with what it may be read as, and the limits of words around it. */
export interface Place extends Cell {
  /** What it may be read as: `written` keys, and `lookOf` keys where it may be in disguise. */
  readings: readonly number[];
  /** A word may begin or end with it. */
  opens: boolean;
  closes: boolean;
  /** It goes on with the cell before as one word; a new word may begin with it. Both may hold. */
  joins: boolean;
  breaks: boolean;
  /** Part of a word that is spelled out; it is a word of one letter as well. */
  spelled: boolean;
  disguised: boolean;
}

/** A character as it is. */
export function written(character: string): number {
  return character.codePointAt(0) ?? 0;
}

/** A character as it looks. */
export function lookOf(character: string): number {
  return -written(character);
}

export function readLine(source: string, segmenter: Intl.Segmenter): Line {
  const cells = readCells(source);
  const tokens = tokensOf(cells);
  const places = cells.map((cell): Place => ({
    ...cell,
    readings: [written(cell.text)],
    opens: false,
    closes: false,
    joins: cell.gap === '',
    breaks: cell.gap !== '',
    spelled: false,
    disguised: false,
  }));
  markDisguises(places, tokens);
  const starts = segmentStarts(source, cells, segmenter);
  for (const token of tokens) {
    markLimits(places, token, starts);
    readAsLetters(places, token);
  }
  markJoins(places);
  for (const { from, to } of spelledWords(cells, tokens))
    markSpelled(places, tokens.slice(from, to));
  return { source, places };
}

function markDisguises(places: readonly Place[], tokens: readonly Token[]): void {
  const hidden = disguised(places, tokens);
  for (const [index, { from, to }] of tokens.entries())
    if (hidden[index])
      for (const place of places.slice(from, to))
        if (place.kind === 'letter') {
          place.disguised = true;
          place.readings = takenFor(place.text).map(lookOf);
        }
}

/** Digits are letters only in a word that has two other characters: not in A55, 5s, 1980. */
function readAsLetters(places: readonly Place[], { from, to }: Token): void {
  const word = places.slice(from, to);
  const enough = word.filter(({ kind }) => kind !== 'digit').length >= 2;
  for (const place of word)
    if (place.kind === 'sign' || (place.kind === 'digit' && enough)) readAsLetter(place);
}

function readAsLetter(place: Place): void {
  const letters = place.kind === 'sign' ? lettersOfSign(place.text) : lettersOfDigit(place.text);
  place.readings = [written(place.text), ...letters.map(lookOf)];
}

/**
 * Where words may begin and end within a token: at its ends, beside a sign (which may be
 * punctuation), between a letter and the digits at an end (sex69), between kinds of scripts, and where
 * a script without spaces has its limits.
 */
function markLimits(places: readonly Place[], token: Token, starts: ReadonlySet<number>): void {
  const word = places.slice(token.from, token.to);
  for (const [at, place] of word.entries()) {
    const before = word[at - 1];
    if (!before) continue;
    place.breaks = isLimit(before, place, starts);
  }
  markEnds(word, 'opens', (place) => place.breaks);
  const backwards = word.toReversed();
  markEnds(backwards, 'closes', (_, at) => backwards[at - 1]?.breaks ?? false);
}

function markEnds(
  word: readonly Place[],
  end: 'opens' | 'closes',
  isBroken: (place: Place, at: number) => boolean,
): void {
  let digitsAtEnd = true;
  for (const [at, place] of word.entries()) {
    const before = word[at - 1];
    place[end] =
      !before ||
      before.kind === 'sign' ||
      isBroken(place, at) ||
      (digitsAtEnd && before.kind === 'digit' && place.kind === 'letter');
    if (place.kind === 'letter') digitsAtEnd = false;
    else if (place.kind === 'sign' || isBroken(place, at)) digitsAtEnd = true;
  }
}

function isLimit(before: Place, place: Place, starts: ReadonlySet<number>): boolean {
  if (before.script === 'spaceless' || place.script === 'spaceless')
    return place.start !== before.start && starts.has(place.start);
  if (before.script === null || place.script === null) return false;
  return family(before) !== family(place);
}

function family({ script }: Place): string {
  return script === 'hangul' || script === 'other' ? script : 'alphabet';
}

/** Words may go on over a hyphen or the like (fu-ck), and over anything thin between 色 and 情. */
function markJoins(places: readonly Place[]): void {
  for (const [at, place] of places.entries()) {
    const before = places[at - 1];
    if (!before || place.gap === '' || before.kind !== 'letter' || place.kind !== 'letter')
      continue;
    place.joins =
      joiner.test(place.gap) ||
      (before.script === 'spaceless' && place.script === 'spaceless' && /^\s+$/u.test(place.gap));
  }
}

const joiner = /^[\p{Pd}\p{Pc}*~·•‧・]$/u;

/**
 * A word that is spelled out has its limits at its ends and at a space that is wider than the one
 * beside it ("a s-e-x"). Words of one letter and digits may stand before and after it ("a s e x").
 */
function markSpelled(places: readonly Place[], tokens: readonly Token[]): void {
  const widths = tokens.map(({ from }, at) =>
    at === 0 ? Infinity : width(places[from]?.gap ?? ''),
  );
  const isWide = (at: number): boolean =>
    (widths[at] ?? Infinity) > Math.min(widths[at - 1] ?? Infinity, widths[at + 1] ?? Infinity);
  let opens = true;
  for (const [at, { from, to }] of tokens.entries()) {
    opens =
      at === 0 ||
      isWide(at) ||
      (opens && standsAlone(places[tokens[at - 1]?.from ?? 0], places[from]));
    mark(places.slice(from, to), 'opens', opens);
  }
  let closes = true;
  for (const [at, { from, to }] of [...tokens.entries()].toReversed()) {
    const next = tokens[at + 1];
    closes =
      !next || isWide(at + 1) || (closes && standsAlone(places[next.from], places[next.from]));
    mark(places.slice(from, to).toReversed(), 'closes', closes);
  }
  for (const [at, { from, to }] of tokens.entries())
    for (const place of places.slice(from, to)) {
      place.spelled = true;
      if (place.kind !== 'letter') readAsLetter(place);
      if (place.gap !== '' && at > 0) place.joins = true;
    }
}

function mark(cells: readonly Place[], end: 'opens' | 'closes', first: boolean): void {
  for (const [at, place] of cells.entries()) place[end] = at === 0 && first;
}

function width(gap: string): number {
  return /\s/u.test(gap) ? gap.length : 0;
}

/** Whether it is no part of the word that it stands beside, apart by the gap before `apart`. */
function standsAlone(place: Place | undefined, apart: Place | undefined): boolean {
  if (place?.kind === 'digit') return true;
  return wordsOfOneLetter.has(place?.text ?? '') && width(apart?.gap ?? '') > 0;
}

/** In English and Russian; of other languages they are among these or too rare. */
const wordsOfOneLetter: ReadonlySet<string> = new Set('aioаивсуокя');
