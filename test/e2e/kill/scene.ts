import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../../src/clock.ts';
import type { Discord, Invocation } from '../../../src/playground/discord/control.ts';
import { startDiscord } from '../../../src/playground/discord/discord.ts';
import { startStandIn } from '../../../src/playground/stand-ins.ts';
import type { AnyStandIn, StandInName } from '../../../src/playground/stand-ins.ts';
import { ended as hasEnded } from './ended.ts';

const main = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));
/** Node's own place for it: hundreds of modules are compiled once instead of at each start. */
const compileCache = join(tmpdir(), 'node-compile-cache');
const countWrites = new URL('count-writes.ts', import.meta.url).href;

/** A bot in a process of its own. */
export interface Child {
  /** Resolves when it serves commands; rejects when it ends before. */
  readonly ready: Promise<void>;
  /** Resolves when it has ended, with the signal that ended it. */
  readonly ended: Promise<NodeJS.Signals | null>;
  /** SIGKILL, at once. */
  kill(): void;
  /** SIGTERM; resolves when it has ended in good order, rejects when it ended otherwise. */
  stop(): Promise<void>;
}

/** Stand-ins in this process and one store, for bots that come and go. */
export interface Scene {
  readonly discord: Discord;
  /** The one image API that the bot knows. */
  readonly api: AnyStandIn;
  readonly storeUrl: string;
  /**
   * Starts the bot on the store.
   *
   * @param killAfterWrite it dies right after so many writes of its generations; 0 is never
   */
  start(killAfterWrite?: number): Child;
  /** The durable writes of all bots so far, from each one's first write to the generations on. */
  writes(): string[];
  /** Reads the store past the bot, running or not. */
  sql(statement: string): Record<string, unknown>[];
  /** How far the generations are, oldest first. */
  states(): { readonly state: unknown; readonly delivery: unknown }[];
  /** Starts the bot, waits until all that was asked has its end, and stops it in good order. */
  finish(...asked: readonly Invocation[]): Promise<void>;
  close(): Promise<void>;
}

/** @param patienceMs how long a generation may take to its end, in real time; 10 s unless told */
export async function setScene(apiName: StandInName, patienceMs?: number): Promise<Scene> {
  const clock = systemClock;
  const folder = await mkdtemp(join(tmpdir(), 'easel-kill-'));
  const discord = await startDiscord({ clock });
  const quick = { clock, pictures: 'small', latencyMs: 5 } as const;
  const { standIn: api, settings } = await startStandIn(apiName, quick);
  const writesFile = join(folder, 'writes');
  const database = join(folder, 'easel.db');
  const children = new Set<Child>();

  function start(killAfterWrite = 0): Child {
    const child = startChild({
      cwd: folder,
      environment: {
        DISCORD_TOKEN: discord.token,
        DISCORD_API_URL: discord.apiUrl,
        DATABASE_URL: `file:${database}`,
        PICTURES_FOLDER: join(folder, 'pictures'),
        WRITES_FILE: writesFile,
        KILL_AFTER_WRITE: String(killAfterWrite),
        ...settings,
      },
    });
    children.add(child);
    void child.ended.then(() => children.delete(child));
    return child;
  }

  function sql(statement: string): Record<string, unknown>[] {
    const db = new DatabaseSync(database, { timeout: 5000 });
    try {
      return db.prepare(statement).all();
    } finally {
      db.close();
    }
  }

  return {
    discord,
    api,
    storeUrl: `file:${database}`,
    start,
    writes: () =>
      existsSync(writesFile) ? readFileSync(writesFile, 'utf8').trimEnd().split('\n') : [],
    sql,
    states: () =>
      sql('select state, delivery from generations order by created_at').map(
        ({ state, delivery }) => ({ state, delivery }),
      ),
    async finish(...asked) {
      const bot = start();
      await bot.ready;
      await Promise.all(asked.map((one) => hasEnded(one, patienceMs)));
      await bot.stop();
    },
    async close() {
      for (const child of children) child.kill();
      await Promise.all([...children].map((child) => child.ended));
      await discord.close();
      await api.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function startChild(options: {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
}): Child {
  // An empty folder and nothing of this process's environment: no .env and no setting of anybody's.
  const child = spawn(process.execPath, ['--import', countWrites, main], {
    cwd: options.cwd,
    env: {
      PATH: process.env['PATH'] ?? '',
      NODE_COMPILE_CACHE: compileCache,
      ...options.environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const ready = Promise.withResolvers<void>();
  ready.promise.catch(() => undefined);
  createInterface({ input: child.stdout }).on('line', (line) => {
    said += `${line}\n`;
    if (line.includes('"msg":"ready"')) ready.resolve();
  });
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = once(child, 'close').then(([code, signal]: unknown[]) => {
    ready.reject(
      new Error(`the bot ended: code ${String(code)}, signal ${String(signal)}\n${said}`),
    );
    return child.signalCode;
  });
  return {
    ready: ready.promise,
    ended,
    kill: () => void child.kill('SIGKILL'),
    async stop() {
      child.kill('SIGTERM');
      await ended;
      if (child.exitCode !== 0)
        throw new Error(
          `the bot did not stop in good order: code ${child.exitCode}, signal ${child.signalCode}\n${said}`,
        );
    },
  };
}
