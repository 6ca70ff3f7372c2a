import { describe, expect, it } from 'vitest';
import { generationId } from '../../src/domain/generation.ts';
import { generationButtons, readCustomId } from '../../src/messages/custom-id.ts';

const longest = generationId('9'.repeat(20), 9);

describe('custom ids', () => {
  it.each(Object.entries(generationButtons))('of %s are read as they were written', (_, write) => {
    const id = write(longest);
    expect(id.length).toBeLessThanOrEqual(100);
    const read = readCustomId(id);
    expect(read).toMatchObject({ command: 'imagine', ref: longest });
    expect(id).toBe(`imagine:${read?.action}:${longest}`);
  });

  it.each([
    '',
    'imagine',
    'imagine:delete',
    'imagine:delete:',
    'a:b:c:d',
    'a b:c:d',
    `a:b:${'x'.repeat(33)}`,
    'a:b:c\n',
  ])('that nobody wrote are none: %j', (text) => {
    expect(readCustomId(text)).toBeUndefined();
  });
});
