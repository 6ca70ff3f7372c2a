// Run as `npm run ledger -- verify`: looks whether the ledger adds up, also while the bot runs.
import { config as loadEnvironment } from 'dotenv';
import { settings } from './config.ts';
import { StoreError } from './storage/errors.ts';
import { openForReading } from './storage/read-database.ts';
import { auditLedger } from './storage/audit.ts';
import type { Audit } from './storage/audit.ts';

const usage = `usage: npm run ledger -- verify

Rebuilds every sum of the ledger from its entries, compares each generation with its entries, and
lists what differs. Reads DATABASE_URL from the environment or .env, and changes nothing.
Exits 0 where all adds up, 1 where it does not, 2 where it could not be looked at.`;

/** For what could not be looked at. */
const failed = 2;

loadEnvironment({ quiet: true });
process.exitCode = await run(process.argv.slice(2));

async function run(words: readonly string[]): Promise<number> {
  if (words.length !== 1 || words[0] !== 'verify') {
    process.stderr.write(`${usage}\n`);
    return failed;
  }
  const url = settings.shape.DATABASE_URL.safeParse(
    process.env['DATABASE_URL']?.trim() || undefined,
  );
  if (!url.success) {
    const [issue] = url.error.issues;
    process.stderr.write(`DATABASE_URL ${issue?.message ?? 'is not right'}.\n`);
    return failed;
  }
  try {
    return report(await audit(url.data));
  } catch (error) {
    const text = error instanceof StoreError ? error.message : String(error);
    process.stderr.write(`The ledger could not be looked at. ${text}\n`);
    return failed;
  }
}

async function audit(url: string): Promise<Audit> {
  const database = await openForReading(url);
  try {
    return await database.snapshot(auditLedger);
  } finally {
    await database.close();
  }
}

function report({ faults, generations, entries }: Audit): number {
  if (faults.length === 0) {
    process.stdout.write(`The ledger adds up: ${generations} generations, ${entries} entries.\n`);
    return 0;
  }
  for (const { where, expected, found } of faults) {
    process.stdout.write(`${where}\n  expected: ${expected}\n  found:    ${found}\n`);
  }
  process.stdout.write(
    `The ledger does not add up: ${faults.length === 1 ? '1 fault' : `${faults.length} faults`} in ${generations} generations, ${entries} entries.\n`,
  );
  return 1;
}
