import { compare } from './compare.ts';
import { fairness } from './fairness.ts';
import { ledger } from './ledger.ts';
import { machine, pin } from './machine.ts';
import type { Cores } from './machine.ts';
import type { Outcome } from './outcome.ts';
import { pace } from './pace.ts';
import { slowDisk } from './slow-disk.ts';

const parts: Readonly<Record<string, (cores: Cores | undefined) => Promise<Outcome>>> = {
  compare,
  pace,
  fairness,
  'slow-disk': slowDisk,
  ledger,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}.`);
  process.exit(2);
}

// So that what was started is ended and removed.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const cores = pin();
console.log(`${machine()}; ${pinning(cores)}`);
for (const [name, measure] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  try {
    const { text, failures } = await measure(cores);
    console.log(['', `### ${name}`, ...text].join('\n\n'));
    for (const failure of failures) console.error(`\n${name} FAILED: ${failure}`);
    if (failures.length > 0) process.exitCode = 1;
  } catch (error) {
    console.error(`\n${name} FAILED:`, error);
    process.exitCode = 1;
  }
}

function pinning(on: Cores | undefined): string {
  return on === undefined
    ? 'not pinned (no taskset, or one core only): the bot and the stand-ins share cores'
    : `stand-ins and driver on core ${on.standIns}, the bot on core ${on.bot}`;
}
