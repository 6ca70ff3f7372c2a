import { describe, expect, it } from 'vitest';
import { createShiftedClock } from '../../../src/playground/clock.ts';
import { createSnowflakes, snowflakeTime } from '../../../src/playground/discord/snowflake.ts';

describe('snowflakes', () => {
  it('carry the time at which they were made, and are too large for a number', () => {
    const clock = createShiftedClock();
    const ids = createSnowflakes(clock);
    clock.advance(86_400_000);
    const before = clock.now();
    const id = ids.next();
    expect(snowflakeTime(id)).toBeGreaterThanOrEqual(before);
    expect(snowflakeTime(id)).toBeLessThanOrEqual(clock.now());
    expect(BigInt(id)).toBeGreaterThan(BigInt(Number.MAX_SAFE_INTEGER));
    expect(snowflakeTime(ids.old())).toBeLessThan(before - 86_400_000);
  });

  it('grow and never repeat, also when thousands are made in one millisecond', () => {
    const ids = createSnowflakes({ ...createShiftedClock(), now: () => 1_700_000_000_000 });
    const made = Array.from({ length: 10_000 }, () => BigInt(ids.next()));
    expect(made.every((id, index) => index === 0 || id > (made[index - 1] ?? 0n))).toBe(true);
  });
});
