import { describe, expect, test } from 'vitest';
import { atMost } from '../src/at-most.ts';

/** Work that lasts until it is told to end, and what has begun and ended so far. */
function stage() {
  const said: string[] = [];
  const work = (name: string) => {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    return {
      end: () => resolve(name),
      fail: () => reject(new Error(name)),
      run: async () => {
        said.push(name);
        return promise;
      },
    };
  };
  return { said, work };
}

describe('work of which only so much runs at once', () => {
  test('begins within the call while there is room, and in its order afterwards', async () => {
    const { said, work } = stage();
    const [one, two, three, four] = [work('1'), work('2'), work('3'), work('4')];
    const schedule = atMost(2);
    const done = [one, two, three, four].map(({ run }) => schedule(run));
    expect(said).toEqual(['1', '2']);
    two.end();
    await done[1];
    expect(said).toEqual(['1', '2', '3']);
    one.end();
    three.end();
    four.end();
    expect(await Promise.all(done)).toEqual(['1', '2', '3', '4']);
    expect(said).toEqual(['1', '2', '3', '4']);
  });

  test('gives its place on when it fails, and fails alone', async () => {
    const { said, work } = stage();
    const [one, two] = [work('1'), work('2')];
    const schedule = atMost(1);
    const [first, second] = [schedule(one.run), schedule(two.run)];
    one.fail();
    await expect(first).rejects.toThrow('1');
    expect(said).toEqual(['1', '2']);
    two.end();
    expect(await second).toBe('2');
  });

  test('has its place back when nobody waits for it', async () => {
    const { said, work } = stage();
    const schedule = atMost(1);
    const one = work('1');
    const first = schedule(one.run);
    one.end();
    await first;
    void schedule(work('2').run);
    void schedule(work('3').run);
    expect(said).toEqual(['1', '2']);
  });
});
