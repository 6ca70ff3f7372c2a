import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../src/clock.ts';

/** Longer than the bot's own patience when it stops. */
const stopWithinMs = 30_000;
const keptOutput = 8_000;

export type BotKind = 'easel' | 'bare';

const scripts: Readonly<Record<BotKind, string>> = {
  easel: fileURLToPath(new URL('../../src/main.ts', import.meta.url)),
  bare: fileURLToPath(new URL('bare-bot.ts', import.meta.url)),
};

/** What a process has used so far; NaN where the system does not tell. */
export interface Usage {
  readonly cpuMs: number;
  readonly peakMb: number;
}

/** A bot in a process of its own. */
export interface BotProcess {
  readonly kind: BotKind;
  /** By `performance.now()`. */
  readonly startedAt: number;
  usage(): Usage;
  /** Rejects when the process ends without having been told to. */
  readonly lives: Promise<never>;
  /** What it wrote last. */
  readonly said: string;
  /** Ends it in good order, by force where that takes too long. Never rejects. */
  stop(): Promise<void>;
}

/**
 * Starts a bot with nothing in its environment but its settings.
 *
 * @param core the only core it may use; any where it is `undefined`
 */
export function startBot(
  kind: BotKind,
  options: {
    readonly settings: Readonly<Record<string, string>>;
    readonly folder: string;
    readonly core: number | undefined;
  },
): BotProcess {
  const { settings, folder, core } = options;
  const node = [...nodeOptions(), scripts[kind]];
  const [command, given] =
    core === undefined
      ? [process.execPath, node]
      : ['taskset', ['-c', String(core), process.execPath, ...node]];
  const startedAt = performance.now();
  // Its folder is empty, so that no .env of the operator's is read.
  const child = spawn(command, given, {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const hear = (chunk: Buffer): void => {
    said = (said + chunk.toString()).slice(-keptOutput);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);

  // Nobody else would end it where the bench itself is stopped.
  const endWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', endWithUs);
  let told = false;
  const ended = once(child, 'close').catch(() => undefined);
  const lives = new Promise<never>((_, reject) => {
    const leave = (why: string): void => {
      if (!told) reject(new Error(`the bot (${kind}) ended: ${why}\n${said}`));
    };
    child.once('error', (error) => leave(error.message));
    child.once('close', (code, signal) => leave(`code ${code}, signal ${signal}`));
  });
  // It is raced against what is waited for; nobody may be waiting at the moment.
  lives.catch(() => undefined);

  return {
    kind,
    startedAt,
    usage: () => usageOf(child.pid),
    lives,
    get said() {
      return said;
    },
    async stop() {
      told = true;
      child.kill('SIGTERM');
      const force = systemClock.setTimer(() => child.kill('SIGKILL'), stopWithinMs);
      await ended;
      force();
      process.off('exit', endWithUs);
    },
  };
}

/** For a profile: `BENCH_NODE_OPTIONS="--cpu-prof --cpu-prof-dir=profiles"`. */
function nodeOptions(): string[] {
  return (process.env['BENCH_NODE_OPTIONS'] ?? '').split(' ').filter((option) => option !== '');
}

/** Source: proc(5); times are in ticks of 10 ms on every Linux that Node runs on. */
function usageOf(pid: number | undefined): Usage {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may itself hold spaces; what follows begins with the third field.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const peak = /^VmHWM:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return {
      cpuMs: (Number(fields[11]) + Number(fields[12])) * 10,
      peakMb: Number(peak) / 1024,
    };
  } catch {
    return { cpuMs: NaN, peakMb: NaN };
  }
}
