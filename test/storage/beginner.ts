// Run as a process of its own: opens the store at the given address, says so, and once it is told to,
// begins so many generations at once, of which an allowance of 100 credits admits some.
import { once } from 'node:events';
import { systemClock } from '../../src/clock.ts';
import { openStore } from '../../src/storage/open.ts';
import { admitUpTo, dayMs, draft } from './fixtures.ts';

const [url, name, count] = process.argv.slice(2);
if (url === undefined || name === undefined || count === undefined) {
  throw new Error('usage: beginner <url> <name> <count>');
}

const store = await openStore({ url, clock: systemClock });
process.stdout.write('open\n');
await once(process.stdin, 'data');
const member = { kind: 'member', guildId: 'guild-1', memberId: 'member-1' } as const;
const kinds = await Promise.all(
  Array.from({ length: Number(count) }, async (_, index) => {
    const wanted = draft(`${name}-${index}`, { images: 1, price: 1, owner: name });
    const begun = await store.begin(wanted, [{ pot: member, lengthMs: dayMs }], admitUpTo(100));
    return begun.kind;
  }),
);
process.stdout.write(`${kinds.join(' ')}\n`);
await store.close();
process.exit(0);
