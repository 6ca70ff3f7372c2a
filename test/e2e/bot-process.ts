import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Claid } from '../../src/playground/claid/claid.ts';
import type { Discord } from '../../src/playground/discord/control.ts';
import type { Settings } from './stage.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
/** Node's own place for it: hundreds of modules are compiled once instead of at each start. */
const compileCache = join(tmpdir(), 'node-compile-cache');
/** A test that waits longer than this hangs. */
const limitMs = 20_000;

/** The bot as an operator runs it: `node src/main.ts` in a folder, with an environment. */
export interface BotProcess {
  readonly stdout: string;
  readonly stderr: string;
  /** The log so far, parsed. */
  logged(): Record<string, unknown>[];
  /** Resolves once it has logged a line with this message; rejects when it ends before. */
  says(message: string): Promise<void>;
  signal(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): void;
  /** Its exit code, or the signal that ended it. */
  readonly exited: Promise<number | string>;
}

export function runBot(options: {
  readonly settings: Settings;
  readonly folder: string;
}): BotProcess {
  const child = spawn(process.execPath, [main], {
    cwd: options.folder,
    // Nothing of the test's own environment, and no .env but one that the test has written.
    env: { NODE_COMPILE_CACHE: compileCache, ...options.settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const heard = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  let ended = false;
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8');
    child[stream].on('data', (text: string) => {
      heard[stream] += text;
      tell();
    });
  }
  const exited = new Promise<number | string>((resolve, reject) => {
    const giveUp = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`the bot did not end in time: ${heard.stdout}${heard.stderr}`));
    }, 2 * limitMs);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(giveUp);
      ended = true;
      tell();
      resolve(code ?? signal ?? 'unknown');
    });
  });
  // Whoever waits for it hears of it; nobody has to.
  exited.catch(() => undefined);
  const logged = (): Record<string, unknown>[] =>
    heard.stdout
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  return {
    get stdout() {
      return heard.stdout;
    },
    get stderr() {
      return heard.stderr;
    },
    logged,
    says: (message) =>
      new Promise((resolve, reject) => {
        const done = (error?: Error): void => {
          clearTimeout(timer);
          listeners.delete(look);
          if (error) reject(error);
          else resolve();
        };
        const fail = (why: string): void =>
          done(new Error(`"${message}" ${why}: ${heard.stdout}${heard.stderr}`));
        const look = (): void => {
          if (logged().some(({ msg }) => msg === message)) done();
          else if (ended) fail('was never logged');
        };
        const timer = setTimeout(() => fail('did not come in time'), limitMs);
        listeners.add(look);
        look();
      }),
    signal: (signal) => void child.kill(signal),
    exited,
  };
}

/** The settings that lead a bot to its stand-ins. */
export function settingsFor(
  { discord, claid }: { readonly discord: Discord; readonly claid: Claid },
  more: Settings = {},
): Settings {
  return {
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    CLAID_API_KEY: claid.key,
    CLAID_API_URL: claid.apiUrl,
    ...more,
  };
}
