import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';

// The first number is ours, so that other programs in the same database do not meet us.
const namespace = 0xea5e1;
const numbers = { migrate: 1, begin: 2 };

/**
 * Lets one transaction at a time pass here, across processes, until it ends. SQLite needs none: its
 * transactions do not overlap.
 */
export async function takeTurn(
  database: Database,
  trx: Kysely<Schema>,
  what: keyof typeof numbers,
): Promise<void> {
  if (!database.postgres) return;
  await sql`select pg_advisory_xact_lock(${sql.lit(namespace)}, ${sql.lit(numbers[what])})`.execute(
    trx,
  );
}
