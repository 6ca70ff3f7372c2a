import type { Cell } from './cell.ts';
import type { Token } from './tokens.ts';

/**
 * The words that are spelled out, letter by letter: "s e x", "s-e-x", "s.3.x". A letter may be
 * repeated ("ss e x"). Between spaces it takes three letters, else two; a digit between spaces is a
 * number and no letter. The tokens of each word, as `from` and `to` in the list of tokens.
 */
export function spelledWords(cells: readonly Cell[], tokens: readonly Token[]): Token[] {
  const words: Token[] = [];
  let from = 0;
  for (let at = 0; at <= tokens.length; at += 1) {
    if (at > from && goesOn(cells, tokens, at)) continue;
    if (isSpelled(cells, tokens.slice(from, at))) words.push({ from, to: at });
    from = at;
  }
  return words;
}

/** Whether the token at `at` is one more letter of the word that the one before belongs to. */
function goesOn(cells: readonly Cell[], tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1];
  const token = tokens[at];
  if (!before || !token || !isSingle(cells, before) || !isSingle(cells, token)) return false;
  const gap = cells[token.from]?.gap ?? '';
  // The s of "he's" is no letter on its own.
  if (apostrophe.test(cells[before.from]?.gap ?? '') && !isSingle(cells, tokens[at - 2]))
    return false;
  return (
    !/\s/u.test(gap) ||
    (cells[before.from]?.kind === 'letter' && cells[token.from]?.kind === 'letter')
  );
}

const apostrophe = /^['’ʼ]$/u;

function isSingle(cells: readonly Cell[], token: Token | undefined): boolean {
  const first = token && cells[token.from];
  if (!token || !first || first.script === 'hangul' || first.script === 'spaceless') return false;
  if (first.kind !== 'letter') return token.to - token.from === 1;
  for (let at = token.from; at < token.to; at += 1)
    if (cells[at]?.text !== first.text) return false;
  return true;
}

function isSpelled(cells: readonly Cell[], tokens: readonly Token[]): boolean {
  const firsts = tokens.map(({ from }) => cells[from]);
  const letters = firsts.filter((cell) => cell?.kind === 'letter').length;
  const spaced = firsts.slice(1).some((cell) => /\s/u.test(cell?.gap ?? ''));
  return tokens.length >= (spaced ? 3 : 2) && letters >= 2;
}
