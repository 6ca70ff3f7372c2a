import { createHash } from 'node:crypto';

/**
 * The seed that is sent where the member gave none, 0 to 2^31-1: always the same for one generation, so
 * that what was made of it can be found again by it.
 */
export function seedOf(generationId: string): number {
  return createHash('sha256').update(generationId).digest().readUInt32BE(0) >>> 1;
}
