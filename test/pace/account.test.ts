import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import type { Turn } from '../../src/domain/pace.ts';
import { ProviderError } from '../../src/domain/provider.ts';
import { Account } from '../../src/pace/account.ts';
import { Gate } from '../../src/pace/gate.ts';
import { MemoryDepartures } from '../../src/pace/memory-departures.ts';
import { Pacer } from '../../src/pace/pacer.ts';
import { Slots } from '../../src/pace/slots.ts';
import { VirtualClock } from './virtual-clock.ts';

const never = new AbortController().signal;
const open: Account[] = [];

function account(limit: number, windowMs: number, patienceMs = 60_000): Account {
  const created = new Account({
    clock: systemClock,
    account: 'claid',
    windows: [{ limit, windowMs }],
    concurrent: undefined,
    departures: new MemoryDepartures(systemClock, []),
    patienceMs,
    onRateLimited: () => undefined,
  });
  open.push(created);
  return created;
}

/** Runs a job; `atGate` resolves when it stands in front of the pacer. */
function run(
  tested: Account,
  job: (turn: Turn) => Promise<string>,
  signal = never,
): { atGate: Promise<undefined>; done: Promise<string> } {
  const atGate = Promise.withResolvers<undefined>();
  const done = tested.run(job, {
    guildId: 'a guild',
    demand: 1,
    signal,
    onGate: () => {
      atGate.resolve(undefined);
    },
    onDepart: () => undefined,
  });
  done.catch(() => undefined);
  return { atGate: atGate.promise, done };
}

function observed(turn: Turn, retryAfterMs: number): ProviderError {
  turn.observe({
    limit: undefined,
    remaining: undefined,
    resetMs: undefined,
    windows: [],
    retryAfterMs,
  });
  return new ProviderError('busy', 'nothing-made', 'slow down', { status: 429 });
}

afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

describe('an account', () => {
  it('sends a job that came back with a 429 before those who wait at the gate already', async () => {
    const tested = account(10, 300);
    const order: string[] = [];
    const others: ReturnType<typeof run>[] = [];
    const first = run(tested, async (turn) => {
      order.push('first');
      if (order.length > 1) return 'made';
      for (const name of ['second', 'third']) {
        others.push(run(tested, () => Promise.resolve(String(order.push(name)))));
      }
      await Promise.all(others.map(({ atGate }) => atGate));
      throw observed(turn, 60);
    });
    expect(await first.done).toBe('made');
    await Promise.all(others.map(({ done }) => done));
    expect(order).toEqual(['first', 'first', 'second', 'third']);
  });

  it('sends everyone away at once when the API asks for more than patience', async () => {
    const tested = account(1, 60_000, 5_000);
    const first = run(tested, async (turn) => {
      await waiting.atGate;
      throw observed(turn, 3_600_000);
    });
    const waiting = run(tested, () => Promise.resolve('never'));
    await expect(first.done).rejects.toMatchObject({ kind: 'busy' });
    await expect(waiting.done).rejects.toMatchObject({ kind: 'busy', outcome: 'nothing-made' });
  });

  it('loses no slot to a job that is cancelled at any step of its way out', async () => {
    for (let steps = 0; steps < 20; steps += 1) {
      const tested = new Account({
        clock: systemClock,
        account: 'claid',
        windows: [],
        concurrent: 1,
        departures: new MemoryDepartures(systemClock, []),
        patienceMs: 60_000,
        onRateLimited: () => undefined,
      });
      open.push(tested);
      const first = Promise.withResolvers<string>();
      const begun = Promise.withResolvers<undefined>();
      const running = run(tested, () => {
        begun.resolve(undefined);
        return first.promise;
      });
      await begun.promise;
      const controller = new AbortController();
      const cancelled = run(tested, () => Promise.resolve('made'), controller.signal);
      await cancelled.atGate;
      // Whoever came later and is held by nothing has departed: by now the gate waits for the slot.
      await run(account(1_000, 1), () => Promise.resolve('witness')).done;
      const cancelling = (async () => {
        for (let step = 0; step < steps; step += 1) await Promise.resolve();
        controller.abort(new Error('cancelled'));
      })();
      first.resolve('first');
      await cancelling;
      expect(await cancelled.done.catch((error: unknown) => String(error))).toMatch(
        /^made$|cancelled/,
      );
      await running.done;
      expect(await run(tested, () => Promise.resolve('next')).done).toBe('next');
      expect(tested.underWay).toBe(0);
    }
  });

  it('does not count a departure that was got for one who left meanwhile', async () => {
    const clock = new VirtualClock();
    const windows = [{ limit: 1, windowMs: 60_000 }];
    const pacer = new Pacer(clock, new MemoryDepartures(clock, []), windows);
    const gate = new Gate(clock, pacer, new Slots(clock, undefined));
    await gate.pass({ guildId: 'g', rank: 1, demand: 1 }, never);
    const controller = new AbortController();
    const left = gate.pass({ guildId: 'g', rank: 2, demand: 1 }, controller.signal);
    await expect.poll(() => clock.timers).toBe(1);
    controller.abort(new Error('left'));
    await expect(left).rejects.toThrow('left');
    await clock.advance(61_000);
    expect(pacer.forecastMs(0)).toBe(0);
    await gate.pass({ guildId: 'g', rank: 3, demand: 1 }, never);
    expect(pacer.forecastMs(0)).toBeGreaterThan(60_000);
  });
});
