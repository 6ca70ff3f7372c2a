import { joinArabic } from './arabic.ts';

/** Code points in the order in which they stand on the line, from left to right. */
export interface VisualLine {
  readonly codePoints: readonly number[];
  readonly rightToLeft: boolean;
}

/** Whether the text as a whole reads from right to left: its first strong character says so. */
export function readsRightToLeft(text: string): boolean {
  for (const character of text) {
    const direction = directionOf(character);
    if (direction !== 'neutral') return direction === 'right';
  }
  return false;
}

/**
 * Puts one line into visual order: runs of right-to-left writing are turned round and Arabic letters
 * joined. A small part of the bidirectional algorithm (no nesting), enough for a caption.
 */
export function visualLine(line: string, rightToLeft: boolean): VisualLine {
  const characters = Array.from(joinArabic(line));
  const directions = resolveNeutrals(characters.map(directionOf), rightToLeft ? 'right' : 'left');
  const runs: { direction: 'left' | 'right'; characters: string[] }[] = [];
  for (const [index, character] of characters.entries()) {
    const direction = directions[index] ?? 'left';
    const run = runs.at(-1);
    if (run?.direction === direction) run.characters.push(character);
    else runs.push({ direction, characters: [character] });
  }
  const ordered = rightToLeft ? runs.toReversed() : runs;
  const codePoints = ordered
    .flatMap((run) =>
      run.direction === 'left' ? run.characters : run.characters.toReversed().map(mirrored),
    )
    .map((character) => character.codePointAt(0) ?? 0x20);
  return { codePoints, rightToLeft };
}

type Direction = 'left' | 'right' | 'neutral';

function directionOf(character: string): Direction {
  if (
    /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(
      character,
    )
  ) {
    return 'right';
  }
  return /[\p{L}\p{N}]/u.test(character) ? 'left' : 'neutral';
}

/** A neutral between two of one direction takes it; any other takes that of the line. */
function resolveNeutrals(
  directions: readonly Direction[],
  base: 'left' | 'right',
): ('left' | 'right')[] {
  const strong = (candidates: readonly Direction[]): Direction | undefined =>
    candidates.find((it) => it !== 'neutral');
  return directions.map((direction, index) => {
    if (direction !== 'neutral') return direction;
    const before = strong(directions.slice(0, index).toReversed()) ?? base;
    const after = strong(directions.slice(index + 1)) ?? base;
    return before === after && before !== 'neutral' ? before : base;
  });
}

function mirrored(character: string): string {
  const pairs = '()[]{}<>«»';
  const at = pairs.indexOf(character);
  return at < 0 ? character : (pairs[at % 2 === 0 ? at + 1 : at - 1] ?? character);
}
