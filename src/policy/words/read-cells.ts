import type { Cell, Script } from './cell.ts';
import { bare, foldCase, isInvisible, isMark } from './fold.ts';
import { alphabetOf } from './look-alikes.ts';
import { lettersOfSign } from './signs.ts';

/**
 * The letters, digits and signs of a text in their order. A sign counts in a word that has letters
 * (sh!t), or among several different signs (@$$); elsewhere it is punctuation, as the dollar of $100.
 */
export function readCells(text: string): Cell[] {
  const pieces = readPieces(text);
  dropSigns(pieces);
  const cells: Cell[] = [];
  let gap = '';
  for (const { text: piece, kind, script, start, end } of pieces) {
    if (kind === 'gap') gap += piece;
    else {
      cells.push({ text: piece, kind, script, start, end, gap });
      gap = '';
    }
  }
  return cells;
}

interface Piece {
  readonly text: string;
  kind: Cell['kind'] | 'gap';
  readonly script: Script | null;
  readonly start: number;
  end: number;
}

function readPieces(text: string): Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  for (const character of text) {
    const end = start + character.length;
    if (!isInvisible(character)) {
      const before = pieces.length;
      for (const part of foldCase(bare(character))) addPart(pieces, part, start, end);
      const last = pieces.at(-1);
      // An accent on its own belongs to the letter before it.
      if (pieces.length === before && last && last.kind !== 'gap') last.end = end;
    }
    start = end;
  }
  return pieces;
}

function addPart(pieces: Piece[], text: string, start: number, end: number): void {
  const last = pieces.at(-1);
  if (isMark(text)) {
    // A mark of another script on a letter is there for disguise only.
    if (last?.kind === 'letter' && (last.script === 'other' || last.script === 'spaceless'))
      pieces.push({ text, kind: 'letter', script: last.script, start, end });
    return;
  }
  const kind = kindOf(text);
  pieces.push({ text, kind, script: kind === 'letter' ? scriptOf(text) : null, start, end });
}

function kindOf(text: string): Piece['kind'] {
  if (text >= 'a' && text <= 'z') return 'letter';
  if (text >= '0' && text <= '9') return 'digit';
  if (lettersOfSign(text).length > 0) return 'sign';
  if (text <= '\u{7f}' || apostrophes.test(text)) return 'gap';
  return wordCharacter.test(text) ? 'letter' : 'gap';
}

const wordCharacter = /[\p{L}\p{N}]/u;
/** Letters by their category, apostrophes and the like by their look. */
const apostrophes = /[\u02b9-\u02df]/u;

function scriptOf(letter: string): Script {
  const alphabet = alphabetOf(letter);
  if (alphabet) return alphabet;
  if (spaceless.test(letter)) return 'spaceless';
  return hangul.test(letter) ? 'hangul' : 'other';
}

// With the extensions, since the mark of a long vowel belongs to both kana.
const spaceless =
  /[\p{Script=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const hangul = /\p{Script=Hangul}/u;

/** Makes gaps of the signs that do not count. */
function dropSigns(pieces: readonly Piece[]): void {
  let from = 0;
  while (from < pieces.length) {
    let to = from;
    let letters = 0;
    let digits = 0;
    const signs = new Set<string>();
    for (let piece = pieces[to]; piece && piece.kind !== 'gap'; piece = pieces[++to])
      if (piece.kind === 'letter') letters += 1;
      else if (piece.kind === 'digit') digits += 1;
      else signs.add(piece.text);
    if (letters === 0 && (digits > 0 || signs.size < 2))
      for (const piece of pieces.slice(from, to)) if (piece.kind === 'sign') piece.kind = 'gap';
    from = to + 1;
  }
}
