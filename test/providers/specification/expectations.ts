import { expect } from 'vitest';
import type { ProviderError, ProviderErrorKind } from '../../../src/domain/provider.ts';
import type { ProviderResult } from '../../../src/domain/provider.ts';
import { failureOf, type Asking, type Rig } from './rig.ts';

/** All that was asked for has come, at what the books say, and it was asked for once. */
export function expectWhole(rig: Rig, result: ProviderResult, images = rig.request().images): void {
  expect(result.pictures).toHaveLength(images);
  expect(result.providerCost).toBe(rig.standIn.books.totalCost);
  expect(rig.posts()).toHaveLength(1);
}

/**
 * Asks, and expects what comes of an answer that was lost although it was charged: the pictures are
 * found where that can be, else nobody knows. Never is it asked for again.
 *
 * @param kinds of the error, where there is one
 */
export async function expectLost(
  rig: Rig,
  kinds: readonly ProviderErrorKind[],
  asked?: Partial<Asking>,
): Promise<void> {
  expect(await lostAnswer(rig, rig.generate(asked), kinds)).toBe(rig.subject.whenLost);
}

/** The same for what is under way already. */
export async function lostAnswer(
  rig: Rig,
  task: Promise<ProviderResult>,
  kinds: readonly ProviderErrorKind[],
): Promise<'found' | 'unknown'> {
  if (rig.subject.whenLost === 'found') {
    expectWhole(rig, await task);
    return 'found';
  }
  expectUnknown(rig, await failureOf(task), kinds);
  return 'unknown';
}

/** Nobody can tell what was made, and it was asked for once. */
export function expectUnknown(
  rig: Rig,
  error: ProviderError,
  kinds: readonly ProviderErrorKind[],
): void {
  expect(kinds).toContain(error.kind);
  expect(error.outcome).toBe('unknown');
  expect(rig.posts()).toHaveLength(1);
}
