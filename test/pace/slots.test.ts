import { describe, expect, it } from 'vitest';
import { Slots } from '../../src/pace/slots.ts';
import { VirtualClock } from './virtual-clock.ts';

/** Slots that know from experience that a request takes ten seconds. */
async function experienced(clock: VirtualClock, concurrent: number): Promise<Slots> {
  const slots = new Slots(clock, concurrent);
  for (let n = 0; n < 3; n += 1) {
    const leave = slots.take();
    await clock.advance(10_000);
    leave();
  }
  return slots;
}

describe('slots', () => {
  it('without a bound hold up nobody, whatever is under way', async () => {
    const slots = new Slots(new VirtualClock(), undefined);
    for (let n = 0; n < 100; n += 1) slots.take();
    await slots.freed();
    expect(slots.underWay).toBe(100);
    expect(slots.forecastMs(1_000)).toBe(0);
  });

  it('are freed once, even if one leaves again later', async () => {
    const clock = new VirtualClock();
    const slots = new Slots(clock, 2);
    const leave = slots.take();
    await clock.advance(2_000);
    leave();
    slots.take();
    slots.take();
    await clock.advance(60_000);
    leave();
    expect(slots.underWay).toBe(2);
    slots.take();
    expect(slots.forecastMs(2)).toBe(1_000 + 2_000);
  });

  it('foretell nothing while one is free for each who is ahead', async () => {
    const slots = await experienced(new VirtualClock(), 3);
    slots.take();
    expect(slots.forecastMs(0)).toBe(0);
    expect(slots.forecastMs(1)).toBe(0);
    expect(slots.forecastMs(2)).toBe(10_000);
  });

  it('foretell from how long requests took when one will be free', async () => {
    const clock = new VirtualClock();
    const slots = await experienced(clock, 2);
    slots.take();
    await clock.advance(4_000);
    slots.take();
    await clock.advance(1_000);
    expect([0, 1, 2, 3].map((ahead) => slots.forecastMs(ahead))).toEqual([
      5_000, 9_000, 15_000, 19_000,
    ]);
  });

  it('never foretell that one is free now while none is', async () => {
    const clock = new VirtualClock();
    const unknown = new Slots(clock, 1);
    unknown.take();
    expect(unknown.forecastMs(0)).toBeGreaterThan(0);
    expect(unknown.forecastMs(1)).toBeGreaterThan(unknown.forecastMs(0));
    const slots = await experienced(clock, 1);
    slots.take();
    await clock.advance(60_000);
    expect(slots.forecastMs(0)).toBeGreaterThan(0);
    expect(slots.forecastMs(1)).toBe(slots.forecastMs(0) + 10_000);
  });
});
