import { describe, expect, it } from 'vitest';
import { earliest, ruleOf, yielding } from '../../src/pace/rule.ts';
import type { Rule } from '../../src/pace/rule.ts';
import { claidWindows } from './simulation.ts';

const rule = ruleOf(claidWindows);

/** When requests depart (ms) that go as soon as they may, from one time to another, after earlier ones. */
function depart(
  [from, until]: readonly [number, number],
  { by = rule, after = [], foreign = 0 }: Options = {},
): number[] {
  const departures = [...after];
  let now = from;
  for (;;) {
    const recent = departures.filter((at) => at > now - by.holdMs);
    const at = earliest(by, recent, foreign, now);
    if (at >= until) return departures.slice(after.length);
    if (at === now) departures.push(at);
    now = at;
  }
}

interface Options {
  readonly by?: Rule;
  readonly after?: readonly number[];
  readonly foreign?: number;
}

const gapsOf = (departures: readonly number[]): number[] =>
  departures.slice(1).map((at, n) => at - (departures[n] ?? 0));
const closely = (gaps: readonly number[]): number => gaps.filter((gap) => gap === 350).length;

describe('when the next request may depart', () => {
  it('is evenly after twenty that left closely', () => {
    const gaps = gapsOf(depart([0, 20_000]));
    expect(closely(gaps)).toBe(19);
    expect(gaps.slice(19).every((gap) => gap === 505)).toBe(true);
  });

  it('is sooner again after a lull, by as much as the lull was long', () => {
    const first = depart([0, 10_000]);
    const later = depart([12_000, 20_000], { after: first });
    // 155 ms are won with each that goes closely.
    expect(closely(gapsOf(later))).toBe(Math.floor((12_000 - (first.at(-1) ?? 0)) / 155) - 3);
  });

  it('is not sooner for what timers are late', () => {
    const first = depart([0, 10_000]);
    const next = (first.at(-1) ?? 0) + 505;
    const late = [...first, next + 40];
    expect(depart([next + 41, next + 2_000], { after: late })[0]).toBe(next + 40 + 505);
  });

  it('is never sooner than evenly while others use the key', () => {
    const gaps = gapsOf(depart([0, 20_000], { foreign: 20 }));
    expect(closely(gaps)).toBe(0);
    expect(Math.min(...gaps)).toBeCloseTo(605);
  });

  it('is never one more than the window takes, however long it goes on', () => {
    const departures = depart([0, 300_000]);
    for (const at of departures)
      expect(departures.filter((other) => other > at - 60_000 && other <= at).length).toBeLessThan(
        121,
      );
    expect(departures.length).toBeGreaterThanOrEqual(0.98 * 600);
  });
});

describe('a flood that yields', () => {
  const flood = yielding(rule);

  it('goes evenly, also after a lull', () => {
    const gaps = gapsOf(depart([0, 20_000], { by: flood }));
    expect(closely(gaps)).toBe(0);
  });

  it('leaves some of the window free, which others take at once', () => {
    const departures = depart([0, 120_000], { by: flood });
    const now = 120_000;
    const inWindow = departures.filter((at) => at > now - rule.holdMs);
    expect(inWindow.length).toBe(114);
    const [first = NaN, second = NaN] = depart([now, now + 2_000], { after: inWindow });
    expect(first).toBe(Math.max(now, (inWindow.at(-1) ?? 0) + 350));
    expect(second).toBe(first + 350);
  });

  it('has no limit where there is none', () => {
    expect(earliest(yielding(ruleOf([])), [1, 2, 3], 0, 3)).toBe(3);
  });
});
