import type { Cell } from './cell.ts';
import { isTwin } from './look-alikes.ts';
import type { Alphabet } from './look-alikes.ts';
import type { Token } from './tokens.ts';

/**
 * Which tokens may be written with letters that look like others: those that mix alphabets, and
 * those in twins alone of an alphabet that the text does not really use. A Russian prompt stays what
 * it is, so that "сор" (litter) is not taken for "cop" there; "ѕех" in an English one is for "sex".
 */
export function disguised(cells: readonly Cell[], tokens: readonly Token[]): boolean[] {
  const used = new Map<Alphabet, number>();
  const alphabets = tokens.map((token) => {
    const found = new Set<Alphabet>();
    const letters = new Set<string>();
    let own = false;
    for (let at = token.from; at < token.to; at += 1) {
      const cell = cells[at];
      const alphabet = cell && alphabetIn(cell);
      if (!cell || !alphabet) continue;
      found.add(alphabet);
      letters.add(cell.text);
      own ||= !isTwin(cell.text);
    }
    const [only] = found;
    // One letter, even if repeated, shows nothing.
    if (only && found.size === 1 && letters.size > 1)
      used.set(only, (used.get(only) ?? 0) + (own ? 1 : -1));
    return found;
  });
  return alphabets.map((found) => {
    const [only] = found;
    if (found.size !== 1 || !only) return found.size > 1;
    return only !== 'latin' && (used.get(only) ?? -1) < 0;
  });
}

function alphabetIn({ script }: Cell): Alphabet | undefined {
  return script === null || script === 'hangul' || script === 'spaceless' || script === 'other'
    ? undefined
    : script;
}
