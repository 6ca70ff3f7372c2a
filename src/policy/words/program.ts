import { lookOf, written } from './line.ts';
import type { Line, Place } from './line.ts';
import { takenFor } from './look-alikes.ts';

/**
 * A rule of words, made ready for one direction. Each character of the rule is a bit in 32-bit words,
 * so that one step over a text's character moves all of the rule's places at once.
 */
export interface Program {
  /** Characters of the rule, at least 1. */
  readonly size: number;
  /** For each reading of a text's character, the rule's characters that it satisfies. */
  readonly satisfied: ReadonlyMap<number, Uint32Array>;
  /** The characters that may follow the one before at once, and those that may after a break. */
  readonly goesOn: Uint32Array;
  readonly begins: Uint32Array;
  /** The characters that a text may repeat: not digits, since 188 is not 18. */
  readonly stretches: Uint32Array;
  /** Whether the first word is one character, and the last: such may stand in a spelled-out word. */
  readonly firstAlone: boolean;
  readonly lastAlone: boolean;
  /** The readings with which a hit can begin. */
  readonly first: readonly number[];
}

/** A rule for finding where a hit ends, and for finding from there where it began. */
export interface WordProgram {
  readonly forwards: Program;
  readonly backwards: Program;
}

/**
 * Readies a rule's text, as a line that has at least one place. In a rule a digit or sign is itself:
 * disguises are for prompts.
 */
export function wordProgram({ places }: Line): WordProgram {
  const steps = places.map((place, at): Step => stepOf(place, at));
  const backwards = steps.toReversed().map((step, at, all): Step => {
    const { goesOn, begins } = all[at - 1] ?? step;
    return { ...step, goesOn, begins };
  });
  return { forwards: program(steps), backwards: program(backwards) };
}

interface Step {
  readonly readings: readonly number[];
  readonly stretches: boolean;
  /** What may be between it and the step before. */
  readonly goesOn: boolean;
  readonly begins: boolean;
}

function stepOf({ text, kind, joins, breaks }: Place, at: number): Step {
  const looks = kind === 'letter' ? takenFor(text).map(lookOf) : [];
  return {
    readings: [written(text), ...looks],
    stretches: kind !== 'digit',
    goesOn: at > 0 && joins,
    begins: at > 0 && breaks,
  };
}

function program(steps: readonly Step[]): Program {
  const empty = (): Uint32Array => new Uint32Array(Math.ceil(steps.length / 32));
  const satisfied = new Map<number, Uint32Array>();
  const goesOn = empty();
  const begins = empty();
  const stretches = empty();
  for (const [at, step] of steps.entries()) {
    for (const reading of step.readings) {
      const bits = satisfied.get(reading) ?? empty();
      set(bits, at);
      satisfied.set(reading, bits);
    }
    if (step.goesOn) set(goesOn, at);
    if (step.begins) set(begins, at);
    if (step.stretches) set(stretches, at);
  }
  return {
    size: steps.length,
    satisfied,
    goesOn,
    begins,
    stretches,
    firstAlone: steps[1]?.begins ?? true,
    lastAlone: steps.length === 1 || (steps.at(-1)?.begins ?? true),
    first: steps[0]?.readings ?? [],
  };
}

function set(bits: Uint32Array, at: number): void {
  const word = at >> 5;
  bits[word] = (bits[word] ?? 0) | (1 << (at & 31));
}
