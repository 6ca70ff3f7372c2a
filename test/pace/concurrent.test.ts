import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Pace, QueuePosition, RateWindow } from '../../src/domain/pace.ts';
import { ProviderError } from '../../src/domain/provider.ts';
import { createMetrics } from '../../src/metrics.ts';
import type { PaceOptions } from '../../src/pace/pace.ts';
import { ApiByHand } from './api-by-hand.ts';
import { figures, hold, mustTake, paceOf } from './jobs.ts';

const open: Pace[] = [];
let api = new ApiByHand();

/** A pace whose account `bounded` has so many requests under way at once; `claid` has no limits at all. */
function pace(
  concurrent: number,
  options: Partial<PaceOptions> & { readonly windows?: readonly RateWindow[] } = {},
): Pace {
  const { windows = [], ...others } = options;
  const created = paceOf({
    accounts: [
      { account: 'claid', windows: [] },
      { account: 'bounded', windows, concurrent },
    ],
    memberConcurrent: 100,
    memberQueue: 100,
    ...others,
  });
  open.push(created);
  return created;
}

interface Asking {
  readonly done: Promise<string>;
  readonly positions: QueuePosition[];
  abort(reason: Error): void;
}

/** A member of the guild asks for something of this name. */
function ask(tested: Pace, guildId: string, name: string): Asking {
  const controller = new AbortController();
  const positions: QueuePosition[] = [];
  const done = mustTake(tested, guildId, 'm').run('bounded', (turn) => api.ask(name, turn), {
    signal: controller.signal,
    onPosition: (position) => {
      positions.push(position);
    },
  });
  // Whoever awaits `done` gets the rejection; nobody else must be troubled by it.
  done.catch(() => undefined);
  return {
    done,
    positions,
    abort: (reason) => {
      controller.abort(reason);
    },
  };
}

/** After whoever could depart has departed: someone who asked later and whom nothing holds has. */
async function whoeverCouldDeparted(tested: Pace): Promise<void> {
  const witness = hold(tested, 'the witness', 'w');
  await witness.began;
  witness.end();
  await witness.done;
}

/** Answers the first so many requests, one after the other. */
async function answerAll(count: number): Promise<void> {
  for (let n = 1; n <= count; n += 1) (await api.request(n)).answer();
}

beforeEach(() => {
  api = new ApiByHand();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

describe('an account with a bound on requests under way', () => {
  it('sends the next one when the one under way is answered, in the order of arrival', async () => {
    const tested = pace(1);
    const asked = ['1', '2', '3'].map((name) => ask(tested, `guild ${name}`, name));
    const first = await api.request(1);
    await whoeverCouldDeparted(tested);
    expect(api.names).toEqual(['1']);
    first.answer();
    expect(await asked[0]?.done).toBe('1');
    const second = await api.request(2);
    await whoeverCouldDeparted(tested);
    expect(api.names).toEqual(['1', '2']);
    second.answer();
    (await api.request(3)).answer();
    expect(await Promise.all(asked.map(({ done }) => done))).toEqual(['1', '2', '3']);
  });

  it('has as many under way as it may, and never more', async () => {
    const tested = pace(3);
    const asked = Array.from({ length: 7 }, (_, n) => ask(tested, `guild ${n}`, String(n)));
    for (let answered = 0; answered < 7; answered += 1) {
      const request = await api.request(answered + 1);
      await whoeverCouldDeparted(tested);
      expect(api.names).toHaveLength(Math.min(7, answered + 3));
      request.answer();
    }
    await Promise.all(asked.map(({ done }) => done));
  });

  it('sends the next one when the one under way fails', async () => {
    const tested = pace(1);
    const failing = ask(tested, 'g', 'failing');
    const next = ask(tested, 'h', 'next');
    (await api.request(1)).fail(new Error('broken'));
    await expect(failing.done).rejects.toThrow('broken');
    (await api.request(2)).answer();
    expect(await next.done).toBe('next');
  });

  it('waits for a request whose member gave up until that has ended', async () => {
    const tested = pace(1);
    const cancelled = ask(tested, 'g', 'cancelled');
    const next = ask(tested, 'h', 'next');
    const request = await api.request(1);
    cancelled.abort(new Error('gave up'));
    await whoeverCouldDeparted(tested);
    expect(api.names).toEqual(['cancelled']);
    request.fail(new Error('gave up'));
    (await api.request(2)).answer();
    expect(await next.done).toBe('next');
  });

  it('waits for its windows too', async () => {
    const tested = pace(1, { windows: [{ limit: 1, windowMs: 3_600_000 }] });
    const first = ask(tested, 'g', 'first');
    const second = ask(tested, 'h', 'second');
    (await api.request(1)).answer();
    await first.done;
    await whoeverCouldDeparted(tested);
    expect(api.names).toEqual(['first']);
    const third = ask(tested, 'i', 'third');
    expect(third.positions[0]?.accountDelayMs).toBeGreaterThan(3_500_000);
    for (const waiting of [second, third]) {
      waiting.abort(new Error('too long'));
      await expect(waiting.done).rejects.toThrow('too long');
    }
  });
});

describe('who waits for a request under way', () => {
  it('leaves at once when cancelled, is never sent, and holds up nobody', async () => {
    const tested = pace(1, { memberConcurrent: 1, memberQueue: 0 });
    ask(tested, 'g', 'first');
    const request = await api.request(1);
    const waiting = ask(tested, 'h', 'cancelled');
    const next = ask(tested, 'i', 'next');
    await whoeverCouldDeparted(tested);
    const reason = new Error('changed my mind');
    waiting.abort(reason);
    expect(tested.full('h', 'm')).toBeUndefined();
    await expect(waiting.done).rejects.toBe(reason);
    request.answer();
    (await api.request(2)).answer();
    expect(await next.done).toBe('next');
    expect(api.names).toEqual(['first', 'next']);
  });

  it('leaves the slot to whoever comes after all have left', async () => {
    const tested = pace(1);
    ask(tested, 'g', 'first');
    const request = await api.request(1);
    const waiting = ask(tested, 'h', 'cancelled');
    await whoeverCouldDeparted(tested);
    waiting.abort(new Error('changed my mind'));
    await expect(waiting.done).rejects.toThrow('changed');
    request.answer();
    await whoeverCouldDeparted(tested);
    const late = ask(tested, 'i', 'late');
    (await api.request(2)).answer();
    expect(await late.done).toBe('late');
  });

  it('takes turns with other guilds, however many each of them asks for', async () => {
    const tested = pace(1);
    const flood = Array.from({ length: 6 }, () => ask(tested, 'flood', 'flood'));
    await api.request(1);
    const few = Array.from({ length: 2 }, () => ask(tested, 'few', 'few'));
    await whoeverCouldDeparted(tested);
    await answerAll(8);
    await Promise.all([...flood, ...few].map(({ done }) => done));
    expect(api.names.slice(0, 3)).toEqual(['flood', 'few', 'few']);
  });

  it('takes turns evenly where guilds ask for as much', async () => {
    const tested = pace(1);
    const a = Array.from({ length: 3 }, () => ask(tested, 'a', 'a'));
    await api.request(1);
    const b = Array.from({ length: 3 }, () => ask(tested, 'b', 'b'));
    await whoeverCouldDeparted(tested);
    await answerAll(6);
    await Promise.all([...a, ...b].map(({ done }) => done));
    expect(api.names).toEqual(['a', 'b', 'a', 'b', 'a', 'b']);
  });

  it('goes before the next of the guild whose request is under way, even if nobody waited meanwhile', async () => {
    const tested = pace(1);
    ask(tested, 'a', 'a');
    await api.request(1);
    // Its first has departed and the line is empty: the guild has had its turn all the same.
    await whoeverCouldDeparted(tested);
    ask(tested, 'a', 'a again');
    await whoeverCouldDeparted(tested);
    ask(tested, 'b', 'b');
    await whoeverCouldDeparted(tested);
    await answerAll(3);
    expect(api.names).toEqual(['a', 'b', 'a again']);
  });

  it('is told at once that it waits, and never that it could go now', async () => {
    const tested = pace(1);
    const first = ask(tested, 'g', 'first');
    await api.request(1);
    expect(first.positions).toEqual([]);
    const waiting = ['h', 'i', 'j'].map((guildId) => ask(tested, guildId, guildId));
    for (const { positions } of waiting) {
      expect(positions).toHaveLength(1);
      expect(positions[0]).toMatchObject({ position: 1, running: 0 });
      expect(positions[0]?.accountDelayMs).toBeGreaterThan(0);
    }
    await answerAll(4);
    await Promise.all(waiting.map(({ done }) => done));
    const after = ask(tested, 'g', 'after');
    (await api.request(5)).answer();
    await after.done;
    expect(after.positions).toEqual([]);
  });

  it('is sent away when the pace is closed, and so is whoever comes then', async () => {
    const tested = pace(1);
    const first = ask(tested, 'g', 'first');
    const request = await api.request(1);
    const waiting = ask(tested, 'h', 'waiting');
    await whoeverCouldDeparted(tested);
    await tested.close();
    await expect(waiting.done).rejects.toThrow('closed');
    await expect(ask(tested, 'i', 'late').done).rejects.toThrow('closed');
    request.answer();
    expect(await first.done).toBe('first');
    expect(api.names).toEqual(['first']);
  });
});

describe('a 429', () => {
  const slowDown = (): ProviderError =>
    new ProviderError('busy', 'nothing-made', 'slow down', { status: 429 });
  const readingOf = (retryAfterMs: number) => ({
    limit: undefined,
    remaining: undefined,
    resetMs: undefined,
    windows: [],
    retryAfterMs,
  });

  it('frees the slot, and the request is repeated in front of all who wait', async () => {
    const tested = pace(1);
    const refused = ask(tested, 'g', 'refused');
    const request = await api.request(1);
    const others = ['h', 'i'].map((guildId) => ask(tested, guildId, guildId));
    await whoeverCouldDeparted(tested);
    request.turn.observe(readingOf(20));
    request.fail(slowDown());
    const repeated = await api.request(2);
    await whoeverCouldDeparted(tested);
    expect(api.names).toEqual(['refused', 'refused']);
    expect(repeated.turn.departedAt - request.turn.departedAt).toBeGreaterThanOrEqual(20);
    repeated.answer();
    (await api.request(3)).answer();
    (await api.request(4)).answer();
    expect(await refused.done).toBe('refused');
    await Promise.all(others.map(({ done }) => done));
    expect(api.names).toEqual(['refused', 'refused', 'h', 'i']);
  });

  it('leaves the slot to others when its member does not wait for the repeat', async () => {
    const tested = pace(1);
    const refused = ask(tested, 'g', 'refused');
    const request = await api.request(1);
    request.turn.observe(readingOf(20));
    request.fail(slowDown());
    await whoeverCouldDeparted(tested);
    refused.abort(new Error('enough'));
    await expect(refused.done).rejects.toThrow('enough');
    const next = ask(tested, 'h', 'next');
    (await api.request(2)).answer();
    expect(await next.done).toBe('next');
  });
});

describe('the requests under way', () => {
  it('are shown by the metrics, of each account', async () => {
    const metrics = createMetrics();
    const tested = pace(2, { metrics });
    ask(tested, 'g', '1');
    ask(tested, 'h', '2');
    ask(tested, 'i', '3');
    const request = await api.request(1);
    await api.request(2);
    await whoeverCouldDeparted(tested);
    expect(await figures(metrics)).toMatchObject({ waiting: 1, running: 2 });
    const text = await metrics.registry.metrics();
    expect(text).toContain('easel_pace_under_way{account="bounded"} 2\n');
    expect(text).toContain('easel_pace_under_way{account="claid"} 0\n');
    request.answer();
    (await api.request(2)).answer();
    (await api.request(3)).answer();
  });
});
