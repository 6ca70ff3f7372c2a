import { systemClock } from '../../src/clock.ts';
import { sleep } from '../../src/schedule.ts';
import type { Driver, Job } from './driver.ts';
import { median, percentile } from './figures.ts';
import type { Cores } from './machine.ts';
import type { Outcome } from './outcome.ts';
import type { Member } from './standins.ts';
import { figure, table } from './table.ts';
import { withBot } from './with-bot.ts';

const others = 9;
const everyMs = 5_000;
/** The flood comes upon a bot in use; what was asked for before it is not counted. */
const floodAfterMs = 20_000;
const floodForMs = 100_000;
const flood = 200;
const membersPerGuild = 20;
const generousLimits = [
  { limit: 6_000, windowMs: 60_000 },
  { limit: 100, windowMs: 1_000 },
];
const aimedRatio = 1.5;

/** Whether the nine send at the same moment, or spread over their five seconds. */
type Pattern = 'together' | 'spread';

interface FairnessFigures {
  /** Of the nine, from the command to the pictures. */
  readonly waitsMs: readonly number[];
  readonly floodDone: number;
  /** 429s that the bot met. */
  readonly refused: number;
  readonly lost: number;
  readonly problems: readonly string[];
}

/**
 * What nine guilds notice of a tenth that sends 200 requests at once, at Claid's true pace. The runs
 * with and without the flood go side by side, each with a bot and stand-ins of its own.
 */
export async function fairness(cores: Cores | undefined): Promise<Outcome> {
  const results: { pattern: Pattern; quiet: FairnessFigures; flooded: FairnessFigures }[] = [];
  for (const pattern of ['together', 'spread'] as const) {
    const [quiet, flooded] = await Promise.all([
      run(cores, pattern, false),
      run(cores, pattern, true),
    ]);
    results.push({ pattern, quiet, flooded });
  }
  return {
    text: [
      `${others} guilds send one request each every ${everyMs / 1000} s, together nine tenths of the pace, for ` +
        `${floodForMs / 1000} s; a tenth sends ${flood} at once. Seconds from the others' commands to their pictures`,
      table(
        ['the others', 'flood', 'median s', 'p95 s', 'their jobs', 'of the flood', '429s', 'lost'],
        results.flatMap(({ pattern, quiet, flooded }) => [
          row(pattern, 'no', quiet),
          row(pattern, 'yes', flooded),
          [
            pattern,
            'ratio',
            figure(median(flooded.waitsMs) / median(quiet.waitsMs), 2),
            figure(percentile(flooded.waitsMs, 0.95) / percentile(quiet.waitsMs, 0.95), 2),
          ],
        ]),
        2,
      ),
      `Aim: a ratio of the medians of at most ${aimedRatio}, none lost.`,
    ],
    failures: results.flatMap(({ quiet, flooded }) =>
      [quiet, flooded].flatMap((it) => [
        ...(it.lost > 0 ? [`${it.lost} jobs were lost`] : []),
        ...it.problems,
      ]),
    ),
  };
}

function row(pattern: Pattern, name: string, it: FairnessFigures): string[] {
  return [
    pattern,
    name,
    figure(median(it.waitsMs) / 1000, 2),
    figure(percentile(it.waitsMs, 0.95) / 1000, 2),
    String(it.waitsMs.length),
    String(it.floodDone),
    String(it.refused),
    String(it.lost),
  ];
}

function run(
  cores: Cores | undefined,
  pattern: Pattern,
  withFlood: boolean,
): Promise<FairnessFigures> {
  return withBot(
    {
      kind: 'easel',
      standIns: {
        claid: { pictures: 'small', windows: 'sliding', latencyMs: 300 },
        guilds: others + 1,
        membersPerGuild,
      },
      // So that all of the flood is accepted; how many run at once stays as it is.
      settings: { GUILD_QUEUE: '10000', MEMBER_QUEUE: '1000' },
      core: cores?.bot,
      giveUpAfterMs: 400_000,
    },
    async ({ standIns: { guilds, claid }, driver, problems }) => {
      const [flooding = [], ...rest] = guilds;
      const from = systemClock.now();
      const floodAt = from + floodAfterMs;
      const flooded = withFlood ? sendAll(driver, flooding, floodAt) : Promise.resolve([]);
      const waited = await Promise.all(
        rest.map((members, guild) =>
          sendRegularly(driver, members, {
            guild,
            from: from + (pattern === 'together' ? 0 : phaseMs(guild)),
            until: floodAt + floodForMs,
          }),
        ),
      );
      // What is left of the flood only has to come through; the bot follows what the API says it allows.
      claid.settings.limits = generousLimits;
      const floodJobs = await flooded;
      const jobs = waited.flat();
      return {
        waitsMs: jobs
          .filter(({ sentAt }) => sentAt >= floodAt)
          .flatMap(({ picturesMs }) => picturesMs ?? []),
        floodDone: floodJobs.filter(({ picturesMs }) => picturesMs !== undefined).length,
        refused: claid.requests.filter(({ status }) => status === 429).length,
        lost: [...jobs, ...floodJobs].filter(({ picturesMs }) => picturesMs === undefined).length,
        problems: problems(),
      };
    },
  );
}

async function sendAll(driver: Driver, members: readonly Member[], at: number): Promise<Job[]> {
  await sleep(systemClock, at - systemClock.now());
  return Promise.all(
    Array.from({ length: flood / members.length }, (_, number) =>
      members.map((member, index) =>
        driver.imagine(member, `flood ${number * members.length + index}`, 1),
      ),
    ).flat(),
  );
}

/** One request every so often, by another member each time, whether or not the last one is done. */
async function sendRegularly(
  driver: Driver,
  members: readonly Member[],
  { guild, from, until }: { readonly guild: number; readonly from: number; readonly until: number },
): Promise<Job[]> {
  const jobs: Promise<Job>[] = [];
  for (let at = from; at < until; at += everyMs) {
    await sleep(systemClock, Math.max(0, at - systemClock.now()));
    const member = members[jobs.length % members.length];
    if (member) jobs.push(driver.imagine(member, `guild ${guild}, ${jobs.length}`, 1));
  }
  return Promise.all(jobs);
}

/** When in its five seconds a guild sends: anywhere, but the same in every run. */
function phaseMs(guild: number): number {
  return ((guild * 0.618_034) % 1) * everyMs;
}
