import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasMoreParts } from '../../src/providers/json-parts.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Every value that is no text, number or word, and every comma. */
function partsOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inner: unknown[] = Object.values(value);
  return (
    1 + Math.max(0, inner.length - 1) + inner.reduce<number>((sum, it) => sum + partsOf(it), 0)
  );
}

describe('the parts of a JSON text', () => {
  test('are as many as there are in what it says, whatever its texts hold', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const parts = partsOf(value);
        const json = bytes(JSON.stringify(value));
        expect(hasMoreParts(json, parts)).toBe(false);
        if (parts > 0) expect(hasMoreParts(json, parts - 1)).toBe(true);
      }),
    );
  });

  test.each([
    ['"[[[["', 0],
    ['"\\"[,{"', 0],
    ['"\\\\",[', 2],
    ['["\\\\\\"[",{}]', 3],
    ['"\\', 0],
    ['"never ends [[[[', 0],
    ['', 0],
    ['<html>,,,', 3],
    ['"', 0],
  ])('of %s are %i', (text, parts) => {
    expect(hasMoreParts(bytes(text), parts)).toBe(false);
    if (parts > 0) expect(hasMoreParts(bytes(text), parts - 1)).toBe(true);
  });
});
