import type { Cell } from './cell.ts';
import { isInvisible } from './fold.ts';

/**
 * Where words begin in a text of a script that is written without spaces, as places in the text;
 * empty where there is no such script.
 */
export function segmentStarts(
  source: string,
  cells: readonly Cell[],
  segmenter: Intl.Segmenter,
): ReadonlySet<number> {
  const starts = new Set<number>();
  if (!cells.some(({ script }) => script === 'spaceless')) return starts;
  let visible = '';
  const places: number[] = [];
  let place = 0;
  for (const character of source) {
    if (!isInvisible(character)) {
      visible += character;
      for (let unit = 0; unit < character.length; unit += 1) places.push(place + unit);
    }
    place += character.length;
  }
  for (const { index } of segmenter.segment(visible)) starts.add(places[index] ?? 0);
  return starts;
}
