import { afterEach, describe, expect, it } from 'vitest';
import type { Pace, QueuePosition, RateLimitReading } from '../../src/domain/pace.ts';
import { ProviderError } from '../../src/domain/provider.ts';
import { createMetrics } from '../../src/metrics.ts';
import type { PaceOptions } from '../../src/pace/pace.ts';
import { figures, hold, mustTake, paceOf } from './jobs.ts';

const open: Pace[] = [];

function pace(options?: Partial<PaceOptions>): Pace {
  const created = paceOf(options);
  open.push(created);
  return created;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

const idle = { signal: new AbortController().signal, onPosition: () => undefined };

function busy(): ProviderError {
  return new ProviderError('busy', 'nothing-made', 'slow down', { status: 429 });
}

function retryAfter(ms: number): RateLimitReading {
  return {
    limit: undefined,
    remaining: undefined,
    resetMs: undefined,
    windows: [],
    retryAfterMs: ms,
  };
}

describe('after a 429', () => {
  it('the job runs again with a turn of its own, and nobody is told', async () => {
    const metrics = createMetrics();
    const turns: number[] = [];
    const positions: QueuePosition[] = [];
    const result = await mustTake(pace({ metrics }), 'g', 'm').run(
      'claid',
      (turn) => {
        turns.push(turn.departedAt);
        if (turns.length === 3) return Promise.resolve('made');
        turn.observe(retryAfter(20));
        return Promise.reject(busy());
      },
      {
        ...idle,
        onPosition: (position) => {
          positions.push(position);
        },
      },
    );
    expect(result).toBe('made');
    expect(turns).toHaveLength(3);
    expect((turns[1] ?? 0) - (turns[0] ?? 0)).toBeGreaterThanOrEqual(20);
    expect((turns[2] ?? 0) - (turns[1] ?? 0)).toBeGreaterThanOrEqual(20);
    expect(positions).toEqual([]);
    expect(await metrics.registry.metrics()).toContain(
      'easel_rate_limited_total{account="claid"} 2\n',
    );
  });

  it('the account is paused for everyone, and says so', async () => {
    const metrics = createMetrics();
    const tested = pace({ metrics });
    const again = new AbortController();
    const first = mustTake(tested, 'g', 'm').run(
      'claid',
      (turn) => {
        turn.observe(retryAfter(60_000));
        return Promise.reject(busy());
      },
      { ...idle, signal: again.signal },
    );
    await expect.poll(async () => (await figures(metrics)).pausedSeconds).toBeGreaterThan(0);
    const other = hold(tested, 'h', 'm');
    expect(other.positions[0]?.accountDelayMs).toBeGreaterThan(59_000);
    expect((await figures(metrics)).pausedSeconds).toBeGreaterThan(59);
    again.abort(new Error('cancelled'));
    await expect(first).rejects.toThrow('cancelled');
    other.abort();
    await expect(other.done).rejects.toThrow('abort');
    expect(await figures(metrics)).toMatchObject({ waiting: 0, running: 0 });
  });

  it('patience comes to an end, and the error goes through', async () => {
    let attempts = 0;
    const error = busy();
    const failing = mustTake(pace({ patienceMs: 350 }), 'g', 'm').run(
      'claid',
      (turn) => {
        attempts += 1;
        turn.observe(retryAfter(10));
        return Promise.reject(error);
      },
      idle,
    );
    await expect(failing).rejects.toBe(error);
    expect(attempts).toBeGreaterThan(1);
  });

  it('a pause beyond patience is not waited for, by nobody', async () => {
    const metrics = createMetrics();
    const tested = pace({ metrics, patienceMs: 1_000 });
    const error = busy();
    const asked = Promise.withResolvers<undefined>();
    const first = mustTake(tested, 'g', 'm').run(
      'claid',
      async (turn) => {
        await asked.promise;
        turn.observe(retryAfter(3_600_000));
        throw error;
      },
      idle,
    );
    asked.resolve(undefined);
    await expect(first).rejects.toBe(error);
    const later = mustTake(tested, 'h', 'm').run('claid', () => Promise.resolve(), idle);
    await expect(later).rejects.toMatchObject({ kind: 'busy', outcome: 'nothing-made' });
    expect(await figures(metrics)).toMatchObject({ waiting: 0, running: 0 });
  });

  it('other failures are not tried again', async () => {
    for (const error of [
      new ProviderError('unavailable', 'unknown', 'broken'),
      new ProviderError('busy', 'unknown', 'who knows'),
      new Error('bug'),
    ]) {
      let attempts = 0;
      const failing = mustTake(pace(), 'g', 'm').run(
        'claid',
        () => {
          attempts += 1;
          return Promise.reject(error);
        },
        idle,
      );
      await expect(failing).rejects.toBe(error);
      expect(attempts).toBe(1);
    }
  });

  it('nothing is lost among many who are refused now and then', async () => {
    const windows = [
      { limit: 120, windowMs: 600 },
      { limit: 4, windowMs: 10 },
    ];
    const tested = pace({ accounts: [{ account: 'claid', windows }] });
    let calls = 0;
    const made = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        mustTake(tested, `g${n % 10}`, `m${n}`).run(
          'claid',
          (turn) => {
            calls += 1;
            if (calls % 5 !== 0) return Promise.resolve(n);
            turn.observe({ ...retryAfter(0), retryAfterMs: undefined, limit: 4, remaining: -1 });
            return Promise.reject(busy());
          },
          idle,
        ),
      ),
    );
    expect(made).toEqual(Array.from({ length: 40 }, (_, n) => n));
    expect(calls).toBeGreaterThan(40);
  });
});
