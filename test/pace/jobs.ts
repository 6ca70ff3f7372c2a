import { systemClock } from '../../src/clock.ts';
import type { Pace, Place, QueueFull, QueuePosition, Turn } from '../../src/domain/pace.ts';
import type { Metrics } from '../../src/metrics.ts';
import { createPace } from '../../src/pace/pace.ts';
import type { PaceOptions } from '../../src/pace/pace.ts';

/** A pace on real time, its only account without limits unless told otherwise. */
export function paceOf(options: Partial<PaceOptions> = {}): Pace {
  return createPace({
    clock: systemClock,
    accounts: [{ account: 'claid', windows: [] }],
    guildConcurrent: 2,
    guildQueue: 20,
    memberConcurrent: 1,
    memberQueue: 3,
    ...options,
  });
}

/** What the metrics say of those who wait and run, and for how long the account `claid` is paused. */
export async function figures(
  metrics: Metrics,
): Promise<{ waiting: number; running: number; pausedSeconds: number }> {
  const [waiting, running, paused] = await Promise.all([
    metrics.waiting.get(),
    metrics.running.get(),
    metrics.pausedSeconds.get(),
  ]);
  return {
    waiting: waiting.values[0]?.value ?? NaN,
    running: running.values[0]?.value ?? NaN,
    pausedSeconds: paused.values.find(({ labels }) => labels.account === 'claid')?.value ?? NaN,
  };
}

export function mustTake(pace: Pace, guildId: string, memberId: string): Place {
  const place = pace.take(guildId, memberId);
  if (isFull(place)) throw new Error(`no place: ${place.full}`);
  return place;
}

export function isFull(place: Place | QueueFull): place is QueueFull {
  return 'full' in place;
}

/** A job that runs until it is told to end. */
export interface HeldJob {
  readonly name: string;
  /** When the job begins. */
  readonly began: Promise<Turn>;
  readonly hasBegun: boolean;
  readonly positions: QueuePosition[];
  /** What run settles with: the job's name. */
  readonly done: Promise<string>;
  end(): void;
  abort(reason?: Error): void;
}

/** Takes a place and runs a held job in it. */
export function hold(pace: Pace, guildId: string, memberId: string, name = memberId): HeldJob {
  const place = mustTake(pace, guildId, memberId);
  const controller = new AbortController();
  const began = Promise.withResolvers<Turn>();
  const end = Promise.withResolvers<undefined>();
  const positions: QueuePosition[] = [];
  let hasBegun = false;
  const done = place.run(
    'claid',
    async (turn) => {
      hasBegun = true;
      began.resolve(turn);
      await end.promise;
      return name;
    },
    {
      signal: controller.signal,
      onPosition: (position) => {
        positions.push(position);
      },
    },
  );
  // Whoever awaits `done` gets the rejection; nobody else must be troubled by it.
  done.catch(() => undefined);
  return {
    name,
    began: began.promise,
    get hasBegun() {
      return hasBegun;
    },
    positions,
    done,
    end: () => {
      end.resolve(undefined);
    },
    abort: (reason) => {
      controller.abort(reason);
    },
  };
}
