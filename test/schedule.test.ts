import { describe, expect, it } from 'vitest';
import { createShiftedClock } from '../src/playground/clock.ts';
import { deadline, endsWithin, every, sleep } from '../src/schedule.ts';

/** Lets everything that is already settled be seen. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function outcome(promise: Promise<unknown>): { now: string } {
  const seen = { now: 'pending' };
  promise.then(
    () => (seen.now = 'resolved'),
    (error: unknown) => (seen.now = String(error)),
  );
  return seen;
}

const hour = 60 * 60_000;

describe('sleep', () => {
  it('resolves when the clock has gone on so far, not before', async () => {
    const clock = createShiftedClock();
    const slept = outcome(sleep(clock, hour));
    clock.advance(hour - 1_000);
    await settled();
    expect(slept.now).toBe('pending');
    clock.advance(1_000);
    await settled();
    expect(slept.now).toBe('resolved');
  });

  it('rejects with the reason of its signal, at once where that is aborted already', async () => {
    const clock = createShiftedClock();
    const controller = new AbortController();
    const slept = outcome(sleep(clock, hour, controller.signal));
    controller.abort(new Error('enough'));
    await settled();
    expect(slept.now).toBe('Error: enough');
    await expect(sleep(clock, hour, controller.signal)).rejects.toThrow('enough');
  });

  it('stays resolved when its signal is aborted afterwards, and makes an error of any reason', async () => {
    const clock = createShiftedClock();
    const controller = new AbortController();
    const slept = sleep(clock, 10, controller.signal);
    clock.advance(10);
    await slept;
    controller.abort('no error');
    await expect(sleep(clock, 10, controller.signal)).rejects.toMatchObject({
      message: 'aborted',
      cause: 'no error',
    });
  });
});

describe('every', () => {
  it('runs again so long after the last run has ended, so that runs never overlap', async () => {
    const clock = createShiftedClock();
    const gates: (() => void)[] = [];
    const stop = every(
      clock,
      hour,
      () => new Promise((resolve) => gates.push(resolve)),
      () => undefined,
    );
    clock.advance(hour);
    clock.advance(5 * hour);
    await settled();
    expect(gates).toHaveLength(1);
    gates[0]?.();
    await settled();
    clock.advance(hour - 1_000);
    expect(gates).toHaveLength(1);
    clock.advance(1_000);
    expect(gates).toHaveLength(2);
    gates[1]?.();
    await stop();
  });

  it('goes on after an error, which it reports', async () => {
    const clock = createShiftedClock();
    const errors: unknown[] = [];
    let runs = 0;
    const stop = every(
      clock,
      hour,
      () => {
        runs += 1;
        return Promise.reject(new Error(`run ${runs}`));
      },
      (error) => errors.push(error),
    );
    for (let n = 0; n < 3; n += 1) {
      clock.advance(hour);
      await settled();
    }
    await stop();
    expect(errors.map(String)).toEqual(['Error: run 1', 'Error: run 2', 'Error: run 3']);
  });

  it('stops when the run under way has ended, and never runs again', async () => {
    const clock = createShiftedClock();
    let runs = 0;
    let end = (): void => undefined;
    const stop = every(
      clock,
      hour,
      () => {
        runs += 1;
        return new Promise((resolve) => (end = resolve));
      },
      () => undefined,
    );
    clock.advance(hour);
    const stopped = outcome(stop());
    await settled();
    expect(stopped.now).toBe('pending');
    end();
    await settled();
    expect(stopped.now).toBe('resolved');
    clock.advance(10 * hour);
    await settled();
    expect(runs).toBe(1);
  });

  // schedule.ts catches what the promise rejects with only; `it` again once it catches this too.
  it('survives a task that throws before it promises anything', async () => {
    const clock = createShiftedClock();
    const errors: unknown[] = [];
    const stop = every(
      clock,
      hour,
      () => {
        throw new Error('at once');
      },
      (error) => errors.push(error),
    );
    clock.advance(hour);
    await settled();
    clock.advance(hour);
    await settled();
    await stop();
    expect(errors.map(String)).toEqual(['Error: at once', 'Error: at once']);
  });
});

describe('endsWithin', () => {
  it('tells a task that ends in time from one that does not', async () => {
    const clock = createShiftedClock();
    const inTime = Promise.withResolvers<void>();
    const fast = endsWithin(clock, hour, inTime.promise);
    const slow = endsWithin(clock, hour, new Promise(() => undefined));
    clock.advance(hour - 1_000);
    inTime.resolve();
    expect(await fast).toBe(true);
    clock.advance(1_000);
    expect(await slow).toBe(false);
  });

  it('fails as its task does', async () => {
    const failing = endsWithin(createShiftedClock(), hour, Promise.reject(new Error('broken')));
    await expect(failing).rejects.toThrow('broken');
  });
});

describe('deadline', () => {
  it('aborts with its reason when the time is over', () => {
    const clock = createShiftedClock();
    const { signal } = deadline(clock, hour, () => new Error('too late'));
    clock.advance(hour - 1_000);
    expect(signal.aborted).toBe(false);
    clock.advance(1_000);
    expect(signal.reason).toEqual(new Error('too late'));
  });

  it('aborts with its parent, for the parent’s reason, even one that was aborted before', () => {
    const clock = createShiftedClock();
    const parent = new AbortController();
    const before = deadline(clock, hour, () => new Error('too late'), parent.signal);
    parent.abort(new Error('over'));
    const after = deadline(clock, hour, () => new Error('too late'), parent.signal);
    clock.advance(2 * hour);
    expect([before.signal.reason, after.signal.reason]).toEqual([
      new Error('over'),
      new Error('over'),
    ]);
  });

  it('never aborts once it is cleared', () => {
    const clock = createShiftedClock();
    const parent = new AbortController();
    const limit = deadline(clock, hour, () => new Error('too late'), parent.signal);
    limit.clear();
    clock.advance(2 * hour);
    parent.abort();
    expect(limit.signal.aborted).toBe(false);
  });
});
