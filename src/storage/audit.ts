import type { Kysely } from 'kysely';
import type { LedgerFault } from '../domain/ledger.ts';
import type { Schema } from './schema.ts';
import { verifyLedger } from './verify.ts';

/** What was looked at, and what was wrong with it. */
export interface Audit {
  readonly faults: readonly LedgerFault[];
  readonly generations: number;
  readonly entries: number;
}

export async function auditLedger(trx: Kysely<Schema>): Promise<Audit> {
  const count = async (table: 'generations' | 'ledger_entries'): Promise<number> => {
    const row = await trx
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<number>().as('rows'))
      .executeTakeFirstOrThrow();
    return row.rows;
  };
  return {
    faults: await verifyLedger(trx),
    generations: await count('generations'),
    entries: await count('ledger_entries'),
  };
}
