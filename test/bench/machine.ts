import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

/** One core for the stand-ins and their driver, another one for the bot. */
export interface Cores {
  readonly standIns: number;
  readonly bot: number;
}

/** What the figures were measured on, in one line. */
export function machine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown CPU';
  const memoryGb = Math.round(totalmem() / 2 ** 30);
  return `${model}, ${cpus().length} cores, ${memoryGb} GB, Node ${process.versions.node}, ${process.platform}`;
}

/** Pins this process to one core and keeps another for the bot; `undefined` where that cannot be done. */
export function pin(): Cores | undefined {
  const [standIns, bot] = allowedCores();
  if (standIns === undefined || bot === undefined) return undefined;
  try {
    execFileSync('taskset', ['-acp', String(standIns), String(process.pid)], { stdio: 'ignore' });
    return { standIns, bot };
  } catch {
    return undefined;
  }
}

/** How long the cores in use (all where nothing is pinned) have been busy with anything so far; NaN where unknown. */
export function busyMs(cores: Cores | undefined): number {
  if (!existsSync('/proc/stat')) return NaN;
  let ticks = 0;
  for (const line of readFileSync('/proc/stat', 'utf8').split('\n')) {
    const [name = '', ...fields] = line.split(/\s+/);
    if (!/^cpu\d+$/.test(name)) continue;
    const core = Number(name.slice(3));
    if (cores !== undefined && core !== cores.standIns && core !== cores.bot) continue;
    // Source: proc(5): user, nice, system, idle, iowait, irq, softirq, steal, in ticks of 10 ms.
    const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] =
      fields.map(Number);
    ticks += user + nice + system + irq + softirq + steal;
  }
  return ticks * 10;
}

function allowedCores(): number[] {
  if (!existsSync('/proc/self/status')) return [];
  const list = /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  return (list ?? '').split(',').flatMap((part) => {
    const [first = NaN, last = first] = part.split('-').map(Number);
    return Number.isNaN(first)
      ? []
      : Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}
