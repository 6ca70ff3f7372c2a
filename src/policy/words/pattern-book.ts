import { RE2JS, RE2Set } from 're2js';
import type { Line } from './line.ts';
import { compilePattern, findPattern, mostInstructionsTogether, patternSize } from './pattern.ts';
import type { Pattern } from './pattern.ts';
import { partOf, patternTexts } from './pattern-texts.ts';

/** Patterns, made ready to be looked for all at once. */
export interface PatternBook {
  /** The part of the line that each hits, as it was written; the others are absent. By their index. */
  hits(line: Line): ReadonlyMap<number, string>;
}

// One pass over the text for so many instructions. The tables that the engine fills while it works
// are bounded, and it still answers, more slowly, where they are full.
const setInstructions = 1500;
const setBytes = 1_000_000;

interface Shelf {
  readonly set: RE2Set;
  readonly patterns: { readonly index: number; readonly pattern: Pattern }[];
  size: number;
}

/**
 * Patterns that cannot be read are passed over, and so are those that come after more than a guild's
 * patterns may be together: both are refused where rules are made.
 */
export function patternBook(texts: readonly string[]): PatternBook {
  const shelves: Shelf[] = [];
  let together = 0;
  for (const [index, text] of texts.entries()) {
    const pattern = readable(text);
    if (!pattern) continue;
    const size = patternSize(pattern);
    together += size;
    if (together > mostInstructionsTogether) break;
    const shelf = shelfFor(shelves, size);
    shelf.set.add(text);
    shelf.patterns.push({ index, pattern });
    shelf.size += size;
  }
  return {
    hits(line) {
      const found = new Map<number, string>();
      if (shelves.length === 0) return found;
      for (const form of patternTexts(line))
        for (const { set, patterns } of shelves)
          for (const at of set.match(form.text)) {
            const known = patterns[at];
            if (!known || found.has(known.index)) continue;
            const place = findPattern(known.pattern, form.text);
            if (place && place.end > place.start) found.set(known.index, partOf(line, form, place));
          }
      return found;
    },
  };
}

function readable(text: string): Pattern | undefined {
  try {
    return compilePattern(text);
  } catch {
    return undefined;
  }
}

function shelfFor(shelves: Shelf[], size: number): Shelf {
  const last = shelves.at(-1);
  if (last && last.size + size <= setInstructions) return last;
  const shelf = {
    set: new RE2Set(RE2Set.UNANCHORED, RE2JS.CASE_INSENSITIVE, setBytes),
    patterns: [],
    size: 0,
  };
  shelves.push(shelf);
  return shelf;
}
