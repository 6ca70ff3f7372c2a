// Run as a process of its own: opens the store at the given address, begins a generation, tells so,
// and then holds the store until it is killed.
import { systemClock } from '../../src/clock.ts';
import { openStore } from '../../src/storage/open.ts';
import { admitAll, draft } from './fixtures.ts';

const [url, id] = process.argv.slice(2);
if (url === undefined || id === undefined) throw new Error('usage: holder <url> <generation>');

try {
  const store = await openStore({ url, clock: systemClock });
  await store.begin(draft(id), [], admitAll);
  process.stdout.write('open\n');
  process.stdin.resume();
} catch (error) {
  process.stdout.write(
    `${error instanceof Error ? `${error.name}: ${error.message}` : 'failed'}\n`,
  );
}
