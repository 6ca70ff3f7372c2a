import { describe, expect, it } from 'vitest';
import { textsOf } from '../../src/policy/texts-of.ts';

const style = { kind: 'guild', name: 'Ink', text: 'inky{prompt}s', negative: 'sun' } as const;

describe('the texts that rules on words look at', () => {
  it.each([
    [{ prompt: 'fox' }, ['fox']],
    [{ prompt: 'fox', negative: 'rain' }, ['fox', 'rain']],
    [{ prompt: 'fox', style: { kind: 'model', name: 'Anime' } }, ['fox']],
    [{ prompt: 'fox', style: { ...style, text: '', negative: '' } }, ['fox']],
    // The member's words by themselves too: a style without spaces would hide them.
    [{ prompt: 'fox', style }, ['inkyfoxs', 'fox', 'sun']],
    [{ prompt: 'fox', negative: 'rain', style }, ['inkyfoxs', 'fox', 'rain, sun', 'rain']],
  ] as const)('of %o', (request, texts) => {
    expect(textsOf(request)).toEqual(texts);
  });
});
