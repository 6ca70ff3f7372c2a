import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/clock.ts';
import { periodMs } from '../../src/domain/rule.ts';
import type { Window } from '../../src/domain/ledger.ts';
import type { Draft, Store } from '../../src/domain/store.ts';
import { openStore } from '../../src/storage/open.ts';
import { percentile } from './figures.ts';
import { fillLedger, guildId, memberId, newest } from './ledger-history.ts';
import type { Outcome } from './outcome.ts';
import { figure, table } from './table.ts';

const sizes = [1_000, 1_000_000] as const;
const warmUp = 100;
const rounds = 800;
const most = 2;

const member = { kind: 'member', guildId, memberId } as const;
const guild = { kind: 'guild', guildId } as const;
const windows: readonly Window[] = [
  { pot: member, lengthMs: periodMs.month },
  { pot: member, lengthMs: periodMs.day },
  { pot: guild, lengthMs: periodMs.month },
  { pot: guild, lengthMs: periodMs.day },
  { pot: { kind: 'person', memberId }, lengthMs: periodMs.day },
  { pot: { kind: 'bot' }, lengthMs: periodMs.day },
];

interface Subject {
  readonly entries: number;
  readonly store: Store;
  readonly tookMs: number[];
}

/** What a check and hold takes with a short and with a long history of one guild. */
export async function ledger(): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'easel-ledger-'));
  const subjects: Subject[] = [];
  try {
    for (const entries of sizes) {
      const path = join(folder, `${entries}.db`);
      const open = () => openStore({ url: `file:${path}`, clock: systemClock });
      await (await open()).close();
      fillLedger(path, entries);
      subjects.push({ entries, store: await open(), tookMs: [] });
    }
    for (let round = -warmUp; round < rounds; round += 1)
      // In turns, so that what else the machine does hits both alike.
      for (const subject of round % 2 === 0 ? subjects : subjects.toReversed()) {
        const took = await measure(subject.store, round);
        if (round >= 0) subject.tookMs.push(took);
      }
    const faults: number[] = [];
    for (const { store } of subjects) faults.push((await store.verify()).length);
    return outcomeOf(subjects, faults);
  } finally {
    for (const { store } of subjects) await store.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(store: Store, round: number): Promise<number> {
  const draft = draftOf(round);
  const before = performance.now();
  const begun = await store.begin(draft, windows, () => ({ admitted: true, fromGrant: 0 }));
  const took = performance.now() - before;
  if (begun.kind !== 'begun') throw new Error(`A check and hold ended as ${begun.kind}.`);
  return took;
}

function draftOf(round: number): Draft {
  // Over an hour, so that the windows' edges cut their hours everywhere.
  const at = newest + Math.round(((round + warmUp + 1) / (warmUp + rounds)) * periodMs.hour);
  return {
    // Discord's ids grow with time, as those of the history do.
    id: `8999999999999${String(round + warmUp).padStart(6, '0')}-0`,
    destination: {
      applicationId: '1000000000000000001',
      interactionId: `8999999999999${String(round + warmUp).padStart(6, '0')}`,
      token: 'a'.repeat(200),
      tokenEndsAt: at + 900_000,
      guildId,
      channelId: '1000000000000000002',
      memberId,
      roleIds: ['1000000000000000003'],
      private: false,
      ageRestricted: false,
      sharedBy: 1,
      locale: 'en-US',
      maxFileBytes: 10_485_760,
    },
    provider: 'claid',
    account: 'claid:main',
    request: {
      model: 'claid',
      prompt: 'a lighthouse in a storm, oil on canvas',
      images: 4,
      guidance: 5,
      given: [],
    },
    insteadOf: null,
    price: 1,
    owner: 'bench',
    leaseUntil: at + 60_000,
    at,
  };
}

function outcomeOf(subjects: readonly Subject[], faults: readonly number[]): Outcome {
  const rows = subjects.map(({ entries, tookMs }) => ({
    entries,
    p50: percentile(tookMs, 0.5),
    p99: percentile(tookMs, 0.99),
  }));
  const [small, large] = rows;
  const ratio = (key: 'p50' | 'p99') => (large?.[key] ?? NaN) / (small?.[key] ?? NaN);
  return {
    text: [
      `begin, ${windows.length} windows, ${rounds} times each in turns, on SQLite in a temporary folder; times in ms`,
      table(
        ['entries', 'p50', 'p99'],
        [
          ...rows.map(({ entries, p50, p99 }) => [
            entries.toLocaleString('en'),
            figure(p50, 2),
            figure(p99, 2),
          ]),
          ['ratio', figure(ratio('p50'), 2), figure(ratio('p99'), 2)],
        ],
      ),
    ],
    failures: [
      ...(ratio('p99') <= most
        ? []
        : [`p99 with a long history is more than ${most} times that with a short one`]),
      ...faults.flatMap((count, place) =>
        count === 0 ? [] : [`the ledger of ${sizes[place]} entries has ${count} faults`],
      ),
    ],
  };
}
