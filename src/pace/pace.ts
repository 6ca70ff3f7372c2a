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
  /** The documented limits, until an answer names others; none = unlimited. */
  readonly windows?: readonly RateWindow[];
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
  readonly guildConcurrent?: number | undefined;
  /** Jobs of a guild that may wait besides. */
  readonly guildQueue?: number | undefined;
  /** Jobs of a member in a guild at once. */
  readonly memberConcurrent?: number | undefined;
  /** Jobs of a member in a guild that may wait besides. */
  readonly memberQueue?: number | undefined;
  /** How long a job that came back with a 429 is tried again. */
  readonly patienceMs?: number | undefined;
  /** Where several processes share the accounts. */
  readonly redis?: PaceRedis | undefined;
}

/** Claid's documented limits: 120 requests a minute and 4 a second. */
const documentedWindows: readonly RateWindow[] = [
  { limit: 120, windowMs: 60_000 },
  { limit: 4, windowMs: 1_000 },
];

const noLimits: MemberLimits = { running: null, waiting: null };

const defaults = {
  guildConcurrent: 2,
  guildQueue: 20,
  memberConcurrent: 1,
  memberQueue: 3,
  patienceMs: 300_000,
  prefix: 'easel:pace',
  processes: 2,
} as const;

/**
 * Paces the jobs: a member's turn, then the guild's (so that what waits for its member occupies no
 * slot of the guild), then the account's. Guilds are limited in this process; accounts are shared
 * between processes where Redis is given.
 */
export function createPace(options: PaceOptions): Pace {
  const { clock, metrics } = options;
  const places = new Places({
    guildConcurrent: options.guildConcurrent ?? defaults.guildConcurrent,
    guildQueue: options.guildQueue ?? defaults.guildQueue,
    memberConcurrent: options.memberConcurrent ?? defaults.memberConcurrent,
    memberQueue: options.memberQueue ?? defaults.memberQueue,
    onChange: (guildId) => {
      positions.changed(guildId);
    },
  });
  const positions = new Positions(places);
  const guilds = new Lanes(options.guildConcurrent ?? defaults.guildConcurrent);
  const memberConcurrent = options.memberConcurrent ?? defaults.memberConcurrent;
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
        windows: settings.windows ?? documentedWindows,
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
    full: (guildId, memberId, limits) => places.full(guildId, memberId, limits),
    snapshot: () => ({
      waiting: places.waiting,
      running: places.running,
      pausedUntil: Math.max(0, ...[...accounts.values()].map((account) => account.pausedUntil)),
    }),
    async close() {
      for (const lanes of members.values()) lanes.close();
      guilds.close();
      for (const account of accounts.values()) account.close();
      await link?.close();
    },
  };
}
