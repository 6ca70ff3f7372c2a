import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { existsSync } from 'node:fs';
import { expect, vi } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { secretsOf } from '../../src/config-secrets.ts';
import { createLog } from '../../src/log.ts';
import { createShiftedClock } from '../../src/playground/clock.ts';
import type { ShiftedClock } from '../../src/playground/clock.ts';
import type {
  Discord,
  DiscordOptions,
  Invocation,
  SeenMessage,
} from '../../src/playground/discord/control.ts';
import { createContract } from '../../src/playground/discord/contract/contract.ts';
import { startDiscord } from '../../src/playground/discord/discord.ts';
import type { AnyStandIn, StandInName } from '../../src/playground/stand-ins.ts';
import { start } from '../../src/start.ts';
import type { Bot } from '../../src/start.ts';
import { openStore } from '../../src/storage/open.ts';
import { SqliteThread } from '../../src/storage/sqlite-thread.ts';
import { startCast } from './cast.ts';
import type { Cast, CastOptions } from './cast.ts';

/** For all bots of a test file: a thread takes longer to start than a bot. */
const storeThread = new SqliteThread();

/** Discord's own contract, where it is at hand; bodies are checked against it then. */
const openApiPath = new URL('../../../shared/specs/discord.openapi.json', import.meta.url).pathname;
/** Read once for all stages of a test file: that takes longer than most tests. */
const contract = createContract(existsSync(openApiPath) ? { openApiPath } : {});

/**
 * A bot between a stand-in Discord and the stand-ins of image APIs, all real programs on loopback. Each
 * API has its own name here; to ask for one that is not configured is an error.
 */
export interface Stage extends Cast {
  readonly clock: ShiftedClock;
  readonly discord: Discord;
  /** Those that are configured, by their providers' names. */
  readonly standIns: ReadonlyMap<StandInName, AnyStandIn>;
  readonly folder: string;
  /** Everything that the bot logged so far, one JSON object a line. */
  readonly log: string[];
  /** The log, parsed. */
  logged(): Record<string, unknown>[];
  httpPort(): number | undefined;
  /** Stops the bot in good order. */
  stop(): Promise<void>;
  /** Stops it if it runs, and starts it anew on the same store. */
  restart(settings?: Settings): Promise<void>;
  /** Statements straight into the store's file, past the bot. */
  sql(statement: string): Record<string, unknown>[];
  /** Stops all and checks what must always hold: no violation, the ledger adds up and equals each API's books. */
  end(checks?: { readonly books?: 'equal' | 'differ' }): Promise<void>;
}

export type Settings = Readonly<Record<string, string>>;

export async function setStage(
  options: CastOptions & {
    /** The image APIs that the bot is configured for. Default: Claid alone. */
    readonly providers?: readonly StandInName[];
    readonly settings?: Settings;
    readonly discord?: Partial<DiscordOptions>;
  } = {},
): Promise<Stage> {
  const clock = createShiftedClock();
  const folder = await mkdtemp(join(tmpdir(), 'easel-stage-'));
  const discord = await startDiscord({
    clock,
    contract,
    ...options.discord,
  });
  const cast = await startCast(options.providers ?? ['claid'], clock, options);
  const log: string[] = [];
  const settings = (more: Settings): Settings => ({
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    ...cast.settings,
    DATABASE_URL: `file:${join(folder, 'easel.db')}`,
    PICTURES_FOLDER: join(folder, 'pictures'),
    HTTP_PORT: '0',
    LOG_LEVEL: 'trace',
    ...options.settings,
    ...more,
  });
  let bot: Bot | undefined;
  const begin = async (more: Settings): Promise<void> => {
    const config = readConfig(settings(more));
    const lines = createLog({
      level: config.LOG_LEVEL,
      secrets: secretsOf(config),
      destination: { write: (line) => void log.push(line) },
    });
    bot = await start(config, clock, lines, storeThread);
  };
  const stop = async (): Promise<void> => {
    await bot?.stop();
    bot = undefined;
  };
  const sql = (statement: string): Record<string, unknown>[] => {
    const db = new DatabaseSync(join(folder, 'easel.db'), { timeout: 5000 });
    try {
      return db.prepare(statement).all();
    } finally {
      db.close();
    }
  };
  await begin({});
  return {
    get claid() {
      return cast.find('claid');
    },
    get stablecog() {
      return cast.find('stablecog');
    },
    get kidjig() {
      return cast.find('kidjig');
    },
    get openai() {
      return cast.find('openai');
    },
    clock,
    discord,
    standIns: cast.standIns,
    folder,
    log,
    logged: () => log.map((line) => JSON.parse(line) as Record<string, unknown>),
    httpPort: () => bot?.httpPort,
    stop,
    async restart(more = {}) {
      await stop();
      await begin(more);
    },
    sql,
    async end({ books = 'equal' } = {}) {
      try {
        await stop();
        expect(discord.violations).toEqual([]);
        await expectLedgerToAddUp(folder, clock, cast.standIns, books);
      } finally {
        await discord.close();
        await cast.close();
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

async function expectLedgerToAddUp(
  folder: string,
  clock: ShiftedClock,
  standIns: ReadonlyMap<StandInName, AnyStandIn>,
  books: 'equal' | 'differ',
): Promise<void> {
  const url = `file:${join(folder, 'easel.db')}`;
  const accounts = new DatabaseSync(join(folder, 'easel.db'));
  const rows = accounts.prepare('select distinct account from generations').all();
  accounts.close();
  const store = await openStore({ url, clock, thread: storeThread });
  try {
    expect(await store.verify()).toEqual([]);
    for (const [name, standIn] of standIns) {
      let settled = 0;
      for (const { account } of rows)
        if (providerOf(account) === name)
          settled += (await store.providerCost(String(account))).settled;
      // What the process could not know (an answer that was lost) is booked as unknown, apart.
      if (books === 'equal') expect(settled, name).toBe(standIn.books.totalCost);
      expect(postedTwice(standIn), name).toEqual([]);
    }
    const names: readonly string[] = [...standIns.keys()];
    expect(rows.filter(({ account }) => !names.includes(providerOf(account)))).toEqual([]);
  } finally {
    await store.close();
  }
}

/** Accounts are called after their provider. */
function providerOf(account: unknown): string {
  return String(account).split(':', 1).join('');
}

/** What one model was asked more than once; those that a 429 turned away do not count. */
function postedTwice({ requests }: AnyStandIn): string[] {
  const asked = requests
    .filter(({ prompt, status }) => prompt !== undefined && status !== 429)
    .map(({ path, body = '', prompt = '' }) => `${path} ${modelIn(body)} ${prompt}`);
  return asked.filter((each, index) => asked.indexOf(each) !== index);
}

function modelIn(body: string): string {
  return /"model(?:_id)?":"([^"]*)"/.exec(body)?.[1] ?? '';
}

/** The finished answer: the one that carries pictures or says why there are none. */
export function finished(invocation: Invocation): Promise<SeenMessage> {
  return invocation.waitFor(
    ({ answer }) =>
      answer &&
      !answer.thinking &&
      answer.buttons.some(({ label }) => label === 'Delete') &&
      answer,
    { what: 'a finished answer' },
  );
}

/** The original answer once its text contains this. */
export function saying(invocation: Invocation, text: string | RegExp): Promise<SeenMessage> {
  return invocation.waitFor(({ answer }) => answer && fits(answer.text, text) && answer, {
    what: `an answer that says ${text}`,
  });
}

/** A follow-up for the member alone whose text contains this. */
export function toldPrivately(invocation: Invocation, text: string | RegExp): Promise<SeenMessage> {
  return invocation.waitFor(
    ({ followUps }) => followUps.find((message) => message.ephemeral && fits(message.text, text)),
    { what: `a private message that says ${text}` },
  );
}

/** A request of alice's for pictures of a fox that is out at Claid and held there until it is released. */
export async function holding(
  { claid, discord }: Pick<Stage, 'claid' | 'discord'>,
  options: { readonly private?: boolean } = {},
): Promise<{ readonly asked: Invocation; readonly release: () => void }> {
  const gate = Promise.withResolvers<void>();
  claid.faults.next({ kind: 'hold', until: gate.promise });
  const arrived = claid.next('request', ({ prompt }) => prompt === 'a fox');
  const asked = discord.as('alice').command('imagine', { prompt: 'a fox', ...options });
  await arrived;
  return { asked, release: () => gate.resolve() };
}

/** Resolves when the bot has logged this message so often. */
export async function untilLogged(stage: Stage, message: string, times = 1): Promise<void> {
  await vi.waitFor(() => {
    const messages = stage.logged().map(({ msg }) => msg);
    expect(messages.filter((msg) => msg === message).length, message).toBeGreaterThanOrEqual(times);
  }, 10_000);
}

/** Lets time pass in steps until it is done. */
export async function hurried<T>({ clock }: Stage, task: Promise<T>, stepMs: number): Promise<T> {
  const timer = setInterval(() => clock.advance(stepMs), 20);
  try {
    return await task;
  } finally {
    clearInterval(timer);
  }
}

function fits(text: string, wanted: string | RegExp): boolean {
  return typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);
}
