import { describe, expect, it } from 'vitest';
import { Gate } from '../../src/pace/gate.ts';
import type { Leave } from '../../src/pace/gate.ts';
import { MemoryDepartures } from '../../src/pace/memory-departures.ts';
import { Pacer } from '../../src/pace/pacer.ts';
import { Slots } from '../../src/pace/slots.ts';
import { claidWindows } from './simulation.ts';
import { VirtualClock } from './virtual-clock.ts';

const never = new AbortController().signal;

function stage() {
  const clock = new VirtualClock();
  const pacer = new Pacer(clock, new MemoryDepartures(clock, []), claidWindows);
  const gate = new Gate(clock, pacer, new Slots(clock, undefined));
  const begin = clock.now();
  const at = (leave: Promise<Leave>): Promise<number> =>
    leave.then(({ departure }) => departure.at - begin);
  return {
    clock,
    few: (rank: number, guildId = 'few') => at(gate.pass({ guildId, rank, demand: 1 }, never)),
    flood: (rank: number) => at(gate.pass({ guildId: 'flood', rank, demand: 200 }, never)),
    /** bottleneck has timers of its own; when the gate has come to wait, the clock has one too. */
    waits: () => expect.poll(() => clock.timers).toBe(1),
  };
}

describe('the gate', () => {
  it('lets one of few go at once while a flood waits for the even pace', async () => {
    const { clock, few, flood, waits } = stage();
    expect(await few(0)).toBe(0);
    const held = flood(100);
    await waits();
    await clock.advance(400);
    expect(await few(1)).toBe(400);
    await waits();
    await clock.advance(504);
    expect(await few(2)).toBe(904);
    await waits();
    await clock.advance(1_000);
    // As if the three before it had gone evenly, at 114 a minute: 3 times 60,500 / 114.
    expect(await held).toBe(1_593);
  });

  it('does not hold a flood back because of how it began', async () => {
    const { clock, few, flood, waits } = stage();
    expect(await few(0, 'flood')).toBe(0);
    const second = flood(1);
    await waits();
    await clock.advance(350);
    expect(await second).toBe(350);
  });

  it('nor because its first requests still wait when the others come', async () => {
    const { clock, few, flood, waits } = stage();
    const first = [few(0, 'flood'), few(1, 'flood'), flood(2), flood(3)];
    expect(await first[0]).toBe(0);
    for (const [index, leave] of first.slice(1).entries()) {
      await waits();
      await clock.advance(350);
      expect(await leave).toBe(350 * (index + 1));
    }
  });

  it('lets a flood go closely where nobody else was here for a minute', async () => {
    const { clock, few, flood, waits } = stage();
    expect(await few(0)).toBe(0);
    await clock.advance(61_000);
    expect(await flood(1)).toBe(61_000);
    const second = flood(2);
    await waits();
    await clock.advance(350);
    expect(await second).toBe(61_350);
  });
});
