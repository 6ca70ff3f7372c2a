import { systemClock } from '../../src/clock.ts';
import type { Claid } from '../../src/playground/claid/claid.ts';
import { sleep } from '../../src/schedule.ts';
import { keepInFlight } from './driver.ts';
import { median } from './figures.ts';
import type { Cores } from './machine.ts';
import type { Outcome } from './outcome.ts';
import { figure, table } from './table.ts';
import { withBot } from './with-bot.ts';

const fullForMs = 180_000;
const allowance = 3 * 120;
const inFlight = 40;
const foreignPerMinute = 40;
const aimedShare = 0.98;

interface PaceFigures {
  readonly accepted: number;
  readonly foreignAccepted: number;
  /** Accepted requests of the bot by what others left of the allowance. */
  readonly share: number;
  /** 429s that the bot met, to the end of the last job. */
  readonly refused: number;
  /** Of these, how many were followed by the same request, accepted. */
  readonly waitedOut: number;
  readonly postedTwice: number;
  readonly jobs: number;
  readonly picturesP50: number;
  readonly lost: number;
  readonly problems: readonly string[];
}

/** A full queue for three minutes at Claid's true limits, alone and beside another user of the key; both at once. */
export async function pace(cores: Cores | undefined): Promise<Outcome> {
  const [alone, shared] = await Promise.all([runAtPace(cores, false), runAtPace(cores, true)]);
  const row = (name: string, it: PaceFigures): string[] => [
    name,
    `${figure(it.share * 100, 1)} %`,
    String(it.accepted),
    String(it.foreignAccepted),
    String(it.refused),
    String(it.waitedOut),
    String(it.jobs),
    String(it.lost),
    figure(it.picturesP50 / 1000, 1),
  ];
  const failures = [alone, shared].flatMap((it) => [
    ...(it.lost > 0 ? [`${it.lost} jobs were lost`] : []),
    ...(it.postedTwice > 0 ? [`${it.postedTwice} requests were posted twice`] : []),
    ...(it.waitedOut < it.refused ? [`${it.refused - it.waitedOut} 429s were not waited out`] : []),
    ...it.problems,
  ]);
  return {
    text: [
      `A full queue (${inFlight} guilds) for ${fullForMs / 1000} s at 120 a minute and 4 a second, sliding; ` +
        `somebody else on the key sends ${foreignPerMinute} a minute at random`,
      table(
        [
          'on the key',
          'share of the allowance',
          'accepted',
          'of others',
          '429s met',
          'waited out',
          'jobs',
          'lost',
          'pictures p50 s',
        ],
        [
          row('alone', alone),
          ['aim', `≥ ${aimedShare * 100} %`, '', '', '0', '', '', '0', ''],
          row('with somebody else', shared),
          ['aim', '', '', '', '', 'all', '', '0', ''],
        ],
      ),
    ],
    failures,
  };
}

function runAtPace(cores: Cores | undefined, withForeignUser: boolean): Promise<PaceFigures> {
  return withBot(
    {
      kind: 'easel',
      standIns: {
        claid: { pictures: 'small', windows: 'sliding', latencyMs: 300 },
        guilds: inFlight,
        membersPerGuild: 1,
      },
      settings: {},
      core: cores?.bot,
      giveUpAfterMs: 180_000,
    },
    async ({ standIns: { claid, members }, driver, problems }) => {
      const from = systemClock.now();
      const until = from + fullForMs;
      const stopForeign = withForeignUser
        ? claid.foreign.every({ perMinute: foreignPerMinute, seed: 1 })
        : () => undefined;
      const [jobs, counted] = await Promise.all([
        keepInFlight(driver, members, {
          inFlight,
          images: 4,
          more: () => systemClock.now() < until,
        }),
        sleep(systemClock, fullForMs).then(() => ({
          accepted: posts(claid).filter(({ at, status }) => at >= from && status !== 429).length,
          foreignAccepted: claid.foreign.counts.accepted,
        })),
      ]);
      stopForeign();
      const all = posts(claid);
      const refused = all.filter(({ status }) => status === 429);
      return {
        ...counted,
        share: counted.accepted / (allowance - counted.foreignAccepted),
        refused: refused.length,
        waitedOut: refused.filter((it) =>
          all.some(
            (other) => other.prompt === it.prompt && other.at > it.at && other.status === 200,
          ),
        ).length,
        postedTwice: claid.postedTwice().length,
        jobs: jobs.length,
        picturesP50: median(jobs.flatMap(({ picturesMs }) => picturesMs ?? [])),
        lost: jobs.filter(({ picturesMs }) => picturesMs === undefined).length,
        problems: problems(),
      };
    },
  );
}

function posts({ requests }: Claid): Claid['requests'] {
  return requests.filter(({ method }) => method === 'POST');
}
