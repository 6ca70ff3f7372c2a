import { afterEach, describe, expect, it } from 'vitest';
import { Lanes } from '../../src/pace/lanes.ts';

const never = new AbortController().signal;
const open: Lanes[] = [];

function lanes(concurrent: number): Lanes {
  const created = new Lanes(concurrent);
  open.push(created);
  return created;
}

afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

describe('lanes', () => {
  it('let the lowest rank in first, whenever it came', async () => {
    const tested = lanes(1);
    const leave = await tested.enter('k', 0, never);
    const order: number[] = [];
    const others = [3, 1, 2].map(async (rank) => {
      const out = await tested.enter('k', rank, never);
      order.push(rank);
      out();
    });
    leave();
    await Promise.all(others);
    expect(order).toEqual([1, 2, 3]);
  });

  it('keep the limiters of keys that nobody uses, but only so many', async () => {
    const tested = lanes(1);
    const leave = await tested.enter('busy', 0, never);
    for (let n = 0; n < 300; n += 1) (await tested.enter(`k${n}`, n, never))();
    expect(tested.size).toBe(257);
    expect(tested.isOpen('busy')).toBe(false);
    leave();
    expect(tested.size).toBe(256);
    // One that is used again is not among those that go next.
    const [first, second] = ['k45', 'k46'];
    const back = await tested.enter(first, 0, never);
    (await tested.enter('another', 0, never))();
    expect(tested.isOpen(first)).toBe(false);
    expect(tested.isOpen(second)).toBe(true);
    back();
    expect(tested.size).toBe(256);
  });

  it('do not pile up what was cancelled, and serve who came after', async () => {
    const tested = lanes(1);
    const leave = await tested.enter('k', 0, never);
    for (let n = 0; n < 1_000; n += 1) {
      const controller = new AbortController();
      const entered = tested.enter('k', n, controller.signal);
      controller.abort(new Error('gone'));
      await expect(entered).rejects.toThrow('gone');
    }
    expect(tested.tickets).toBe(1);
    const last = tested.enter('k', 1_000, never);
    expect(tested.tickets).toBe(1);
    leave();
    (await last)();
    expect(tested.tickets).toBe(0);
    expect(tested.isOpen('k')).toBe(true);
  });

  it('are open while there is room, counted the moment someone goes', async () => {
    const tested = lanes(1);
    expect(tested.isOpen('k')).toBe(true);
    const leave = await tested.enter('k', 0, never);
    expect(tested.isOpen('k')).toBe(false);
    expect(tested.isOpen('other')).toBe(true);
    leave();
    expect(tested.isOpen('k')).toBe(true);
  });

  it('send away who waits when they are closed', async () => {
    const tested = new Lanes(1);
    const leave = await tested.enter('k', 0, never);
    const waiting = tested.enter('k', 1, never);
    tested.close();
    await expect(waiting).rejects.toThrow('closed');
    leave();
  });
});
