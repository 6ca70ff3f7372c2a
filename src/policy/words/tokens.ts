import type { Cell } from './cell.ts';

/** Cells with nothing between them: `from` is the first, `to` the one after the last. */
export interface Token {
  readonly from: number;
  readonly to: number;
}

export function tokensOf(cells: readonly Cell[]): Token[] {
  const tokens: Token[] = [];
  let from = 0;
  for (let at = 1; at <= cells.length; at += 1)
    if (cells[at]?.gap !== '') {
      tokens.push({ from, to: at });
      from = at;
    }
  return cells.length === 0 ? [] : tokens;
}
