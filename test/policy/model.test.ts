import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assert, asyncProperty } from 'fast-check';
import { expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { openStore } from '../../src/storage/open.ts';
import { SqliteThread } from '../../src/storage/sqlite-thread.ts';
import { sequences } from './model/actions.ts';
import { play } from './model/play.ts';
import type { Bench, Tally } from './model/stage.ts';

/** Few, so that it is quick; `npm run test:model` plays many. */
const wanted = Number(process.env['MODEL_SEQUENCES'] ?? 60);
/** To play a failure again: what fast-check has printed. */
const seed = process.env['MODEL_SEED'];
/** Where one fails, time is needed to find the shortest sequence that does. */
const timeout = 60_000 + wanted * 500;
/** A new file for so many sequences: the more there is in one, the longer its verification takes. */
const sequencesPerStore = 40;
/** At once, each with stores of its own: while one waits for its database another plays on. */
const lanes = 2;

it(
  `the policy and the ledger agree with a simple model of both over ${wanted} random sequences`,
  { timeout },
  async () => {
    const tally: Tally = new Map();
    const perLane = Math.ceil(wanted / lanes);
    const ends = await Promise.allSettled(
      Array.from({ length: lanes }, () => playMany(perLane, tally)),
    );
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
    const figures = [...tally].map(([what, times]) => `${what} ${times}`).sort();
    console.log(`${perLane * lanes} sequences agree: ${figures.join(', ')}`);
    // It would be a poor test that never came across these; in a few sequences it may.
    const met = [
      'admitted',
      'by grant',
      'limit',
      'cap',
      'shut-out',
      'cool-down',
      'content-refusals',
    ];
    if (wanted >= 1000) expect([...tally.keys()]).toEqual(expect.arrayContaining(met));
  },
);

async function playMany(numRuns: number, tally: Tally): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'easel-model-'));
  const bench = await openBench(folder);
  // Without bias the first sequences are as long as the last.
  const options = { numRuns, noBias: true };
  try {
    await assert(
      asyncProperty(sequences, async (sequence) => {
        await bench.next();
        await play(bench, sequence, tally);
      }),
      seed === undefined ? options : { ...options, seed: Number(seed) },
    );
  } finally {
    await bench.close();
    await rm(folder, { recursive: true, force: true });
  }
}

interface OpenBench extends Bench {
  /** Another sequence begins. */
  next(): Promise<void>;
  close(): Promise<void>;
}

async function openBench(folder: string): Promise<OpenBench> {
  let numbers = 0;
  let played = 0;
  // One for all of them: each would compile the store's code anew.
  const thread = new SqliteThread();
  const open = () =>
    openStore({
      thread,
      url: `file:${join(folder, `${Math.floor(played / sequencesPerStore)}.db`)}`,
      clock: systemClock,
    });
  let store = await open();
  const reopen = async (): Promise<void> => {
    await store.close();
    store = await open();
  };
  return {
    now: Date.UTC(2026, 2, 20),
    store: () => store,
    newNumber: () => (numbers += 1),
    restart: reopen,
    async next() {
      played += 1;
      if (played % sequencesPerStore === 0) await reopen();
    },
    async close() {
      await store.close();
      await thread.end();
    },
  };
}
