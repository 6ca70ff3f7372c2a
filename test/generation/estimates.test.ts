import { describe, expect, it } from 'vitest';
import { createEstimates } from '../../src/generation/estimates.ts';

const at = (position: number, accountDelayMs = 0) => ({ position, running: 0, accountDelayMs });

function knowing(times: readonly number[], guildConcurrent = 2) {
  const estimates = createEstimates(guildConcurrent);
  for (const ms of times) estimates.note('claid', ms);
  return estimates;
}

describe('estimates', () => {
  it('promise nothing while no run of that provider is known', () => {
    const estimates = knowing([5_000]);
    expect(estimates.untilReadyMs('other')).toBeNull();
    expect(knowing([]).untilReadyMs('claid', at(1))).toBeNull();
  });

  it.each([
    [[5_000], 5_000],
    [[9_000, 1_000, 5_000], 5_000],
    [[1_000, 1_000, 1_000, 600_000], 1_000],
    [[1_000, 3_000], 3_000],
  ])('take the median of %j, which one slow run does not move', (times, median) => {
    expect(knowing(times).untilReadyMs('claid')).toBe(median);
  });

  it('know the latest 20 runs only', () => {
    const times = [
      ...Array.from({ length: 20 }, () => 1_000),
      ...Array.from({ length: 20 }, () => 7_000),
    ];
    expect(knowing(times).untilReadyMs('claid')).toBe(7_000);
    expect(knowing(times.toReversed()).untilReadyMs('claid')).toBe(1_000);
  });

  it.each([
    [1, 0, 2 * 4_000],
    [2, 0, 2 * 4_000],
    [3, 0, 3 * 4_000],
    [1, 30_000, 34_000],
    [20, 1_000, 11 * 4_000],
  ])('at place %i with %i ms of the account’s own wait: %i ms', (place, delayMs, ms) => {
    expect(knowing([4_000]).untilReadyMs('claid', at(place, delayMs))).toBe(ms);
  });
});
