import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import type { BotKind } from './bot-process.ts';
import { keepInFlight } from './driver.ts';
import { percentile, sum } from './figures.ts';
import { busyMs } from './machine.ts';
import type { Cores } from './machine.ts';
import type { StandIns } from './standins.ts';
import { withBot } from './with-bot.ts';
import type { Stage } from './with-bot.ts';

export const pictures = { count: 4, bytes: 1_500_000 };

/** What the API takes to answer. */
export const latencyMs = 300;

const giveUpAfterMs = 60_000;
/** Other programs may take this much of a core before a round is measured again. */
const tooBusy = 0.15;
const mostTries = 3;
const guilds = 50;
const membersPerGuild = 2;

/** No bound of the bot's own between the load and its work, but those that keep it well: `DELIVERIES`. */
const liftedSettings = {
  CLAID_RATE_LIMITS: '1000000;w=1',
  GUILD_CONCURRENT: '100',
  GUILD_QUEUE: '10000',
  MEMBER_CONCURRENT: '100',
  MEMBER_QUEUE: '1000',
};

export interface Load {
  readonly inFlight: number;
  readonly jobs: number;
}

export interface LoadOptions {
  readonly cores: Cores | undefined;
  /** More of the bot's environment. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** One round with a fresh process and fresh stand-ins. Times in ms. */
export interface LoadFigures {
  readonly acknowledgedP50: number;
  readonly acknowledgedP99: number;
  readonly picturesP50: number;
  readonly picturesP99: number;
  readonly jobsPerSecond: number;
  /** Of the bot's process with all its threads, without its start. */
  readonly cpuMsPerJob: number;
  readonly peakMb: number;
  readonly startMs: number;
  /** Jobs sent, those of discarded rounds too. */
  readonly jobs: number;
  readonly lost: number;
  /** What the bot did wrong. */
  readonly problems: readonly string[];
  /** How much of their core the stand-ins and the driver used, 0 to 1. */
  readonly standInsBusy: number;
  /** How late the stand-ins' event loop was. */
  readonly standInsLateP99: number;
  /** How much of the cores other programs took meanwhile, in cores. */
  readonly othersBusy: number;
}

/**
 * Starts a bot, keeps so many jobs in flight, and stops it. Where other programs took too much of the
 * cores it is measured again, a few times at most, and the quietest counts.
 */
export async function measureLoad(
  kind: BotKind,
  load: Load,
  options: LoadOptions,
): Promise<LoadFigures> {
  const rounds = [await measureOnce(kind, load, options)];
  while (rounds.length < mostTries && rounds.every(({ othersBusy }) => othersBusy > tooBusy))
    rounds.push(await measureOnce(kind, load, options));
  const [quietest] = rounds.toSorted((a, b) => a.othersBusy - b.othersBusy);
  if (quietest === undefined) throw new Error('nothing was measured');
  return {
    ...quietest,
    // What went wrong counts whenever it did.
    jobs: sum(rounds.map(({ jobs }) => jobs)),
    lost: sum(rounds.map(({ lost }) => lost)),
    problems: rounds.flatMap(({ problems }) => problems),
  };
}

function measureOnce(kind: BotKind, load: Load, options: LoadOptions): Promise<LoadFigures> {
  return withBot(
    {
      kind,
      standIns: {
        claid: { pictures: 'fixed', fixedBytes: pictures.bytes, windows: 'off', latencyMs },
        guilds,
        membersPerGuild,
      },
      settings: { ...liftedSettings, ...options.environment },
      core: options.cores?.bot,
      giveUpAfterMs,
    },
    (stage) => measure(stage, load, options.cores),
  );
}

async function measure(
  { standIns, driver, bot, problems }: Stage,
  load: Load,
  cores: Cores | undefined,
): Promise<LoadFigures> {
  const startMs = performance.now() - bot.startedAt;
  await makeFirstPictures(standIns);
  const late = monitorEventLoopDelay({ resolution: 5 });
  late.enable();
  const before = { bot: bot.usage(), own: process.cpuUsage(), all: busyMs(cores) };
  const from = performance.now();
  const jobs = await keepInFlight(driver, standIns.members, {
    inFlight: load.inFlight,
    images: pictures.count,
    more: (begun) => begun < load.jobs,
  });
  const tookMs = performance.now() - from;
  late.disable();
  const own = process.cpuUsage(before.own);
  const ownMs = (own.user + own.system) / 1000;
  const { cpuMs, peakMb } = bot.usage();
  const botMs = cpuMs - before.bot.cpuMs;
  const acknowledged = jobs.flatMap(({ acknowledgedMs }) => acknowledgedMs ?? []);
  const done = jobs.flatMap(({ picturesMs }) => picturesMs ?? []);
  return {
    acknowledgedP50: percentile(acknowledged, 0.5),
    acknowledgedP99: percentile(acknowledged, 0.99),
    picturesP50: percentile(done, 0.5),
    picturesP99: percentile(done, 0.99),
    jobsPerSecond: (done.length / tookMs) * 1000,
    cpuMsPerJob: botMs / jobs.length,
    peakMb,
    startMs,
    jobs: jobs.length,
    lost: jobs.length - done.length,
    problems: [...problems(), ...(done.length < jobs.length ? [bot.said] : [])],
    standInsBusy: ownMs / tookMs,
    standInsLateP99: late.percentile(99) / 1e6,
    othersBusy: Math.max(0, busyMs(cores) - before.all - ownMs - botMs) / tookMs,
  };
}

/** The first pictures take the stand-in longer than all others, and the measurement should not see it. */
async function makeFirstPictures({ claid }: StandIns): Promise<void> {
  const answer = await fetch(`${claid.apiUrl}/image/generate`, {
    method: 'POST',
    headers: { authorization: `Bearer ${claid.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ input: 'warm', options: { number_of_images: pictures.count } }),
  });
  await answer.arrayBuffer();
}
