import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** Node's own place for it: hundreds of modules are compiled once instead of at each start. */
const compileCache = join(tmpdir(), 'node-compile-cache');
const program = new URL('../../../src/play.ts', import.meta.url).pathname;

export interface Played {
  readonly output: string;
  readonly errors: string;
  readonly exitCode: number | null;
}

/** Runs the playground as a program of its own, in a folder (its temporary one, too), and gives it some lines to read. */
export async function play(
  folder: string,
  options: readonly string[],
  input: string = '',
): Promise<Played> {
  const child = begin(folder, options);
  child.stdin?.end(input);
  return ended(child);
}

/** The running program, for what needs more than lines. */
export function begin(folder: string, options: readonly string[]): ChildProcess {
  return spawn(process.execPath, [program, ...options], {
    cwd: folder,
    stdio: 'pipe',
    env: { ...process.env, NODE_COMPILE_CACHE: compileCache, TMPDIR: folder },
  });
}

async function ended(child: ChildProcess): Promise<Played> {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('the output is not piped');
  const exit = once(child, 'exit');
  const [output, errors] = await Promise.all([text(stdout), text(stderr)]);
  await exit;
  return { output, errors, exitCode: child.exitCode };
}
