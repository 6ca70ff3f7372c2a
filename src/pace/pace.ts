import type { Clock } from '../clock.ts';
import type { MemberLimits, Pace, Place, RateWindow, RunOptions, Turn } from '../domain/pace.ts';
import type { Metrics } from '../metrics.ts';
import { Account } from './account.ts';
import type { Departures } from './departures.ts';
import { Lanes } from './lanes.ts';
import { MemoryDepartures } from './memory-departures.ts';
import { Places } from './places.ts';
import type { Occupant } from './places.ts';
import { Positions } from './positions.ts';
import { RedisDepartures } from './redis-departures.ts';
import { RedisLink } from './redis-link.ts';
import { reportPace } from './report.ts';

export interface AccountSettings {
  readonly account: string;
  /** The documented limits, until an answer names others; empty: unlimited. */
  readonly windows: readonly RateWindow[];
  /**
   * How many requests of this account may be under way at once, at least 1; undefined: no bound. One
   * is under way from its departure until its job settles. Each process counts its own, also where
   * Redis is given: processes that share an account have to divide what the API allows, and what a
   * request of an earlier run still does there is not known.
   */
  readonly concurrent?: number | undefined;
  /** When requests of earlier runs departed, ms since the epoch; the last minute is enough. */
  readonly departures?: readonly number[];
}

export interface PaceRedis {
  readonly url: string;
  /** What every key begins with. */
  readonly prefix?: string;
  /** How many processes share an account; decides the pace while Redis is away. */
  readonly processes?: number;
  /** Called when Redis goes away and when it is back. */
  onWarning(message: string, error?: unknown): void;
}

export interface PaceOptions {
  readonly clock: Clock;
  readonly accounts: readonly AccountSettings[];
  readonly metrics?: Metrics | undefined;
  /** Jobs of a guild at once. */
  readonly guildConcurrent: number;
  /** Jobs of a guild that may wait besides. */
  readonly guildQueue: number;
  /** Jobs of a member in a guild at once. */
  readonly memberConcurrent: number;
  /** Jobs of a member in a guild that may wait besides. */
  readonly memberQueue: number;
  /** How long a job that came back with a 429 is tried again. */
  readonly patienceMs?: number | undefined;
  /** Where several processes share the accounts. */
  readonly redis?: PaceRedis | undefined;
}

const noLimits: MemberLimits = { running: null, waiting: null };

const defaults = {
  patienceMs: 300_000,
  prefix: 'easel:pace',
  processes: 2,
} as const;

/**
 * Paces the jobs: a member's turn, then the guild's (so that what waits for its member occupies no
 * slot of the guild), then the account's. Guilds and requests under way are limited in this process;
 * the departures of accounts are shared between processes where Redis is given.
 */
export function createPace(options: PaceOptions): Pace {
  const { clock, metrics, guildConcurrent, guildQueue, memberConcurrent, memberQueue } = options;
  const places = new Places({
    guildConcurrent,
    guildQueue,
    memberConcurrent,
    memberQueue,
    onChange: (guildId) => {
      positions.changed(guildId);
    },
  });
  const positions = new Positions(places);
  const guilds = new Lanes(guildConcurrent);
  // By how many a member may run at once, which a guild's moderators may lower.
  const members = new Map<number, Lanes>();
  const membersWith = ({ running }: Pick<MemberLimits, 'running'>): Lanes => {
    const concurrent = Math.min(running ?? Infinity, memberConcurrent);
    const lanes = members.get(concurrent) ?? new Lanes(concurrent);
    members.set(concurrent, lanes);
    return lanes;
  };
  const { redis } = options;
  const link =
    redis &&
    new RedisLink({
      clock,
      url: redis.url,
      onWarning: (message, error) => {
        redis.onWarning(message, error);
      },
    });

  const departuresOf = ({ account, departures: earlier = [] }: AccountSettings): Departures =>
    link === undefined
      ? new MemoryDepartures(clock, earlier)
      : new RedisDepartures({
          clock,
          link,
          prefix: `${redis?.prefix ?? defaults.prefix}:${account}`,
          processes: redis?.processes ?? defaults.processes,
          earlier,
        });
  const accounts = new Map(
    options.accounts.map((settings) => [
      settings.account,
      new Account({
        clock,
        account: settings.account,
        windows: settings.windows,
        concurrent: settings.concurrent,
        departures: departuresOf(settings),
        patienceMs: options.patienceMs ?? defaults.patienceMs,
        onRateLimited: () => metrics?.rateLimited.inc({ account: settings.account }),
      }),
    ]),
  );
  if (metrics) reportPace(metrics, clock, places, accounts);

  async function run<T>(
    occupant: Occupant,
    account: Account,
    job: (turn: Turn) => Promise<T>,
    runOptions: RunOptions,
    lanes: Lanes,
  ): Promise<T> {
    const { signal } = runOptions;
    const { guildId, order } = occupant;
    const member = `${guildId}/${occupant.memberId}`;
    let delayMs = (): number => account.delayMs();
    let unwatch: (() => void) | undefined;
    const beginToWait = (): void => {
      unwatch ??= positions.watch(
        occupant,
        () => delayMs(),
        (position) => {
          runOptions.onPosition(position);
        },
      );
    };
    // The place must be free before whoever aborts goes on; the rejection comes a moment later.
    const giveUp = (): void => {
      if (!occupant.running) places.leave(occupant);
    };
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      signal.throwIfAborted();
      if (!lanes.isOpen(member) || !guilds.isOpen(guildId) || delayMs() > 0) beginToWait();
      const leaveMember = await lanes.enter(member, order, signal);
      try {
        if (!guilds.isOpen(guildId)) beginToWait();
        const leaveGuild = await guilds.enter(guildId, order, signal);
        try {
          signal.throwIfAborted();
          return await account.run(job, {
            guildId,
            demand: places.demandOf(guildId),
            signal,
            onGate: (heldMs) => {
              delayMs = heldMs;
              if (heldMs() > 0) beginToWait();
            },
            onDepart: () => {
              places.start(occupant);
            },
          });
        } finally {
          leaveGuild();
        }
      } finally {
        leaveMember();
      }
    } finally {
      signal.removeEventListener('abort', giveUp);
      unwatch?.();
      places.leave(occupant);
    }
  }

  function place(occupant: Occupant, lanes: Lanes): Place {
    let used = false;
    return {
      run(account, job, runOptions) {
        const found = accounts.get(account);
        if (used) return Promise.reject(new Error('a place serves one job'));
        if (!found) return Promise.reject(new Error(`no pace is set for account ${account}`));
        used = true;
        return run(occupant, found, job, runOptions, lanes);
      },
      leave() {
        if (used) return;
        used = true;
        places.leave(occupant);
      },
    };
  }

  return {
    take(guildId, memberId, limits = noLimits) {
      return (
        places.full(guildId, memberId, limits) ??
        place(places.take(guildId, memberId), membersWith(limits))
      );
    },
    full: (guildId, memberId, limits, count) => places.full(guildId, memberId, limits, count),
    async close() {
      for (const lanes of members.values()) lanes.close();
      guilds.close();
      for (const account of accounts.values()) account.close();
      await link?.close();
    },
  };
}
