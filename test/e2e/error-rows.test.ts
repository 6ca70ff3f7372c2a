import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Invocation, SeenMessage } from '../../src/playground/discord/control.ts';
import type { StandIn, StandInName } from '../../src/playground/stand-ins.ts';
import { claidRows } from './error-rows/claid.ts';
import { kidjigMakersRows } from './error-rows/kidjig-makers.ts';
import { kidjigRows } from './error-rows/kidjig.ts';
import { openaiRows } from './error-rows/openai.ts';
import { nameOf } from './error-rows/row.ts';
import type { ErrorRow, Told } from './error-rows/row.ts';
import { sentences } from './error-rows/sentences.ts';
import { localaiRows, sdCppRows, vllmOmniRows } from './error-rows/self-hosted.ts';
import { stablecogRows } from './error-rows/stablecog.ts';
import { setStage } from './stage.ts';
import type { Stage } from './stage.ts';

// Every documented error of every image API, and what a member reads of it: the names are the table.

const minute = 60_000;

played('claid', claidRows, (stage) => stage.claid);
played('stablecog', stablecogRows, (stage) => stage.stablecog);
played('kidjig', [...kidjigRows, ...kidjigMakersRows], (stage) => stage.kidjig, {
  settings: { KIDJIG_TIMEOUT_SECONDS: '120' },
});
played('openai', openaiRows, (stage) => stage.openai);
for (const [server, rows] of [
  ['localai', localaiRows],
  ['sd-cpp', sdCppRows],
  ['vllm-omni', vllmOmniRows],
] as const)
  played('openai', rows, (stage) => stage.openai, { openai: { server } });

function played<N extends StandInName>(
  name: N,
  rows: readonly ErrorRow<N>[],
  standInOf: (stage: Stage) => StandIn<N>,
  options: Omit<NonNullable<Parameters<typeof setStage>[0]>, 'providers' | 'discord'> = {},
): void {
  describe.concurrent(options.openai?.server ?? name, () => {
    let stage: Stage;
    let usual: object;
    beforeAll(async () => {
      stage = await setStage({ ...options, providers: [name] });
      usual = { ...standInOf(stage).settings };
    });
    // An answer that is lost cannot be in the bot's books.
    afterAll(() => stage.end({ books: 'differ' }));

    for (const [index, row] of rows.entries())
      it(nameOf(row), { concurrent: false }, async () => {
        const standIn = standInOf(stage);
        stage.clock.advance(restOf(rows[index - 1]));
        const before = { ledger: ledgerOf(stage), charged: standIn.books.totalCost };
        const logged = stage.log.length;
        try {
          row.how?.(standIn);
          // Members have a cap each, and three refused contents are the most of a day.
          const member = stage.discord.guild().addMember(`member ${index}`);
          const wish = { prompt: `a fox with ${index} tails`, ...row.asks };
          const asked = member.command('imagine', wish, { raw: row.raw ?? false });
          await asked.acknowledged;
          const told = await inTime(stage, lastWord(asked), row.stepMs ?? 1000);
          await untilOver(stage);
          expectToRead(told, row);
          const spent = ledgerOf(stage);
          expectMoney(row, told, {
            entries: spent.entries - before.ledger.entries,
            member: spent.member - before.ledger.member,
            shared: spent.shared - before.ledger.shared,
            charged: standIn.books.totalCost - before.charged,
          });
          const notices = stage.log.slice(logged).filter((line) => line.includes('account-closed'));
          expect(notices).toHaveLength(row.operator === true ? 1 : 0);
        } finally {
          standIn.faults.clear();
          standIn.books.creditsLeft = Infinity;
          Object.assign(standIn.settings, usual);
        }
      });
  });
}

/** How long an API rests behind a row: an account is closed or paused for 10 minutes, else it is a matter of one. */
function restOf(row: Told | undefined): number {
  const long = row?.operator === true || row?.reads === sentences.busy;
  return (long ? 10 : 1) * minute + 1000;
}

/** Resolves when the bot is done with all requests: what a member sees is written down a little later. */
async function untilOver(stage: Stage): Promise<void> {
  const isOver = (): void =>
    expect(stage.sql('select id from generations where lease_until is not null')).toEqual([]);
  await vi.waitFor(isOver, { timeout: 10_000, interval: 5 });
}

/**
 * Lets time pass in steps until it is done: only while the bot has a request in hand, never so fast that
 * a busy machine cannot renew its lease, and less than the 15 minutes in which it can be answered.
 */
async function inTime<T>(stage: Stage, task: Promise<T>, stepMs: number): Promise<T> {
  const { clock } = stage;
  const until = clock.now() + 10 * minute;
  const timer = setInterval(() => {
    const [lease] = stage.sql('select min(lease_until) as over from generations');
    const leftMs = Number(lease?.['over'] ?? 0) - clock.now();
    if (leftMs < 5000 || clock.now() > until) return;
    clock.advance(leftMs > 2 * stepMs ? stepMs : 1000);
  }, 20);
  try {
    return await task;
  } finally {
    clearInterval(timer);
  }
}

interface Ledger {
  readonly entries: number;
  /** For the member's own limits. */
  readonly member: number;
  /** For the server's and the bot's caps. */
  readonly shared: number;
}

function ledgerOf(stage: Stage): Ledger {
  const [sums] = stage.sql(
    `select count(*) as entries, coalesce(sum(member_credits), 0) as member,
      coalesce(sum(shared_credits), 0) as shared from ledger_entries`,
  );
  const { entries, member, shared } = sums ?? {};
  return { entries: Number(entries), member: Number(member), shared: Number(shared) };
}

/** What is not the end of the matter. */
const passing = /^(Painting|Next in line|Number \d|Not done;|Your pictures are made, but)/;

function lastWord(asked: Invocation): Promise<SeenMessage> {
  return asked.waitFor(
    ({ answer, followUps }) => {
      const told = followUps.find(({ ephemeral }) => ephemeral) ?? answer;
      return told && !told.thinking && !passing.test(told.text) && told;
    },
    { what: 'the last word' },
  );
}

function expectToRead({ text }: SeenMessage, { reads, credits }: Told): void {
  const pattern = reads
    .split('…')
    .map((part) => part.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`))
    .join('.*');
  const shown = text
    .replace(/\n-# Provider’s request id: `[\w.:-]+`$/, '')
    // As Discord's client shows what is escaped.
    .replaceAll(/\\(\p{P}|\p{S})/gu, '$1');
  expect(shown).toMatch(new RegExp(`^${pattern}$`, credits === 'kept' ? 'm' : ''));
}

/** That what the member is told of the money is true in the ledger and in the API's books. */
function expectMoney(
  { credits }: Told,
  { text, files }: SeenMessage,
  { entries, member, shared, charged }: Ledger & { readonly charged: number },
): void {
  if (credits === 'kept') {
    const spent = Number(/(\d+) credits? spent/.exec(text)?.[1]);
    expect({ member, shared }).toEqual({ member: spent, shared: spent });
    expect(spent).toBeGreaterThan(0);
    expect(charged).toBeGreaterThanOrEqual(spent);
    return;
  }
  expect(files).toEqual([]);
  expect({ member, held: entries > 0 }).toEqual({ member: 0, held: credits === 'back' });
  // What may have been made still counts against the caps; else the API must not have charged for it.
  if (text.includes('may still have been made')) expect(shared).toBeGreaterThan(0);
  else expect({ shared, charged }).toEqual({ shared: 0, charged: 0 });
}
