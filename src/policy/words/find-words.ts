import type { Line, Place } from './line.ts';
import type { Program, WordProgram } from './program.ts';

/** Where hits may begin in a line: for each reading, the places in their order. */
export type Openings = ReadonlyMap<number, readonly number[]>;

export function openingsOf({ places }: Line): Openings {
  const openings = new Map<number, number[]>();
  for (const [at, { readings, opens, spelled }] of places.entries())
    if (opens || spelled)
      for (const reading of readings) {
        const known = openings.get(reading);
        if (known) known.push(at);
        else openings.set(reading, [at]);
      }
  return openings;
}

/**
 * The part of the line that the rule hits, as it was written; the hit that ends first. Takes time in
 * proportion to the line's length times the rule's, whatever they are.
 */
export function findWords(rule: WordProgram, line: Line, openings: Openings): string | undefined {
  const { forwards, backwards } = rule;
  const starts = forwards.first.flatMap((reading) => openings.get(reading) ?? []);
  if (starts.length === 0) return undefined;
  starts.sort((one, other) => one - other);
  const end = scan(forwards, line.places, starts, 1);
  if (end === undefined) return undefined;
  const start = scan(backwards, line.places, [end], -1) ?? end;
  return line.source.slice(line.places[start]?.start, line.places[end]?.end);
}

/**
 * Goes over the places from the first start on, with all of the rule's characters at once. Gives the
 * place with which the rule is complete. Where nothing is under way it goes on with the next start.
 */
function scan(
  program: Program,
  places: readonly Place[],
  starts: readonly number[],
  direction: 1 | -1,
): number | undefined {
  const words = program.goesOn.length;
  const lastBit = 1 << ((program.size - 1) & 31);
  // The rule's characters that the text has got to: with the place before this one as their last, and
  // with a sign since then that was taken for punctuation.
  const reached = new Uint32Array(words);
  const parted = new Uint32Array(words);
  const met = new Uint32Array(words);
  let alive = false;
  let next = 0;
  for (let at = starts[0] ?? -1; at >= 0; at += direction) {
    while (next < starts.length && ((starts[next] ?? 0) - at) * direction < 0) next += 1;
    if (!alive) at = starts[next] ?? -1;
    const place = places[at];
    if (!place) return undefined;
    const between = direction === 1 ? place : places[at + 1];
    meet(met, program, place.readings);
    let startBit = at === starts[next] && mayBegin(program, place, direction) ? 1 : 0;
    let carryOn = 0;
    let carryOver = 0;
    let left = 0;
    for (let word = 0; word < words; word += 1) {
      const before = reached[word] ?? 0;
      const apart = parted[word] ?? 0;
      const on = between?.joins ? before : 0;
      const over = between?.breaks ? before | apart : apart;
      const now =
        ((((on << 1) | carryOn) & (program.goesOn[word] ?? 0)) |
          (((over << 1) | carryOver) & (program.begins[word] ?? 0)) |
          (on & (program.stretches[word] ?? 0)) |
          startBit) &
        (met[word] ?? 0);
      const kept = place.kind === 'sign' ? before | apart : 0;
      carryOn = on >>> 31;
      carryOver = over >>> 31;
      startBit = 0;
      reached[word] = now;
      parted[word] = kept;
      left |= now | kept;
    }
    alive = left !== 0;
    const complete = ((reached[words - 1] ?? 0) & lastBit) !== 0;
    if (complete && mayEnd(program, place, direction)) return at;
  }
  return undefined;
}

/** Sets all that the text's character satisfies in the rule, under any of its readings. */
function meet(met: Uint32Array, { satisfied }: Program, readings: readonly number[]): void {
  met.fill(0);
  for (const reading of readings) {
    const bits = satisfied.get(reading);
    if (bits === undefined) continue;
    for (let word = 0; word < met.length; word += 1)
      met[word] = (met[word] ?? 0) | (bits[word] ?? 0);
  }
}

function mayBegin({ firstAlone }: Program, place: Place, direction: 1 | -1): boolean {
  return (direction === 1 ? place.opens : place.closes) || (place.spelled && firstAlone);
}

function mayEnd({ lastAlone }: Program, place: Place, direction: 1 | -1): boolean {
  return (direction === 1 ? place.closes : place.opens) || (place.spelled && lastAlone);
}
