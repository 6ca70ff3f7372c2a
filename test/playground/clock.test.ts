import { describe, expect, it } from 'vitest';
import { createShiftedClock } from '../../src/playground/clock.ts';
import { sleep } from '../../src/schedule.ts';

const hourMs = 3_600_000;

describe('the shifted clock', () => {
  it('is real time plus what it was advanced by', () => {
    const clock = createShiftedClock();
    const before = Date.now();
    expect(clock.now()).toBeGreaterThanOrEqual(before);
    clock.advance(hourMs);
    expect(clock.now()).toBeGreaterThanOrEqual(before + hourMs);
    expect(clock.now()).toBeLessThan(before + 2 * hourMs);
  });

  it('fires what became due at once, in the order of time and then of setting', () => {
    const clock = createShiftedClock();
    const fired: string[] = [];
    clock.setTimer(() => fired.push('later'), 3000);
    clock.setTimer(() => fired.push('first'), 1000);
    clock.setTimer(() => fired.push('second'), 1000);
    clock.setTimer(() => fired.push('not yet'), 2 * hourMs);
    clock.advance(hourMs);
    expect(fired).toEqual(['first', 'second', 'later']);
  });

  it('shows a timer the time at which it is due, and the end of the step afterwards', () => {
    const clock = createShiftedClock();
    const start = clock.now();
    let at = 0;
    clock.setTimer(() => {
      at = clock.now();
    }, 60_000);
    clock.advance(hourMs);
    expect(at - start).toBeGreaterThanOrEqual(60_000);
    expect(at - start).toBeLessThan(hourMs);
    expect(clock.now() - start).toBeGreaterThanOrEqual(hourMs);
  });

  it('fires timers that timers set, when they too are due within the step', () => {
    const clock = createShiftedClock();
    let ticks = 0;
    const tick = (): void => {
      ticks += 1;
      clock.setTimer(tick, 1000);
    };
    clock.setTimer(tick, 1000);
    clock.advance(10_500);
    expect(ticks).toBe(10);
  });

  it('does not fire a timer that was cancelled, also by another timer of the same step', () => {
    const clock = createShiftedClock();
    const fired: string[] = [];
    const cancelSecond = clock.setTimer(() => fired.push('second'), 2000);
    clock.setTimer(() => {
      fired.push('first');
      cancelSecond();
    }, 1000);
    clock.advance(5000);
    expect(fired).toEqual(['first']);
  });

  it('lets real time fire what is due without being advanced, and what an advance brought near', async () => {
    const clock = createShiftedClock();
    await sleep(clock, 5);
    const soon = sleep(clock, hourMs);
    clock.advance(hourMs - 5);
    await soon;
  });

  it('goes forward only', () => {
    const clock = createShiftedClock();
    expect(() => clock.advance(-1)).toThrow(RangeError);
  });
});
