import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import type { Pace } from '../../src/domain/pace.ts';
import { createMetrics } from '../../src/metrics.ts';
import type { PaceOptions } from '../../src/pace/pace.ts';
import { sleep } from '../../src/schedule.ts';
import { figures, hold, isFull, mustTake, paceOf } from './jobs.ts';
import { claidWindows } from './simulation.ts';

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

describe('a place', () => {
  it('runs its job and gives back what that gives', async () => {
    const before = systemClock.now();
    const result = await mustTake(pace(), 'g', 'm').run(
      'claid',
      (turn) => Promise.resolve(turn.departedAt),
      idle,
    );
    expect(result).toBeGreaterThanOrEqual(before);
    expect(result).toBeLessThanOrEqual(systemClock.now());
  });

  it('rejects with what the job throws, and is free then', async () => {
    const metrics = createMetrics();
    const tested = pace({ metrics, memberQueue: 0 });
    const failing = mustTake(tested, 'g', 'm').run(
      'claid',
      () => Promise.reject(new Error('broken')),
      idle,
    );
    await expect(failing).rejects.toThrow('broken');
    expect(tested.full('g', 'm')).toBeUndefined();
    expect(await figures(metrics)).toEqual({ waiting: 0, running: 0, pausedSeconds: 0 });
  });

  it('serves one job only', async () => {
    const place = mustTake(pace(), 'g', 'm');
    await place.run('claid', () => Promise.resolve(), idle);
    await expect(place.run('claid', () => Promise.resolve(), idle)).rejects.toThrow('one job');
  });

  it('does not run a job for an account that has no pace', async () => {
    const place = mustTake(pace(), 'g', 'm');
    await expect(place.run('other', () => Promise.resolve(), idle)).rejects.toThrow('other');
  });

  it('that is given up unused is free for another', async () => {
    const metrics = createMetrics();
    const tested = pace({ metrics, memberQueue: 0 });
    const place = mustTake(tested, 'g', 'm');
    expect(isFull(tested.take('g', 'm'))).toBe(true);
    place.leave();
    place.leave();
    expect(isFull(tested.take('g', 'm'))).toBe(false);
    expect(await figures(metrics)).toMatchObject({ waiting: 1, running: 0 });
  });

  it('is had by fewer of a member’s jobs where the guild’s moderators say so, never by more', () => {
    const tested = pace({ memberConcurrent: 2, memberQueue: 2, guildQueue: 100 });
    const limits = { running: 1, waiting: 1 };
    mustTake(tested, 'g', 'm');
    expect(tested.full('g', 'm', limits)).toBeUndefined();
    mustTake(tested, 'g', 'm');
    expect(tested.take('g', 'm', limits)).toEqual({
      full: 'member',
      limit: 1,
      ahead: 2,
      places: 2,
    });
    expect(tested.full('g', 'm')).toBeUndefined();
    mustTake(tested, 'g', 'm');
    mustTake(tested, 'g', 'm');
    const more = { running: 50, waiting: 50 };
    expect(tested.take('g', 'm', more)).toEqual({ full: 'member', limit: 2, ahead: 4, places: 4 });
  });

  it('lets so many of a member’s jobs run at once as the guild’s moderators say', async () => {
    const tested = pace({ memberConcurrent: 2, memberQueue: 2, guildConcurrent: 4 });
    const limits = { running: 1, waiting: 2 };
    const gate = Promise.withResolvers<undefined>();
    const began: number[] = [];
    const jobs = [1, 2].map((number) => {
      const place = tested.take('g', 'm', limits);
      if ('full' in place) throw new Error('there is a place');
      return place.run(
        'claid',
        () => {
          began.push(number);
          return gate.promise;
        },
        idle,
      );
    });
    await hold(tested, 'g', 'other').began;
    expect(began).toEqual([1]);
    gate.resolve(undefined);
    await Promise.all(jobs);
    expect(began).toEqual([1, 2]);
  });

  it('is not lost by leaving it while its job runs', async () => {
    const tested = pace({ memberQueue: 0 });
    const place = mustTake(tested, 'g', 'm');
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const began = Promise.withResolvers<undefined>();
    const running = place.run(
      'claid',
      () => {
        began.resolve(undefined);
        return promise;
      },
      idle,
    );
    await began.promise;
    place.leave();
    expect(tested.full('g', 'm')).toEqual({ full: 'member', limit: 0, ahead: 1, places: 1 });
    resolve(undefined);
    await running;
    expect(tested.full('g', 'm')).toBeUndefined();
  });
});

describe('the queue', () => {
  it('runs two of a guild and one of a member at once, and the others in their turn', async () => {
    const metrics = createMetrics();
    const tested = pace({ metrics });
    const running: string[] = [];
    let most = 0;
    let twice = 0;
    const run = (member: string): Promise<string> =>
      mustTake(tested, 'g', member).run(
        'claid',
        async () => {
          if (running.includes(member)) twice += 1;
          running.push(member);
          most = Math.max(most, running.length);
          const now = running.length;
          expect((await figures(metrics)).running).toBe(now);
          await sleep(systemClock, 10);
          running.splice(running.indexOf(member), 1);
          return member;
        },
        idle,
      );
    const members = ['a', 'a', 'a', 'b', 'b', 'c', 'd'];
    expect(await Promise.all(members.map(run))).toEqual(members);
    expect(most).toBe(2);
    expect(twice).toBe(0);
  });

  it('lets nobody begin while two of the guild run', async () => {
    const metrics = createMetrics();
    const tested = pace({ metrics });
    const first = hold(tested, 'g', 'a');
    const second = hold(tested, 'g', 'b');
    const third = hold(tested, 'g', 'c');
    const elsewhere = hold(tested, 'h', 'c');
    await Promise.all([first.began, second.began, elsewhere.began]);
    expect(third.hasBegun).toBe(false);
    expect(await figures(metrics)).toMatchObject({ waiting: 1, running: 3 });
    first.end();
    await third.began;
    for (const job of [second, third, elsewhere]) job.end();
    await Promise.all([second.done, third.done, elsewhere.done]);
  });

  it('lets another member pass one whose own job still runs', async () => {
    const tested = pace();
    const first = hold(tested, 'g', 'a');
    const second = hold(tested, 'g', 'a');
    await first.began;
    const other = hold(tested, 'g', 'b');
    await other.began;
    expect(second.hasBegun).toBe(false);
    for (const job of [first, other, second]) job.end();
    await second.done;
  });

  it('is full for a member with one running and three waiting', async () => {
    const tested = pace();
    const jobs = ['1', '2', '3', '4'].map((name) => hold(tested, 'g', 'm', name));
    await jobs[0]?.began;
    expect(tested.take('g', 'm')).toEqual({ full: 'member', limit: 3, ahead: 4, places: 4 });
    expect(tested.full('g', 'm')).toEqual({ full: 'member', limit: 3, ahead: 4, places: 4 });
    expect(tested.full('g', 'other')).toBeUndefined();
    expect(tested.full('elsewhere', 'm')).toBeUndefined();
    for (const job of jobs) job.end();
    await Promise.all(jobs.map((job) => job.done));
    expect(tested.full('g', 'm')).toBeUndefined();
  });

  it('is full for a guild with two running and twenty waiting, even if all ask at once', async () => {
    const tested = pace();
    const taken = Array.from({ length: 30 }, (_, n) => tested.take('g', `m${n}`));
    expect(taken.filter((place) => !isFull(place))).toHaveLength(22);
    expect(taken.at(-1)).toEqual({ full: 'guild', limit: 20, ahead: 22, places: 22 });
    for (const place of taken) if (!isFull(place)) place.leave();
    expect(tested.full('g', 'm')).toBeUndefined();
  });

  it('says where a job stands, once for each change', async () => {
    const tested = pace({ guildConcurrent: 1 });
    const a = hold(tested, 'g', 'a');
    await a.began;
    expect(a.positions).toEqual([]);
    const b = hold(tested, 'g', 'b');
    const c = hold(tested, 'g', 'c');
    const d = hold(tested, 'g', 'd');
    expect(d.positions.at(-1)).toEqual({ position: 3, running: 1, accountDelayMs: 0 });
    b.abort();
    expect(d.positions.at(-1)).toEqual({ position: 2, running: 1, accountDelayMs: 0 });
    a.end();
    await c.began;
    c.end();
    d.end();
    await d.done;
    expect(d.positions.map(({ position }) => position)).toEqual([3, 2, 1]);
    expect(c.positions.map(({ position }) => position)).toEqual([2, 1]);
  });

  it('says at once that a job waits for its account, and how long', async () => {
    const accounts = [{ account: 'claid', windows: [{ limit: 1, windowMs: 3_600_000 }] }];
    const tested = pace({ accounts });
    const first = hold(tested, 'g', 'a');
    await first.began;
    expect(first.positions).toEqual([]);
    const second = hold(tested, 'g', 'b');
    expect(second.positions).toHaveLength(1);
    expect(second.positions[0]?.position).toBe(1);
    expect(second.positions[0]?.accountDelayMs).toBeGreaterThan(3_590_000);
    second.abort();
    await expect(second.done).rejects.toThrow('abort');
    first.end();
    await first.done;
  });

  it('goes on when a listener throws', async () => {
    const tested = pace({ guildConcurrent: 1 });
    const first = hold(tested, 'g', 'a');
    const second = mustTake(tested, 'g', 'b').run('claid', () => Promise.resolve('ran'), {
      ...idle,
      onPosition: () => {
        throw new Error('listener');
      },
    });
    first.end();
    await first.done;
    expect(await second).toBe('ran');
  });
});

describe('an account without windows', () => {
  it('lets everything depart at once, whatever is under way', async () => {
    const tested = pace({ accounts: [{ account: 'claid', windows: [] }], guildConcurrent: 100 });
    const jobs = Array.from({ length: 100 }, (_, n) => hold(tested, 'g', `m${n}`));
    await Promise.all(jobs.map(({ began }) => began));
    expect(jobs.flatMap(({ positions }) => positions)).toEqual([]);
    for (const job of jobs) job.end();
    await Promise.all(jobs.map(({ done }) => done));
  });
});

describe('cancelling', () => {
  it('frees the place at once and never runs the job', async () => {
    const metrics = createMetrics();
    const tested = pace({ metrics, guildConcurrent: 1, guildQueue: 2 });
    const running = hold(tested, 'g', 'a');
    await running.began;
    const waiting = hold(tested, 'g', 'b');
    const next = hold(tested, 'g', 'c');
    expect(isFull(tested.take('g', 'd'))).toBe(true);
    const reason = new Error('changed my mind');
    waiting.abort(reason);
    const instead = hold(tested, 'g', 'd');
    await expect(waiting.done).rejects.toBe(reason);
    for (const job of [running, next, instead]) job.end();
    await Promise.all([running, next, instead].map((job) => job.done));
    expect(waiting.hasBegun).toBe(false);
    expect(await figures(metrics)).toMatchObject({ waiting: 0, running: 0 });
  });

  it('frees the place of a job that waits for its account', async () => {
    const accounts = [{ account: 'claid', windows: [{ limit: 1, windowMs: 3_600_000 }] }];
    const tested = pace({ accounts, memberQueue: 0 });
    const first = hold(tested, 'g', 'a');
    await first.began;
    const second = hold(tested, 'g', 'b');
    second.abort(new Error('enough'));
    expect(tested.full('g', 'b')).toBeUndefined();
    await expect(second.done).rejects.toThrow('enough');
    first.end();
    await first.done;
  });

  it('before run refuses the job and frees the place', async () => {
    const tested = pace({ memberQueue: 0 });
    const place = mustTake(tested, 'g', 'm');
    let ran = false;
    const refused = place.run('claid', () => Promise.resolve((ran = true)), {
      ...idle,
      signal: AbortSignal.abort(new Error('too late')),
    });
    await expect(refused).rejects.toThrow('too late');
    expect(ran).toBe(false);
    expect(tested.full('g', 'm')).toBeUndefined();
  });

  it('leaves a job that runs to its own judgement, and its place with it', async () => {
    const tested = pace({ memberQueue: 0 });
    const job = hold(tested, 'g', 'm');
    await job.began;
    job.abort();
    expect(tested.full('g', 'm')).toMatchObject({ full: 'member' });
    job.end();
    expect(await job.done).toBe('m');
  });
});

describe('fairness', () => {
  it('lets a guild with two jobs go in between another guild’s flood', async () => {
    // One every ten milliseconds, so that all of them come to wait for the account.
    const accounts = [{ account: 'claid', windows: [{ limit: 6, windowMs: 60 }] }];
    const tested = pace({ accounts });
    const order: string[] = [];
    const run = (guildId: string, memberId: string): Promise<void> =>
      mustTake(tested, guildId, memberId).run(
        'claid',
        () => {
          order.push(guildId);
          if (order.length === 3) late.resolve(undefined);
          return Promise.resolve();
        },
        idle,
      );
    const late = Promise.withResolvers<undefined>();
    const flood = Array.from({ length: 22 }, (_, n) => run('flood', `m${n}`));
    await late.promise;
    const few = [run('few', 'a'), run('few', 'b')];
    await Promise.all(few);
    const before = order.slice(3, order.lastIndexOf('few')).filter((guild) => guild === 'flood');
    // Two of the flood may stand at the gate already; from then on the guilds take turns.
    expect(before.length).toBeLessThanOrEqual(5);
    await Promise.all(flood);
    expect(order).toHaveLength(24);
  });
});

describe('turns at the gate', () => {
  it('go to guilds that ask for little first; a flood has what they leave', async () => {
    // One every twenty milliseconds; three guilds ask again as soon as they are served.
    const accounts = [{ account: 'claid', windows: [{ limit: 6, windowMs: 120 }] }];
    const tested = pace({ accounts, guildQueue: 100, memberConcurrent: 100, memberQueue: 100 });
    const order: string[] = [];
    const run = (guildId: string): Promise<void> =>
      mustTake(tested, guildId, 'm').run(
        'claid',
        () => {
          order.push(guildId);
          return Promise.resolve();
        },
        idle,
      );
    const flood = Array.from({ length: 20 }, () => run('flood'));
    const few = ['a', 'b', 'c'].map(async (guildId) => {
      for (let n = 0; n < 8; n += 1) await run(guildId);
    });
    await Promise.all(few);
    const meanwhile = order.filter((guildId) => guildId === 'flood').length;
    // By equal turns it would have had eight.
    expect(meanwhile).toBeLessThanOrEqual(5);
    await Promise.all(flood);
    expect(order).toHaveLength(44);
  });
});

describe('what the metrics show', () => {
  it('is what waits, runs, is paused and is allowed', async () => {
    const metrics = createMetrics();
    const tested = pace({
      metrics,
      guildConcurrent: 1,
      accounts: [
        { account: 'claid', windows: claidWindows },
        { account: 'open', windows: [] },
      ],
    });
    const running = hold(tested, 'g', 'a');
    await running.began;
    const waiting = hold(tested, 'g', 'b');
    const text = await metrics.registry.metrics();
    expect(text).toContain('easel_queue_waiting 1\n');
    expect(text).toContain('easel_queue_running 1\n');
    expect(text).toContain('easel_pace_allowance{account="claid"} 120\n');
    expect(text).not.toContain('easel_pace_allowance{account="open"}');
    expect(text).toContain('easel_pace_paused_seconds{account="claid"} 0\n');
    waiting.abort();
    running.end();
    await running.done;
  });
});
