import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median, sum } from './figures.ts';
import { measureLoad } from './load.ts';
import type { LoadFigures } from './load.ts';
import type { Cores } from './machine.ts';
import type { Outcome } from './outcome.ts';
import { figure, table } from './table.ts';

const delayMs = 10;
const rounds = 3;
const load = { inFlight: 20, jobs: 80 };
const source = fileURLToPath(new URL('slow-sync.c', import.meta.url));

/** What a disk that takes 10 ms longer for each sync does to the acknowledgement, pace lifted. */
export async function slowDisk(cores: Cores | undefined): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'easel-slow-disk-'));
  try {
    const library = build(folder);
    if (library === undefined)
      return {
        text: ['SKIPPED: there is no C compiler (`cc`), or it cannot build.'],
        failures: [],
      };
    const disk = slowableDisk(library, join(folder, 'count'));
    if (!(await disk.sees()))
      return { text: ['SKIPPED: the calls of node:sqlite do not come by here.'], failures: [] };
    const results: { slow: boolean; syncs: number; figures: LoadFigures }[] = [];
    for (let round = 0; round < rounds; round += 1)
      for (const slow of round % 2 === 0 ? [false, true] : [true, false]) {
        const environment = await disk.environment(slow ? delayMs : 0);
        const figures = await measureLoad('easel', load, { cores, environment });
        results.push({ slow, syncs: await disk.count(), figures });
      }
    return outcomeOf(results);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function outcomeOf(
  results: readonly { slow: boolean; syncs: number; figures: LoadFigures }[],
): Outcome {
  const row = (name: string, slow: boolean): string[] => {
    const rows = results.filter((it) => it.slow === slow);
    const of = (key: 'acknowledgedP50' | 'acknowledgedP99' | 'picturesP50' | 'jobsPerSecond') =>
      median(rows.map(({ figures }) => figures[key]));
    return [
      name,
      figure(of('acknowledgedP50')),
      figure(of('acknowledgedP99')),
      figure(of('picturesP50')),
      figure(of('jobsPerSecond'), 1),
      figure(median(rows.map(({ syncs, figures }) => syncs / figures.jobs)), 1),
      String(sum(rows.map(({ figures }) => figures.lost))),
    ];
  };
  const all = results.map(({ figures }) => figures);
  const lost = sum(all.map((it) => it.lost));
  return {
    text: [
      `${load.inFlight} in flight, no pace, medians of ${rounds} rounds; times in ms, as Discord saw them`,
      table(
        ['disk', 'acknowledged p50', 'p99', 'pictures p50', 'jobs/s', 'syncs/job', 'lost'],
        [row('as it is', false), row(`each sync ${delayMs} ms longer`, true)],
      ),
    ],
    failures: [
      ...(lost > 0 ? [`Easel lost ${lost} jobs`] : []),
      ...new Set(all.flatMap(({ problems }) => problems)),
    ],
  };
}

function build(folder: string): string | undefined {
  const library = join(folder, 'slow-sync.so');
  try {
    execFileSync('cc', ['-O2', '-shared', '-fPIC', '-o', library, source, '-ldl'], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    return library;
  } catch {
    return undefined;
  }
}

interface SlowableDisk {
  /** The environment of a process with such a disk. Begins to count anew. */
  environment(addedMs: number): Promise<Readonly<Record<string, string>>>;
  /** Syncs since then. */
  count(): Promise<number>;
  /** Whether the syncs of node:sqlite can be seen. */
  sees(): Promise<boolean>;
}

function slowableDisk(library: string, counter: string): SlowableDisk {
  const disk: SlowableDisk = {
    async environment(addedMs) {
      await writeFile(counter, Buffer.alloc(8));
      return {
        LD_PRELOAD: library,
        SLOW_SYNC_US: String(addedMs * 1000),
        SLOW_SYNC_COUNT: counter,
      };
    },
    count: async () => Number((await readFile(counter)).readBigUInt64LE()),
    async sees() {
      const script = `
        const { DatabaseSync } = require('node:sqlite');
        const db = new DatabaseSync(process.argv[1]);
        db.exec('pragma journal_mode = wal; pragma synchronous = full; create table t (n)');
        for (let n = 0; n < 10; n += 1) db.exec('insert into t values (1)');
        db.close();`;
      const environment = await disk.environment(0);
      execFileSync(process.execPath, ['-e', script, `${counter}.db`], { env: environment });
      return (await disk.count()) >= 10;
    },
  };
  return disk;
}
