import { describe, expect, it } from 'vitest';
import { runsOut } from '../../src/policy/runs-out.ts';

const dayMs = 24 * 60 * 60_000;
const first = Date.UTC(2026, 0, 1);
const now = first + 29.5 * dayMs;

const days = (credits: (index: number) => number) =>
  Array.from({ length: 30 }, (_, index) => ({
    day: first + index * dayMs,
    credits: credits(index),
  }));

describe('the day on which a month’s credits run out', () => {
  it('is as far away as what is left lasts at the rate of the last seven days', () => {
    // 65 credits in the last 6.5 days are 10 a day.
    const spent = days((index) => (index < 23 ? 999 : index < 29 ? 10 : 5));
    expect(runsOut(spent, { credits: 200, left: 50 }, now)).toBe(now + 5 * dayMs);
  });

  it('is today where nothing is left', () => {
    expect(
      runsOut(
        days(() => 100),
        { credits: 200, left: 0 },
        now,
      ),
    ).toBe(now);
  });

  it('never comes where a month at this rate stays within the limit', () => {
    expect(
      runsOut(
        days(() => 5),
        { credits: 1000, left: 1 },
        now,
      ),
    ).toBe('lasts');
    expect(
      runsOut(
        days(() => 0),
        { credits: 0, left: 0 },
        now,
      ),
    ).toBe('lasts');
    expect(runsOut([], { credits: 10, left: 10 }, now)).toBe('lasts');
  });
});
