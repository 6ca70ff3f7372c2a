import type { BotKind } from './bot-process.ts';
import { median, sum } from './figures.ts';
import { latencyMs, measureLoad, pictures } from './load.ts';
import type { Load, LoadFigures } from './load.ts';
import type { Cores } from './machine.ts';
import { figure, table } from './table.ts';
import type { Outcome } from './outcome.ts';

interface Aims {
  readonly acknowledgedP99?: number;
  readonly picturesP50?: number;
  readonly peakMb?: number;
  readonly addedMs?: number;
}

const cells: readonly (Load & { readonly aims: Aims })[] = [
  { inFlight: 1, jobs: 10, aims: { addedMs: 60 } },
  { inFlight: 20, jobs: 80, aims: { acknowledgedP99: 0.5, picturesP50: 0.85, peakMb: 0.7 } },
  { inFlight: 100, jobs: 140, aims: { acknowledgedP99: 0.12, picturesP50: 0.6, peakMb: 0.3 } },
];
const rounds = 3;
const kinds: readonly BotKind[] = ['easel', 'bare'];

/** Easel against a bare discord.js bot, pace lifted in both, by turns, a fresh process each time. */
export async function compare(cores: Cores | undefined): Promise<Outcome> {
  const results: { kind: BotKind; load: Load; figures: LoadFigures }[] = [];
  // Not counted: the driver and the stand-ins are slower until they have been compiled.
  for (const kind of kinds) await measureLoad(kind, { inFlight: 20, jobs: 40 }, { cores });
  for (let round = 0; round < rounds; round += 1)
    for (const load of cells)
      for (const kind of round % 2 === 0 ? kinds : kinds.toReversed()) {
        const figures = await measureLoad(kind, load, { cores });
        results.push({ kind, load, figures });
        console.error(
          `round ${round + 1}, ${kind}, ${load.inFlight} in flight: acknowledged p99 ` +
            `${figure(figures.acknowledgedP99)} ms, pictures p50 ${figure(figures.picturesP50)} ms, ` +
            `stand-ins busy ${figure(figures.standInsBusy * 100)} %, late p99 ${figure(figures.standInsLateP99)} ms, ` +
            `other programs ${figure(figures.othersBusy * 100)} % of a core`,
        );
      }
  const of = (kind: BotKind, load: Load): LoadFigures[] =>
    results.filter((it) => it.kind === kind && it.load === load).map(({ figures }) => figures);
  const rows = cells.flatMap((cell) => rowsOf(cell, of('easel', cell), of('bare', cell)));
  const starts = kinds.map((kind) =>
    median(results.filter((it) => it.kind === kind).map(({ figures }) => figures.startMs)),
  );
  const easel = results.filter(({ kind }) => kind === 'easel').map(({ figures }) => figures);
  const lost = sum(easel.map((it) => it.lost));
  return {
    text: [
      `${pictures.count} pictures of ${pictures.bytes / 1e6} MB a job, API ${latencyMs} ms, no pace, medians of ${rounds} rounds; ` +
        'times in ms, as Discord saw them',
      table(
        [
          'in flight',
          'bot',
          'acknowledged p50',
          'p99',
          'pictures p50',
          'p99',
          'jobs/s',
          'CPU/job',
          'peak MB',
          'lost',
          'stand-ins busy',
        ],
        rows,
        2,
      ),
      `Start to ready: Easel ${figure(starts[0] ?? NaN)} ms, bare ${figure(starts[1] ?? NaN)} ms. ` +
        `Other programs took ${figure(100 * median(results.map(({ figures }) => figures.othersBusy)))} % of a core meanwhile.`,
    ],
    failures: [
      ...(lost > 0 ? [`Easel lost ${lost} jobs`] : []),
      ...new Set(easel.flatMap(({ problems }) => problems)),
    ],
  };
}

function rowsOf(
  { inFlight, aims }: (typeof cells)[number],
  easel: readonly LoadFigures[],
  bare: readonly LoadFigures[],
): string[][] {
  const of = (rows: readonly LoadFigures[], key: Measured): number =>
    median(rows.map((row) => row[key]));
  const ratio = (key: Measured): string => figure(of(easel, key) / of(bare, key), 2);
  const line = (name: string, rows: readonly LoadFigures[]): string[] => [
    String(inFlight),
    name,
    ...measured.map((key) => figure(of(rows, key), key === 'jobsPerSecond' ? 1 : 0)),
    String(sum(rows.map(({ lost }) => lost))),
    `${figure(of(rows, 'standInsBusy') * 100)} %`,
  ];
  const addedMs = of(easel, 'picturesP50') - of(bare, 'picturesP50');
  const aim = (key: Measured): string => {
    if (key === 'picturesP50' && aims.addedMs !== undefined) return `≤ +${aims.addedMs}`;
    const most = key in aims ? aims[key as keyof Aims] : undefined;
    return most === undefined ? '' : `≤ ${most}`;
  };
  return [
    line('Easel', easel),
    line('bare', bare),
    [
      '',
      'Easel / bare',
      ...measured.map((key) =>
        key === 'picturesP50' && aims.addedMs !== undefined
          ? `${addedMs < 0 ? '' : '+'}${figure(addedMs)}`
          : ratio(key),
      ),
    ],
    ['', 'aim', ...measured.map(aim), 'none'],
  ];
}

const measured = [
  'acknowledgedP50',
  'acknowledgedP99',
  'picturesP50',
  'picturesP99',
  'jobsPerSecond',
  'cpuMsPerJob',
  'peakMb',
] as const;
type Measured = (typeof measured)[number] | 'standInsBusy';
